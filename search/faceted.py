"""Owns a search as an app declares it: what it indexes, its facets, and all that can be asked of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from .assistance import Help
from .documents import Document, FacetValue
from .facets import Facet
from .highlight import Highlighter
from .results import Results
from .state import SearchState
from .suggest import Suggestion


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

    def read(self, query: Mapping[str, Sequence[str]]) -> SearchState:
        """The state that the parameters of a URL ask for.

        :raises BadSearch: if a limit is passed.
        """
        return SearchState.read(query, [facet.name for facet in self.shown_facets], self.widening)

    def search(self, state: SearchState, *, typing: bool = False) -> Results:
        """One page of hits, the total and all counts. While `typing`, the last word may be unfinished.

        :raises BadSearch: if the text has too many words.
        """
        raise NotImplementedError

    def highlighter(self, state: SearchState) -> Highlighter:
        """What marks the words of a search in any text, for a page of hits; asks no query.

        :raises BadSearch: if the text has too many words.
        """
        raise NotImplementedError

    def values(self, facet: str) -> Sequence[FacetValue]:
        """What a facet can be, in the order of its form, as the index knows it; asks no query."""
        raise NotImplementedError

    def label(self, facet: str, value: str, language: str) -> str:
        """A value in a language; the value itself if the index does not know it."""
        raise NotImplementedError

    def suggest(self, text: str, language: str, limit: int = 8) -> Sequence[Suggestion]:
        """What to offer under the search box for a text that somebody is typing."""
        raise NotImplementedError

    def help(self, state: SearchState, results: Results) -> Help:
        """Ways on from a search that found nothing or little."""
        raise NotImplementedError
