"""Owns what a store is: a place that keeps an index and answers searches, always in the same way."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from search.documents import Document
from search.results import Results
from search.state import SearchState

# Told how many documents are done, and of how many.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen of some things: those that are published, and the keys of those that are not."""

    documents: Collection[Document]
    gone: Collection[int] = ()


class Published(Protocol):
    """What an index is built from; `search.faceted.FacetedSearch` says what each method does."""

    def keys(self) -> Iterable[int]:
        """Everything that is published, ascending."""
        ...

    def documents(self, keys: Collection[int]) -> Iterable[Document]:
        """Those of these that are published."""
        ...


class Store(Protocol):
    """All stores give the same hits, counts and order: tests/search/test_contract.py says so of each."""

    def search(self, state: SearchState, *, typing: bool = False) -> Results:
        """One page of hits, the total and all counts.

        :raises BadSearch: if the text has too many words.
        """
        ...

    def keys_in_order(self, state: SearchState) -> Sequence[int]:
        """The keys of all hits, whatever the page, best first; of one moment.

        :raises BadSearch: if the text has too many words.
        """
        ...

    def apply(self, looked: Looked) -> None:
        """Makes the index say what was seen. Called in the transaction that forgets the marks."""
        ...

    def rebuild(self, published: Published, progress: Progress | None = None) -> int:
        """Builds the index anew beside the one that answers, and puts it in its place; how many documents.

        What was marked meanwhile stays marked.
        """
        ...
