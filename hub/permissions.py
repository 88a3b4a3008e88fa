"""Owns who may do what: the only place that asks.

Until regions have editors of their own, administrators do everything and nobody else does anything.
"""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet


def is_administrator(user: AbstractBaseUser | AnonymousUser) -> bool:
    """People who may change everything in the hub."""
    return user.is_active and bool(getattr(user, "is_superuser", False))


def administrators() -> QuerySet[Any]:
    """The people whom `is_administrator` lets in."""
    return get_user_model()._default_manager.filter(is_active=True, is_superuser=True)


def may_see_mails(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Administrators: a mail holds what a visitor wrote, and private addresses."""
    return is_administrator(user)


def may_answer_proposals(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Administrators: accepting a proposal changes what everybody reads."""
    return is_administrator(user)


def may_add_firms(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Administrators."""
    return is_administrator(user)


def may_merge_firms(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Administrators: a merge moves rows of two firms, also contact persons."""
    return is_administrator(user)


def may_import(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Administrators: an import adds and publishes firms of any region."""
    return is_administrator(user)
