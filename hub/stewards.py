"""Owns who answers for a region when nobody else does."""

from hub.languages import LANGUAGES
from hub.models import Region
from hub.permissions import administrators


def mails_for(region: Region | None) -> list[tuple[str, str]]:
    """The mail and language of each person to write to about a region: the administrators, for now."""
    people = administrators().exclude(email="").order_by("pk").select_related("wagtail_userprofile")
    found = {}
    for person in people:
        profile = getattr(person, "wagtail_userprofile", None)
        language = profile.preferred_language[:2] if profile else ""
        found[person.email.lower()] = (person.email, language if language in LANGUAGES else LANGUAGES[0])
    return list(found.values())
