"""Owns a search as an app declares it: what it indexes, its facets, and all that can be asked of it."""

import logging
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from . import assistance, suggest
from .alike import Alike, Likeness
from .analysis import tokens
from .assistance import Help
from .backends.base import Store
from .backends.database import DatabaseStore
from .documents import Document, FacetValue
from .facets import Facet
from .highlight import Highlighter
from .query import parse
from .results import Results
from .state import SearchState
from .suggest import Suggestion

logger = logging.getLogger("search")


class FacetedSearch:
    """Subclass it, say what is published, and register it in `AppConfig.ready()`."""

    index: ClassVar[str]
    noun: ClassVar[Any]  # a lazy plural with %(count)d: "1 firm", "37 firms"
    facets: ClassVar[tuple[Facet, ...]]

    def keys(self) -> Iterable[int]:
        """The keys of everything that is published, ascending; keys are greater than 0."""
        raise NotImplementedError

    def documents(self, keys: Collection[int]) -> Iterable[Document]:
        """Those of the things that are published, as documents, in a number of queries that does not grow."""
        raise NotImplementedError

    @cached_property
    def shown_facets(self) -> tuple[Facet, ...]:
        """The facets that a form shows and that are counted."""
        return tuple(facet for facet in self.facets if not facet.hidden)

    @cached_property
    def widening(self) -> Mapping[str, str]:
        """The parameter that widens a facet, by the facet's name: `{"region": "serves"}`."""
        return {facet.name: facet.widened_by for facet in self.shown_facets if facet.widened_by}

    @cached_property
    def database(self) -> DatabaseStore:
        """The index in the database: it is always kept, and knows the labels and how words are spelt."""
        return DatabaseStore(self.index, self.facets)

    @property
    def store(self) -> Store:
        """The store that answers; a search server will be chosen here (`SEARCH_URL`)."""
        return self.database

    def read(self, query: Mapping[str, Sequence[str]]) -> SearchState:
        """The state that the parameters of a URL ask for.

        :raises BadSearch: if a limit is passed.
        """
        return SearchState.read(query, [facet.name for facet in self.shown_facets], self.widening)

    def search(self, state: SearchState, *, typing: bool = False) -> Results:
        """One page of hits, the total and all counts. While `typing`, the last word may be unfinished.

        :raises BadSearch: if the text has too many words.
        """
        begun = time.perf_counter()
        results = self.store.search(state, typing=typing)
        self._log(state, results.total, begun)
        return results

    def keys_in_order(self, state: SearchState) -> Sequence[int]:
        """The keys of all hits, whatever the page, best first.

        :raises BadSearch: if the text has too many words.
        """
        begun = time.perf_counter()
        keys = self.store.keys_in_order(state)
        self._log(state, len(keys), begun)
        return keys

    def alike(self, asked: Alike) -> Sequence[Likeness]:
        """The things that have the most of some facet values, best first."""
        return self.database.alike(asked)

    def highlighter(self, state: SearchState) -> Highlighter:
        """What marks the words of a search in any text, for a page of hits; asks no query.

        :raises BadSearch: if the text has too many words.
        """
        return Highlighter(parse(state.text, self.database.labels().lexicon))

    def values(self, facet: str) -> Sequence[FacetValue]:
        """What a facet can be, in the order of its form, as the index knows it; asks no query."""
        return self.database.labels().values(facet)

    def label(self, facet: str, value: str, language: str) -> str:
        """A value in a language; the value itself if the index does not know it."""
        known = self.database.labels().find(facet, value)
        return known.label(language) if known else value

    def suggest(self, text: str, language: str, limit: int = 8) -> Sequence[Suggestion]:
        """What to offer under the search box for a text that somebody is typing.

        :raises BadSearch: if the text is too long or has too many words.
        """
        if not tokens(text):
            return ()
        results = self.store.search(SearchState(text=text), typing=True)
        typed = {facet.name: self.values(facet.name) for facet in self.shown_facets if facet.typed}
        filters = suggest.values(text, language, typed, self.database.count)
        return suggest.together(suggest.things(results), filters, limit)

    def help(self, state: SearchState, results: Results) -> Help:
        """Ways on from a search that found nothing or little."""
        corrected = self.database.corrected(state.text)
        total = self.store.search(state.asking(corrected)).total if corrected else 0
        better = total > results.total
        return Help(
            corrected=corrected if better else "",
            corrected_total=total if better else 0,
            drop=assistance.drops(state, results),
            nearby=assistance.places_nearby(self.shown_facets, self.values, state, results),
        )

    def _log(self, state: SearchState, total: int, begun: float) -> None:
        # Never what was typed: it may name a person.
        logger.info(
            "search",
            extra={
                "index": self.index,
                "words": len(tokens(state.text)),
                "filters": sum(map(len, state.chosen.values())),
                "total": total,
                "milliseconds": round((time.perf_counter() - begun) * 1000, 1),
            },
        )
