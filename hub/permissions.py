"""Owns who may do what: the only place that asks.

Until regions have editors of their own, administrators do everything and nobody else does anything.
"""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser


def is_administrator(user: AbstractBaseUser | AnonymousUser) -> bool:
    """People who may change everything in the hub."""
    return user.is_active and bool(getattr(user, "is_superuser", False))
