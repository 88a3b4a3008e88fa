"""Owns one page of firms as the API answers it, from the index alone: two statements, whatever is asked."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from hub.languages import LANGUAGES
from hub.schemas import Texts
from search.faceted import FacetedSearch
from search.results import Hit, Results
from search.sentence import say
from search.state import MAX_PAGE, SearchState

from .schemas import FacetCounts, FacetValueCount, FirmInList, FirmList, Place, Profile, Term

FEW = 3  # up to this many hits, other words are looked for


def firm_list(request: HttpRequest, search: FacetedSearch, state: SearchState, language: str) -> FirmList:
    """What a search finds.

    :raises BadSearch: if a limit is passed.
    """
    results = search.search(state)
    few = results.total <= FEW and bool(state.text)
    last = min(results.pages, MAX_PAGE)
    return FirmList(
        total=results.total,
        page=state.page,
        pages=results.pages,
        sentence=say(search, state, results.total, language),
        corrected=search.help(state, results).corrected if few else "",
        url=request.build_absolute_uri(_address(reverse("directory:firms"), search, state)),
        previous=_page(request, search, state, state.page - 1) if 1 < state.page <= last else None,
        next=_page(request, search, state, state.page + 1) if state.page < last else None,
        firms=tuple(_firm(request, search, hit) for hit in results.hits if hit.card),
        facets=tuple(_facets(search, state, results, language)),
    )


def _page(request: HttpRequest, search: FacetedSearch, state: SearchState, page: int) -> str:
    address = _address(reverse("hub-api:firms"), search, state.on_page(page))
    language = get_language()
    told = f"{'&' if '?' in address else '?'}lang={language}" if language != LANGUAGES[0] else ""
    return request.build_absolute_uri(f"{address}{told}")


def _address(path: str, search: FacetedSearch, state: SearchState) -> str:
    query = state.querystring(search.widening)
    return f"{path}{'?' if query else ''}{query}"


def _firm(request: HttpRequest, search: FacetedSearch, hit: Hit) -> FirmInList:
    card = hit.card
    return FirmInList(
        slug=card["slug"],
        name=card["name"],
        kind=card["kind"],
        town=card["town"],
        region=_place(card),
        sectors=tuple(_term(search, "sector", slug) for slug in card["sectors"]),
        capabilities=tuple(_term(search, "capability", slug) for slug in card["capabilities"]),
        texts={code: Profile(**told) for code, told in card["texts"].items()},
        confirmed=card["confirmed"] or None,
        is_demo=bool(card.get("demo")),
        found_in=hit.found,
        score=hit.score,
        url=request.build_absolute_uri(reverse("directory:firm", args=[card["slug"]])),
        api_url=request.build_absolute_uri(reverse("hub-api:firm", args=[card["slug"]])),
    )


def _place(card: Mapping[str, Any]) -> Place | None:
    slug = card.get("region_slug", "")
    return Place(slug=slug, name=Texts(**card["region"])) if slug else None


def _term(search: FacetedSearch, facet: str, slug: str) -> Term:
    return Term(slug=slug, label=Texts(**{code: search.label(facet, slug, code) for code in LANGUAGES}))


def _facets(
    search: FacetedSearch, state: SearchState, results: Results, language: str
) -> Iterator[FacetCounts]:
    for facet in search.shown_facets:
        counts, chosen = results.counts.get(facet.name, {}), state.chosen.get(facet.name, frozenset())
        values = tuple(
            FacetValueCount(
                value=known.value,
                label=known.label(language),
                parent=known.parent or None,
                count=counts.get(known.value, 0),
                is_chosen=known.value in chosen,
            )
            for known in search.values(facet.name)
            if counts.get(known.value) or known.value in chosen
        )
        yield FacetCounts(name=facet.name, label=str(facet.label), values=values)
