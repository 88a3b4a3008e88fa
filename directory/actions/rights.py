"""Owns what an action asks about its actor and the firm that it changes, and in which words it says no."""

from typing import Protocol

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _

from directory.models import Firm
from hub.actions import ActionRefused, Actor, NotAllowed, System
from hub.models import Region
from hub.permissions import OfRegion, may_edit


class FirmGone(ActionRefused):
    """The firm is not in the register, or not any more."""


class May(Protocol):
    """A predicate of `hub.permissions` about one thing of a region."""

    def __call__(self, user: AbstractBaseUser, thing: OfRegion, /) -> bool: ...


def locked_firm(firm: Firm) -> Firm:
    """The firm as it is now, which nobody else changes until the action is done.

    Its region decides who may; the object that a screen holds may be as old as the screen.

    :raises FirmGone: if it has left the register.
    """
    row = Firm.objects.select_for_update().filter(pk=firm.pk).first()
    if row is None:
        raise FirmGone(_("This firm is not in the register any more."))
    return row


def require_for(actor: Actor, may: May, *firms: OfRegion) -> None:
    """:raises NotAllowed: unless the hub itself acts, or somebody who may do it to each of them."""
    if isinstance(actor, System):
        return
    for firm in firms:
        if not may(actor, firm):
            raise NotAllowed(why_not(actor, firm))


def why_not(user: AbstractBaseUser, thing: OfRegion) -> str:
    """Whose the firm is, for somebody who may not do something to it."""
    region = Region.objects.filter(pk=thing.region_id or 0).first()
    if region is None:
        return _("This firm belongs to no region yet. The coordinator can change it.")
    if may_edit(user, thing):
        return _("What everybody sees at once is for the lead of %(region)s, and for the deputy.") % {
            "region": region
        }
    return _("This firm belongs to %(region)s. Its lead can change it, or you can propose a change.") % {
        "region": region
    }
