"""Owns which firms the search looks at again when something beside them changes: terms, regions, clusters.

They have many ways in (the admin, set-up, a shell), so their signals are heard; an action marks its own firm.
A row and its marks belong in one transaction; of all ways in, only a plain `save()` in a shell has none.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.signals import post_save, pre_delete, pre_save
from wagtail.signals import unpublished

from hub.models import Cluster, Region
from hub.regions import RegionTree
from search import registry
from search.analysis import tokens
from search.pending import mark, mark_lexicon
from search.state import BadSearch, SearchState

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
    instance._before = before  # type: ignore[attr-defined]


def _saved(instance: models.Model, **signal: Any) -> None:
    before = instance._before  # type: ignore[attr-defined]
    if before is None or _shown(instance) != _shown(before):
        _look_again(instance, _changed_names(before, instance))


def _goes(instance: models.Model, **signal: Any) -> None:
    _look_again(instance, _changed_names(instance, None))


def _look_again(instance: models.Model, names: set[str]) -> None:
    mark_lexicon(FIRMS)
    beside = Firm.objects.live().filter(_beside(instance)).values_list("pk", flat=True)
    mark(FIRMS, {*beside, *_saying(names)})


def _beside(instance: models.Model) -> Q:
    """The firms that have the term, lie in or serve the region, or belong to the cluster."""
    if isinstance(instance, Region):
        within = RegionTree.load().within([instance.pk])
        return Q(region__in=within) | Q(serves__in=within)
    if isinstance(instance, Cluster):
        return Q(pk__in=Membership.objects.filter(cluster=instance).values("firm"))
    if isinstance(instance, Sector):
        return Q(firm_sectors__tag=instance)
    return Q(firm_capabilities__tag=instance)


def _saying(names: Iterable[str]) -> set[int]:
    """The published firms whose texts may mention a term or a place under one of these names.

    A mention is found when a firm is indexed, so whoever says a new name, or an old one, is looked at again.
    The index knows who says all its words, anywhere, which is more than a mention needs. Where it cannot tell
    (a name of more words than a search may have), everybody is looked at. Before the first rebuild it knows
    nobody and that rebuild looks at all, while asking it for each name would read all labels anew.
    """
    found: set[int] = set()
    if not registry.get(FIRMS).database.is_written():
        return found
    for name in names:
        try:
            found.update(_having(" ".join(token.surface for token in tokens(name))))
        except BadSearch:
            return set(Firm.objects.live().values_list("pk", flat=True))
    return found


def _having(text: str) -> Sequence[int]:
    if not text:
        return ()
    # The index in the database, whatever engine answers visitors: it is always there.
    return registry.get(FIRMS).database.keys_in_order(SearchState(text=text))


def _changed_names(before: models.Model | None, after: models.Model | None) -> set[str]:
    """The names that a term or region lost or won; all of them if it has another value in the index."""
    old, new = (set(_names(row)) if row is not None else set() for row in (before, after))
    is_same = before is not None and after is not None and _shown(before)[0] == _shown(after)[0]
    return old ^ new if is_same else old | new


def _names(instance: models.Model) -> Iterator[str]:
    if isinstance(instance, Cluster):
        return  # nobody finds firms by typing a cluster's name
    for name in _SHOWN[type(instance)]:
        value = getattr(instance, name)
        if name.startswith("name"):
            yield value
        elif name.startswith("also"):
            yield from value


def _shown(instance: models.Model) -> tuple[Any, ...]:
    return tuple(getattr(instance, name) for name in _SHOWN[type(instance)])
