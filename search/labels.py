"""Owns what an index knows of its facets: every value, its labels, its place in the tree and in the form."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Self

from .concepts import Lexicon, Pair
from .documents import FacetValue
from .facets import Facet


class Labels:
    """The values of all facets at one moment; immutable, and kept with the index."""

    def __init__(self, facets: Sequence[Facet], values: Mapping[str, Iterable[FacetValue]]) -> None:
        """The values of each facet, in the order of the form; unknown facets are dropped."""
        self._facets = tuple(facets)
        self._values = {facet.name: tuple(values.get(facet.name, ())) for facet in facets}

    @classmethod
    def read(cls, facets: Sequence[Facet]) -> Self:
        """The values as the app has them now."""
        return cls(facets, {facet.name: facet.values() for facet in facets})

    @classmethod
    def loads(cls, facets: Sequence[Facet], kept: str) -> Self:
        """The values as they were kept."""
        return cls(
            facets,
            {
                name: [FacetValue(value, labels, tuple(also), parent) for value, labels, also, parent in rows]
                for name, rows in json.loads(kept).items()
            },
        )

    def dumps(self) -> str:
        """The values as they are kept."""
        rows = {
            name: [[known.value, dict(known.labels), list(known.also), known.parent] for known in values]
            for name, values in self._values.items()
        }
        return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))

    @cached_property
    def lexicon(self) -> Lexicon:
        """The concepts and places that words can name."""
        return Lexicon.build([(facet, self._values[facet.name]) for facet in self._facets])

    def values(self, facet: str) -> tuple[FacetValue, ...]:
        """What a facet can be, in the order of its form; nothing for an unknown facet."""
        return self._values.get(facet, ())

    def find(self, facet: str, value: str) -> FacetValue | None:
        """One value of a facet, if it is known."""
        return self._by_value.get((facet, value))

    def words(self) -> Iterator[str]:
        """Every label and alternative term of the facets that are typed."""
        for facet in self._facets:
            if facet.typed:
                for known in self._values[facet.name]:
                    yield from (*known.labels.values(), *known.also)

    def reworded(self, other: "Labels") -> list[Pair]:
        """The concepts and places that words name otherwise here than there."""
        typed = [facet.name for facet in self._facets if facet.typed]
        pairs = {
            (name, known.value): None
            for labels in (self, other)
            for name in typed
            for known in labels.values(name)
        }
        here, there = self.lexicon, other.lexicon
        return [pair for pair in pairs if set(here.phrases(pair)) != set(there.phrases(pair))]

    @cached_property
    def _by_value(self) -> dict[Pair, FacetValue]:
        return {(name, known.value): known for name, values in self._values.items() for known in values}
