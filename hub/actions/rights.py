"""Owns what an action asks about its actor before anything else."""

from collections.abc import Callable

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _

from hub.permissions import is_administrator

from .base import Actor, NotAllowed, System


def require(actor: Actor, may: Callable[[AbstractBaseUser], bool], message: str = "") -> None:
    """:raises NotAllowed: unless the hub itself acts, or somebody of whom this predicate is true.

    `message` says to whom to turn; without one, it is administrators.
    """
    if not isinstance(actor, System) and not may(actor):
        raise NotAllowed(message or _("Only administrators can change this."))


def require_administrator(actor: Actor) -> None:
    """:raises NotAllowed: unless the hub itself or an administrator acts."""
    require(actor, is_administrator)
