"""Owns hearing that a firm leaves the public register, so that its addresses can say that it is gone; what
was merged into it leaves with it.

There are many ways out (the admin, an action, a shell), so their signals are heard; a firm that is published
without what made it listed is heard of by `Firm.publish()` itself.
"""

from typing import Any

from django.db.models.signals import pre_delete
from wagtail.signals import unpublished

from .models import Firm


def connect() -> None:
    """Begins to listen; called once, when the app is ready."""
    pre_delete.connect(_deleted, sender=Firm, dispatch_uid="directory.parting")
    unpublished.connect(_unpublished, sender=Firm, dispatch_uid="directory.parting")


def _deleted(instance: Firm, **signal: Any) -> None:
    if Firm.objects.listed().filter(pk=instance.pk).exists():
        instance.remember_addresses()
    for merge in instance.merges.open().select_related("merged"):
        # It is the same firm, kept aside: alone it would stand in the admin again, as if never merged.
        if merge.merged is not None:
            merge.merged.delete()


def _unpublished(instance: Firm, **signal: Any) -> None:
    # It was live a moment ago; a firm that only a link could find was never listed.
    if Firm.objects.listable().filter(pk=instance.pk).exists():
        instance.remember_addresses()
