"""Owns where the register is read: at its plain address, or at the page that an editor gave it."""

from collections.abc import Callable

from django.urls import reverse

_placed: list[Callable[[], str]] = []


def place_register(where: Callable[[], str]) -> None:
    """Says who knows the register's page in the language in force ("" if none); the last one wins."""
    _placed.append(where)


def plain_url() -> str:
    """The address that always answers, in the language in force."""
    return reverse("directory:firms")


def register_url() -> str:
    """Where every link to the register leads, in the language in force."""
    return (_placed[-1]() if _placed else "") or plain_url()
