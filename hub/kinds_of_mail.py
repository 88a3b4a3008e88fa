"""Owns what kinds of mail are called on a screen; every room tells its own."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_known: dict[str, Promise | str] = {
    "hub.contact.relayed": _("Message to the people of a region"),
    "hub.contact.copy": _("Copy of a message to a region"),
    "hub.change.submitted": _("A change waits for approval"),
    "hub.change.approved": _("A change was approved"),
    "hub.change.returned": _("A change was returned"),
    "hub.transfer.offered": _("A firm is offered to a region"),
    "hub.errand.waits": _("Reminder of what waits"),
    "hub.review.overdue": _("Reminder to look a hub through"),
    "hub.term.ends": _("A term ends"),
    "hub.term.vacant": _("A region has no lead"),
    "hub.week.ahead": _("The week ahead"),
    "hub.invitation.sent": _("Invitation"),
    "hub.invitation.accepted": _("An invitation was accepted"),
    "site.message": _("Other mail of the site"),
}


def register(names: Mapping[str, Promise | str]) -> None:
    """Makes names of kinds known; called from `AppConfig.ready()`."""
    _known.update(names)


def named_kinds() -> frozenset[str]:
    """The kinds that have a name."""
    return frozenset(_known)


def name_of_kind(kind: str) -> str:
    """A kind of mail in the reader's words; the kind itself where no room has named it."""
    return str(_known.get(kind, kind))
