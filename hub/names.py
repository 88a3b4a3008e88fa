"""Owns what a person is called by others who log in, and in which language they are written to."""

from typing import Any

from hub.languages import LANGUAGES


def name_of(person: Any) -> str:
    """The full name of a person, or else the name they log in with; empty for nobody.

    Who was invited logs in with a mail address, and visitors read the names of leads: it is cut at its @.
    """
    if person is None:
        return ""
    return str(person.get_full_name() or person.get_username().partition("@")[0])


def language_of(person: Any) -> str:
    """The language that a person chose for the admin; English until they do."""
    profile = getattr(person, "wagtail_userprofile", None)
    language = profile.preferred_language[:2] if profile else ""
    return language if language in LANGUAGES else LANGUAGES[0]
