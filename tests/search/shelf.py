"""Owns a search over documents that lie in a dict, for tests; each has an index of its own."""

import itertools
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from search import marks, registry
from search.documents import Document
from search.faceted import FacetedSearch
from search.facets import Facet
from search.pending import drain
from search.results import PAGE_SIZE, Results
from search.state import SearchState
from tests.search.builders import FACETS
from tests.search.oracle import Oracle

_numbers = itertools.count(1)


class Shelf(FacetedSearch):
    """A search over documents in memory."""

    noun = "%(count)d"

    def __init__(self, documents: Iterable[Document] = (), facets: Sequence[Facet] = FACETS) -> None:
        self.index = f"shelf{next(_numbers)}"  # type: ignore[misc]
        self.facets = tuple(facets)  # type: ignore[misc]
        self.kept: dict[int, Document] = {}
        registry.register(self)
        self.edit(documents)

    def keys(self) -> Iterable[int]:
        return sorted(self.kept)

    def documents(self, keys: Collection[int]) -> Iterator[Document]:
        return (self.kept[key] for key in sorted(keys) if key in self.kept)

    def put(self, arrived: Iterable[Document], gone: Iterable[int] = ()) -> set[int]:
        """Publishes and withdraws; the index does not know of it yet."""
        touched = set(gone)
        for key in touched:
            self.kept.pop(key, None)
        for document in arrived:
            self.kept[document.key] = document
            touched.add(document.key)
        return touched

    def edit(self, arrived: Iterable[Document], gone: Iterable[int] = ()) -> None:
        """Publishes and withdraws, and brings the index up to date."""
        marks.note(self.index, self.put(arrived, gone))
        drain(self.index)

    def found(self, text: str = "", **chosen: str) -> list[int]:
        """The keys of the first page of hits, in order."""
        state = SearchState(text, {facet: frozenset({value}) for facet, value in chosen.items()})
        return [hit.key for hit in self.store.search(state).hits]

    def agrees(self, state: SearchState, *, typing: bool = False) -> None:
        """Fails where the store says other than the loop."""
        answer = self.store.search(state, typing=typing)
        right = Oracle(list(self.kept.values()), self.facets).search(state, typing=typing)
        assert _told(answer) == _told(right)
        if not typing:
            keys, start = self.store.keys_in_order(state), (state.page - 1) * PAGE_SIZE
            assert keys[start : start + PAGE_SIZE] == [hit.key for hit in right.hits]
            assert len(keys) == len(set(keys)) == right.total


def _told(results: Results) -> tuple[Any, ...]:
    hits = [(hit.key, hit.score, hit.found, dict(hit.card)) for hit in results.hits]
    counts = {facet: dict(of) for facet, of in results.counts.items()}
    return results.total, hits, counts, dict(results.without), results.places
