"""Owns which firms are shown beside another one, and in plain words why each of them is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from directory.models import Capability, Firm, Sector
from hub.models import Region
from search.alike import Alike, Trait
from search.faceted import FacetedSearch
from search.results import Hit
from search.state import SearchState

from .cards import FirmCard, cards

# What one can do for the other comes before a skill that both have, and that before a sector; but two reasons
# outweigh any one, since half the register looks for a research partner.
_MATCH, _CAPABILITY, _SECTOR = 10, 9, 8


@dataclass(frozen=True, slots=True)
class SimilarFirm:
    """A firm that may matter to the same people, and the reasons, each a short phrase."""

    card: FirmCard
    reasons: Sequence[str]


def across_the_border(
    firm: Firm, path: Sequence[Region], sectors: Iterable[Sector], capabilities: Iterable[Capability]
) -> Alike:
    """Firms of other countries than the one at the head of `path`: one offers what the other looks for, or
    both share a capability or a sector; how many, decides."""
    traits = [
        *(Trait("offers", value, _MATCH) for value in firm.looks_for),
        *(Trait("looks_for", value, _MATCH) for value in firm.offers),
        *(Trait("capability", term.slug, _CAPABILITY) for term in capabilities),
        *(Trait("sector", term.slug, _SECTOR) for term in sectors),
    ]
    return Alike(traits, unlike=("region", path[0].slug) if path else None, key=firm.pk or 0)


def in_sectors(sectors: Iterable[str]) -> Alike:
    """Firms of any country with the most of these sectors (slugs)."""
    return Alike([Trait("sector", slug) for slug in sectors])


def similar_firms(search: FacetedSearch, asked: Alike, language: str) -> list[SimilarFirm]:
    """A few firms that are like what is asked, the best first; two statements."""
    found = search.alike(asked) if asked.traits else ()
    if not found:
        return []
    hits = [Hit(each.key, card=each.card) for each in found]
    shown = cards(search, hits, search.highlighter(SearchState()), language)
    return [
        SimilarFirm(card, _reasons(search, likeness.traits, language))
        for card, likeness in zip(shown, found, strict=True)
    ]


def _reasons(search: FacetedSearch, traits: Iterable[Trait], language: str) -> list[str]:
    """A phrase per facet, with everything of it that both share."""
    shared: dict[str, list[str]] = {}
    for trait in traits:
        shared.setdefault(trait.facet, []).append(search.label(trait.facet, trait.value, language))
    return [_PHRASES[facet](", ".join(labels)) for facet, labels in shared.items()]


# Spelt out one by one: a phrase put together from pieces would be wrong in some language.
_PHRASES: Mapping[str, Callable[[str], str]] = {
    "offers": lambda labels: _("Offers what this firm looks for: %(labels)s") % {"labels": labels},
    "looks_for": lambda labels: _("Looks for what this firm offers: %(labels)s") % {"labels": labels},
    "capability": lambda labels: _("Uses the same: %(labels)s") % {"labels": labels},
    "sector": lambda labels: _("In the same sector: %(labels)s") % {"labels": labels},
}
