"""Owns what a file and its mapping may refer to: regions, terms, and the fields of a firm. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from directory.models.choices import Exchange, Kind, Size, SpokenLanguage
from hub.languages import LANGUAGES

SINGLE = (
    "name",
    "trading_name",
    "kind",
    "region",
    "town",
    "postcode",
    "website",
    "email",
    "phone",
    "number",
    "founded",
    "size",
)
SEVERAL = ("languages", "nace_codes", "offers", "looks_for", "serves", "sectors", "capabilities")
TEXTS = {"tagline": 160, "description": 10_000, "offers_text": 2_000, "looks_for_text": 2_000}
PROFILE_FIELDS = tuple(f"{name}_{language}" for name in TEXTS for language in LANGUAGES)
CHOICES: Mapping[str, frozenset[str]] = {
    "kind": frozenset(Kind.values),
    "size": frozenset(Size.values),
    "languages": frozenset(SpokenLanguage.values),
    "offers": frozenset(Exchange.values),
    "looks_for": frozenset(Exchange.values),
    "text_language": frozenset(LANGUAGES),
}
# What a file can fill. A bare text ("description") is in the language that the row says.
FILLABLE = frozenset((*SINGLE, *SEVERAL, *TEXTS, *PROFILE_FIELDS, "text_language"))

_NUTS = re.compile(r"[A-Z]{2}[A-Z0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class Known:
    """The regions and terms of this register. `regions`, `sectors` and `capabilities` map every way to say a
    thing (code, short name, label; in `said()` form) to its short name; `countries` maps a region to the ISO
    code of its country.
    """

    regions: Mapping[str, str]
    countries: Mapping[str, str]
    sectors: Mapping[str, str]
    capabilities: Mapping[str, str]

    def region(self, text: str) -> str:
        """The short name of a region said by code, name or short name; empty if it is unknown.

        A NUTS code that is too fine for us counts for the region around it: UKJ41 (Medway) for UKJ4 (Kent).
        """
        found = self.regions.get(said(text), "")
        code = text.strip().upper()
        while not found and len(code) > 3 and _NUTS.fullmatch(code):
            code = code[:-1]
            found = self.regions.get(said(code), "")
        return found

    def choose(self, name: str, text: str) -> str:
        """The value that a field of a closed list keeps for what is said; empty if it is unknown."""
        if name in ("region", "serves"):
            return self.region(text)
        if name == "sectors":
            return self.sectors.get(said(text), "")
        if name == "capabilities":
            return self.capabilities.get(said(text), "")
        return text.strip().casefold() if text.strip().casefold() in CHOICES[name] else ""


CLOSED = frozenset((*CHOICES, "region", "serves", "sectors", "capabilities"))


def said(text: str) -> str:
    """The form in which values of a file are compared: capitals and spaces do not matter.

    >>> said(" Food  &  Drink ")
    'food & drink'
    """
    return unicodedata.normalize("NFC", " ".join(text.split()).casefold())
