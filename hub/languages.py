"""Owns the three languages of the hub and how a value is read in one of them."""

from collections.abc import Mapping

from django.utils.translation import get_language

LANGUAGES = ("en", "fr", "nl")


def in_language(thing: object, name: str, language: str) -> str:
    """The attribute `name` of a thing in a language, or else in the first language that has it."""
    for code in (language, *LANGUAGES):
        value = getattr(thing, f"{name}_{code}", "")
        if value:
            return str(value)
    return ""


def by_language(thing: object, name: str) -> Mapping[str, str]:
    """The attribute `name` in every language, none of them empty if one is filled."""
    return {code: in_language(thing, name, code) for code in LANGUAGES}


def current_language() -> str:
    """The language in force, if it is one of the hub's; else the first."""
    language = (get_language() or "")[:2]
    return language if language in LANGUAGES else LANGUAGES[0]
