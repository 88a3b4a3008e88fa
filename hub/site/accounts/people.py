"""Owns how people are found by what they type at the log-in."""

from typing import Any

from django.contrib.auth import get_user_model


def with_mail(typed: str) -> list[Any]:
    """The people with this address, however it is capitalised; several may share the address of an office."""
    found = get_user_model()._default_manager.filter(is_active=True, email__iexact=typed).order_by("pk")
    # Databases take more letters for the same than mail servers do: a code must reach only who typed it.
    return [user for user in found if typed and user.email.lower() == typed.lower()]
