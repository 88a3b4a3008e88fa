"""Owns what an action asks about its actor before anything else."""

from django.utils.translation import gettext as _

from hub.permissions import is_administrator

from .base import Actor, NotAllowed, System


def require_administrator(actor: Actor) -> None:
    """:raises NotAllowed: unless the hub itself or an administrator acts."""
    if not isinstance(actor, System) and not is_administrator(actor):
        raise NotAllowed(_("Only administrators can change this."))
