"""Owns how people are found by what they type at the log-in, and in which language they are written to."""

from typing import Any

from django.contrib.auth import get_user_model

from hub.languages import LANGUAGES


def with_mail(typed: str) -> list[Any]:
    """The people with this address, however it is capitalised; several may share the address of an office."""
    found = get_user_model()._default_manager.filter(is_active=True, email__iexact=typed).order_by("pk")
    # Databases take more letters for the same than mail servers do: a code must reach only who typed it.
    return [user for user in found if typed and user.email.lower() == typed.lower()]


def name_of(user: Any) -> str:
    """What somebody is called by others who log in."""
    return str(user.get_full_name() or user.get_username())


def language_of(user: Any) -> str:
    """The language that somebody chose in the admin."""
    profile = getattr(user, "wagtail_userprofile", None)
    language = profile.preferred_language[:2] if profile else ""
    return language if language in LANGUAGES else LANGUAGES[0]
