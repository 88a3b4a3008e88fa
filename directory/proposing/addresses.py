"""Owns where links about a firm may be sent: to the address on file, in a language that it speaks."""

from datetime import timedelta
from typing import Final

from django.urls import reverse
from django.utils import translation

from directory.models import Firm
from hub import links
from hub.languages import LANGUAGES

STATUS: Final = "directory.proposal"
YOUR_FIRM: Final = "directory.your_firm"
REMOVE_FIRM: Final = "directory.remove_firm"
STILL_RIGHT: Final = "directory.still_right"

# How long a link works.
LIFE: Final = {
    STATUS: timedelta(days=730),
    YOUR_FIRM: timedelta(hours=24),
    REMOVE_FIRM: timedelta(hours=24),
    STILL_RIGHT: timedelta(days=60),
}
_PAGES: Final = {
    STATUS: "directory:proposal_status",
    YOUR_FIRM: "directory:your_firm",
    REMOVE_FIRM: "directory:remove_firm",
    STILL_RIGHT: "directory:still_right",
}


def address_on_file(firm: Firm) -> str:
    """The firm's general mail, or that of its first contact person who has one; empty without.

    The general mail comes first because people come along when firms are merged: somebody who only listed
    the firm a second time must not be sent the links of the first.
    """
    people = firm.contact_persons.exclude(email="").order_by("pk").values_list("email", flat=True)
    return firm.email or people.first() or ""


def language_of(firm: Firm, otherwise: str) -> str:
    """The first of the hub's languages that the firm speaks, or its region does."""
    spoken = [*firm.languages, *(firm.region.languages if firm.region else [])]
    return next((each for each in spoken if each in LANGUAGES), otherwise)


def link_to(purpose: str, language: str, **facts: str | int) -> str:
    """A whole signed address of one of the pages for firms, in a language."""
    return links.absolute(path_to(purpose, language, **facts))


def path_to(purpose: str, language: str, **facts: str | int) -> str:
    """The same without the host."""
    with translation.override(language):
        return reverse(_PAGES[purpose], args=[links.sign(purpose, **facts)])
