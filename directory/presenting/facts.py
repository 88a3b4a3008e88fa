"""Owns what machines are told of a firm: its public facts in the words of schema.org, and a summary."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from directory.models import Firm
from hub.links import absolute
from hub.models import Region

SUMMARY = 200  # characters


@dataclass(frozen=True, slots=True)
class Words:
    """Something written, and its language."""

    text: str
    language: str


def shortened(text: str) -> str:
    """A text on one line, cut between words to what a list of results shows."""
    line = " ".join(text.split())
    return line if len(line) <= SUMMARY else f"{line[:SUMMARY].rsplit(' ', 1)[0]}…"


def facts_of(
    firm: Firm, path: Sequence[Region], told: Words | None, known: Sequence[object], serves: Sequence[Region]
) -> Mapping[str, Any]:
    """The firm as an Organization (https://schema.org/Organization); what is not known is left out.

    `known` are its sectors and capabilities. Public facts only: the general mail and phone, never those of
    a person.
    """
    facts = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "mainEntityOfPage": absolute(firm.get_absolute_url()),
        "name": firm.name,
        "alternateName": firm.trading_name if firm.trading_name != firm.name else "",
        "description": shortened(told.text) if told else "",
        "url": firm.website,
        "email": firm.email,
        "telephone": firm.phone,
        "identifier": firm.number,
        "foundingDate": str(firm.founded or ""),
        "address": _address(firm, path),
        "areaServed": [str(region) for region in serves],
        "knowsAbout": [str(term) for term in known],
        "knowsLanguage": list(firm.languages),
    }
    return {name: value for name, value in facts.items() if value}


def _address(firm: Firm, path: Sequence[Region]) -> Mapping[str, str]:
    parts = {
        "addressLocality": firm.town,
        "postalCode": firm.postcode,
        "addressRegion": str(path[-1]) if path else "",
        "addressCountry": path[0].code if path and path[0].scheme == Region.Scheme.COUNTRY else "",
    }
    told = {name: value for name, value in parts.items() if value}
    return {"@type": "PostalAddress", **told} if told else {}
