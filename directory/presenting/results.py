"""Owns what the page of results shows: the sentence, the hits, the form, every link out of this search."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Self

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.downloads import EXPORTED
from directory.placing import register_url
from search.faceted import FacetedSearch
from search.forms import FacetFieldset, fieldsets
from search.results import Results
from search.sentence import chips, counted, grouped, say
from search.state import MAX_PAGE, SORTS, SearchState

from .cards import FirmCard, cards

# The address of a search at the place where the register is shown.
Address = Callable[[SearchState], str]
FEW = 3  # up to this many hits the page offers other ways to ask
_SORT_LABELS = {
    "relevance": gettext_lazy("Best match"),
    "name": gettext_lazy("Name"),
    "confirmed": gettext_lazy("Recently confirmed"),
    "newest": gettext_lazy("Newest"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """A search to go to: what it is called, where it is, and how many firms it shows ("" if not said)."""

    label: str
    url: str
    count: str = ""
    facet: str = ""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page to turn to; number 0 is a gap."""

    number: int
    url: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class WaysOn:
    """What to try when there is little or nothing: another spelling, fewer filters, a place nearby."""

    corrected: Link | None
    drop: Sequence[Link]
    nearby: Sequence[Link]


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """Everything that the templates of the directory show; `counts` is JSON for the script of the form."""

    state: SearchState
    sentence: str
    title: str
    status: str
    show: str
    cards: Sequence[FirmCard]
    chips: Sequence[Link]
    clear_url: str
    places: Sequence[Link]
    ways_on: WaysOn | None
    sorts: Sequence[tuple[str, str]]
    fieldsets: Sequence[FacetFieldset]
    pages: Sequence[PageLink]
    previous_url: str
    next_url: str
    last_page_url: str
    csv_url: str
    xlsx_url: str
    url: str
    counts: str
    exported: str

    @property
    def is_beyond(self) -> bool:
        """Whether this page lies after the last one."""
        return bool(self.last_page_url)

    @property
    def is_empty_register(self) -> bool:
        """Whether nothing is asked and nothing is there."""
        return self.state.is_empty() and not self.cards and not self.is_beyond

    @classmethod
    def of(
        cls, search: FacetedSearch, state: SearchState, results: Results, language: str, path: str = ""
    ) -> Self:
        """The page of a search and its results; asks for ways on only when there is little to show.

        `path` is where the register is shown, if it is not at its usual place.
        """
        at = partial(url_of, search, path=path or register_url())
        sentence = say(search, state, results.total, language)
        is_beyond = state.page > results.pages
        last = min(results.pages, MAX_PAGE)
        few = results.total <= FEW and not state.is_empty()
        return cls(
            state=state,
            sentence=sentence,
            title=_on_page(sentence, state.page, results.pages),
            status=_in_order(_on_page(sentence, state.page, results.pages), state.sort),
            show=_("Show %(firms)s") % {"firms": counted(search, results.total)},
            cards=cards(search, results.hits, search.highlighter(state), language),
            chips=[
                Link(chip.label, at(chip.without), facet=chip.facet_label)
                for chip in chips(search, state, language)
            ],
            clear_url=at(SearchState(text=state.text, sort=state.sort)),
            places=_places(search, state, results, language, at),
            ways_on=_ways_on(search, state, results, language, at) if few else None,
            sorts=[(sort, str(_SORT_LABELS[sort])) for sort in SORTS],
            fieldsets=fieldsets(search, state, results, language),
            pages=_pages(state, last, at) if last > 1 and not is_beyond else (),
            previous_url=at(state.on_page(state.page - 1)) if 1 < state.page <= last else "",
            next_url=at(state.on_page(state.page + 1)) if state.page < last else "",
            last_page_url=at(state.on_page(last)) if is_beyond else "",
            csv_url=url_of(search, state.on_page(1), reverse("directory:export", args=["csv"])),
            xlsx_url=url_of(search, state.on_page(1), reverse("directory:export", args=["xlsx"])),
            url=at(state),
            counts=json.dumps(results.counts, separators=(",", ":")),
            exported=grouped(EXPORTED) if results.total > EXPORTED else "",
        )


def url_of(search: FacetedSearch, state: SearchState, path: str = "") -> str:
    """Where a search is shown; equal searches have equal addresses."""
    query = state.querystring(search.widening)
    return f"{path or register_url()}{'?' if query else ''}{query}"


def _on_page(sentence: str, page: int, pages: int) -> str:
    if page == 1:
        return sentence
    return _("%(sentence)s, page %(page)s of %(pages)s") % {
        "sentence": sentence,
        "page": grouped(page),
        "pages": grouped(pages),
    }


def _in_order(phrase: str, sort: str) -> str:
    # Heard once per change: another order of the same firms must sound different.
    if sort == "relevance":
        return phrase
    return _("%(phrase)s, sorted by: %(order)s") % {"phrase": phrase, "order": _SORT_LABELS[sort]}


def _places(
    search: FacetedSearch, state: SearchState, results: Results, language: str, at: Address
) -> list[Link]:
    return [
        Link(search.label(facet, value, language), at(state.with_value(facet, value)))
        for facet, value in results.places
        if value not in state.chosen.get(facet, ())
    ]


def _ways_on(
    search: FacetedSearch, state: SearchState, results: Results, language: str, at: Address
) -> WaysOn | None:
    found = search.help(state, results)
    if not found:
        return None
    facet_labels = {facet.name: str(facet.label) for facet in search.facets}
    corrected = None
    if found.corrected:
        url = at(state.asking(found.corrected))
        corrected = Link(found.corrected, url, counted(search, found.corrected_total))
    drop = []
    for facet, value, total in found.drop:
        if not total:
            continue
        fewer = state.without(facet, value) if value else state.without_facet(facet)
        label = search.label(facet, value, language) if value else facet_labels[facet]
        drop.append(Link(label, at(fewer), counted(search, total), facet_labels[facet]))
    nearby = [
        Link(
            search.label(facet, value, language),
            at(state.without_facet(facet).with_value(facet, value)),
            counted(search, total),
        )
        for facet, value, total in found.nearby
    ]
    return WaysOn(corrected, drop, nearby)


def _pages(state: SearchState, last: int, at: Address) -> list[PageLink]:
    """The first, the last and the pages around this one; for page 9 of 20: 1 … 8 9 10 … 20."""
    near = {1, last, *range(max(1, state.page - 1), min(last, state.page + 1) + 1)}
    # A gap of one page is longer than its number.
    near |= {page for page in (2, last - 1) if {page - 1, page + 1} <= near}
    links: list[PageLink] = []
    for page in sorted(near):
        if links and page > links[-1].number + 1:
            links.append(PageLink(0))
        links.append(PageLink(page, at(state.on_page(page)), page == state.page))
    return links
