"""Owns which firms the search looks at again when something beside them changes: terms, regions, clusters.

They have many ways in (the admin, set-up, a shell), so their signals are heard; an action marks its own firm.
"""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.signals import post_save, pre_delete, pre_save
from wagtail.signals import unpublished

from hub.models import Cluster, Region
from hub.regions import RegionTree
from search.pending import mark, mark_lexicon

from .models import Capability, Firm, Membership, Sector
from .models.firm import FIRMS

# What of a row stands in the index; a change of anything else leaves the index as it is.
_SHOWN: dict[type[models.Model], tuple[str, ...]] = {
    Region: ("slug", "parent_id", "name_en", "name_fr", "name_nl"),
    Cluster: ("slug", "name_en", "name_fr", "name_nl", "brand"),
    Sector: ("slug", "name", "name_fr", "name_nl", "also_en", "also_fr", "also_nl"),
    Capability: ("slug", "name", "name_fr", "name_nl", "also_en", "also_fr", "also_nl"),
}


def connect() -> None:
    """Begins to listen; called once, when the app is ready."""
    pre_delete.connect(_firm_goes, sender=Firm, dispatch_uid="directory.marking")
    # A net below `Firm.unpublish()`: Wagtail's own view unpublishes without calling it.
    unpublished.connect(_firm_goes, sender=Firm, dispatch_uid="directory.marking")
    for model in _SHOWN:
        pre_save.connect(_remember, sender=model, dispatch_uid="directory.marking")
        post_save.connect(_saved, sender=model, dispatch_uid="directory.marking")
        pre_delete.connect(_goes, sender=model, dispatch_uid="directory.marking")


def _firm_goes(instance: Firm, **signal: Any) -> None:
    mark(FIRMS, [instance.pk])


def _remember(sender: type[models.Model], instance: models.Model, **signal: Any) -> None:
    before = sender._default_manager.filter(pk=instance.pk).first() if instance.pk else None
    instance._shown_before = _shown(before) if before else None  # type: ignore[attr-defined]


def _saved(instance: models.Model, **signal: Any) -> None:
    if _shown(instance) != instance._shown_before:  # type: ignore[attr-defined]
        _look_again(instance)


def _goes(instance: models.Model, **signal: Any) -> None:
    _look_again(instance)


def _look_again(instance: models.Model) -> None:
    mark_lexicon(FIRMS)
    mark(FIRMS, Firm.objects.live().filter(_concerned(instance)).values_list("pk", flat=True).distinct())


def _concerned(instance: models.Model) -> Q:
    if isinstance(instance, Region):
        within = RegionTree.load().within([instance.pk])
        return Q(region__in=within) | Q(serves__in=within)
    if isinstance(instance, Cluster):
        return Q(pk__in=Membership.objects.filter(cluster=instance).values("firm"))
    # Any firm's text may mention the term under its old or its new words.
    return Q()


def _shown(instance: models.Model) -> tuple[Any, ...]:
    return tuple(getattr(instance, name) for name in _SHOWN[type(instance)])
