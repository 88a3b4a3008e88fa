"""Owns what a search answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found.

    `score` explains its place in the order of relevance, and is 0 in any other. `found` names where the words
    and concepts stand, best first: name, label, place, tagged, tagline, text, mention.
    """

    key: int
    score: int = 0
    found: tuple[str, ...] = ()
    card: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits, how many there are in all, and the exact counts of every facet.

    `counts` maps every facet that is not hidden -> value -> number of hits when the facet's own selection is
    ignored; values without a hit are left out. `without` maps each facet with a selection to the total if
    that selection were dropped. `places` are (facet, value) pairs that the words name and that could be
    filters, in the order of the words.
    """

    total: int
    hits: tuple[Hit, ...]
    counts: Mapping[str, Mapping[str, int]]
    without: Mapping[str, int] = field(default_factory=dict)
    places: tuple[tuple[str, str], ...] = ()

    @property
    def pages(self) -> int:
        """How many pages there are; at least one, which may be empty."""
        return max(1, -(-self.total // PAGE_SIZE))
