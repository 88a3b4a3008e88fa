"""Owns what is offered under the search box, in groups: firms, then sectors, capabilities and places."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from search.faceted import FacetedSearch
from search.sentence import counted
from search.state import SearchState
from search.suggest import Suggestion

from .cards import place_of
from .results import url_of


@dataclass(frozen=True, slots=True)
class Offer:
    """One line: what it is called, a note beside it, and where it leads."""

    label: str
    note: str
    url: str


@dataclass(frozen=True, slots=True)
class SuggestionGroup:
    """Lines of one sort under their title."""

    title: str
    offers: Sequence[Offer]


def suggestion_groups(
    search: FacetedSearch, state: SearchState, found: Iterable[Suggestion]
) -> list[SuggestionGroup]:
    """The suggestions by sort, firms first. A filter replaces the words; the other filters stay."""
    offers: dict[str, list[Offer]] = {"": [], **{facet.name: [] for facet in search.facets}}
    for suggestion in found:
        offers[suggestion.facet].append(_offer(search, state, suggestion))
    titles = {"": _("Firms"), **{facet.name: str(facet.label) for facet in search.facets}}
    return [SuggestionGroup(titles[facet], lines) for facet, lines in offers.items() if lines]


def _offer(search: FacetedSearch, state: SearchState, suggestion: Suggestion) -> Offer:
    if not suggestion.facet:
        card = suggestion.card
        region = card["region"].get(get_language(), "")
        note = place_of(card["town"], region)
        return Offer(suggestion.label, note, reverse("directory:firm", args=[card["slug"]]))
    filtered = state.asking("").with_value(suggestion.facet, suggestion.value)
    return Offer(suggestion.label, counted(search, suggestion.count), url_of(search, filtered))
