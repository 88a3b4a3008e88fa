"""Owns what chosen filters leave of the documents that match, and the exact counts of every facet."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from pyroaring import BitMap

from .facets import Facet
from .snapshot import Snapshot, Values
from .state import SearchState


class Selection:
    """The filters of a search at one moment. OR inside a facet, AND between facets."""

    def __init__(self, facets: Sequence[Facet], state: SearchState, snapshot: Snapshot) -> None:
        self._facets = facets
        self._state = state
        self._snapshot = snapshot

    @cached_property
    def filters(self) -> Mapping[str, BitMap]:
        """For each facet with a selection, the documents that have any of the chosen values."""
        found = {}
        for facet in self._facets:
            chosen = self._state.chosen.get(facet.name)
            if chosen:
                values = self._values(facet)
                found[facet.name] = BitMap.union(
                    BitMap(), *(values[value] for value in chosen if value in values)
                )
        return found

    def passing(self, documents: BitMap, but: str = "") -> BitMap:
        """Those documents that pass every filter, the facet `but` left aside."""
        for name, passing in self.filters.items():
            if name != but:
                documents = documents & passing
        return documents

    def nearly_passing(self, documents: BitMap) -> BitMap:
        """Those documents that fail at most one filter: no other takes part in a count."""
        if len(self.filters) < 2:
            return documents
        return BitMap.union(*(self.passing(documents, but=name) for name in self.filters))

    def counts(self, documents: BitMap) -> Mapping[str, Mapping[str, int]]:
        """For every facet that is not hidden, how many documents have each value, its own filter aside."""
        passing = self.passing(documents)
        return {
            facet.name: _counted(
                self._values(facet),
                self.passing(documents, but=facet.name) if self._filters(facet) else passing,
            )
            for facet in self._facets
            if not facet.hidden
        }

    def without(self, documents: BitMap) -> Mapping[str, int]:
        """For each facet with a selection, how many documents pass all the other filters."""
        return {name: len(self.passing(documents, but=name)) for name in self.filters}

    def _filters(self, facet: Facet) -> bool:
        return facet.name in self.filters

    def _values(self, facet: Facet) -> Values:
        return self._snapshot.values(
            facet.name, facet.widened_by if facet.name in self._state.widened else ""
        )


def _counted(values: Values, documents: BitMap) -> dict[str, int]:
    if not documents:
        return {}
    counts = ((value, documents.intersection_cardinality(having)) for value, having in values.items())
    return {value: count for value, count in counts if count}
