"""Owns what every contender is asked for and must give: twenty ids, the total, and nine facets' counts."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from search.state import SearchState

FACETS = ("sector", "capability", "cluster", "region", "kind", "size", "language", "offers", "looks_for")
PAGE = 20

Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Case:
    """A search that is measured. While `typing`, its last word is a prefix."""

    words: str
    filters: int
    state: SearchState
    typing: bool = False

    @property
    def name(self) -> str:
        """The case in a table: `30 %, 3 filters`."""
        return f"{self.words}, {self.filters} filters"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a contender answers. Orders differ (only ours is one of integers); totals and counts may not."""

    ids: tuple[int, ...]
    total: int
    counts: Counts = field(default_factory=dict)


Contender = Callable[[Case], Answer]

# What is asked, by its name in the tables. The words are planted by `benchmarks.corpus`.
ASKED = {
    "rare": "gyroscope",
    "9 %": "harbour",
    "30 %": "quality",
    "two words": "harbour quality",
    "concept": "mechatronics",
    "phrase": '"quality assured"',
    "prefix": "kort",
    "empty": "",
}
FILTERED = ("sector", "region", "language")


def cases(counts: Counts) -> list[Case]:
    """Every text with no, one and three filters; `counts` are those of the whole register.

    The one filter is the commonest sector. The three are the two commonest sectors, the commonest region (a
    country) and the commonest language.
    """
    first = {facet: _commonest(counts[facet], 1) for facet in FILTERED}
    filters: dict[int, dict[str, frozenset[str]]] = {
        0: {},
        1: {"sector": first["sector"]},
        3: first | {"sector": _commonest(counts["sector"], 2)},
    }
    return [
        Case(words, number, SearchState(text=text, chosen=chosen), typing=words == "prefix")
        for words, text in ASKED.items()
        for number, chosen in filters.items()
    ]


def difference(expected: Answer, given: Answer) -> str:
    """In what an answer differs from ours, in words; empty if totals and counts are equal."""
    if expected.total != given.total:
        return f"total {given.total} instead of {expected.total}"
    for facet in FACETS:
        ours, theirs = dict(expected.counts.get(facet, {})), dict(given.counts.get(facet, {}))
        if ours != theirs:
            wrong = sorted(value for value in ours | theirs if ours.get(value) != theirs.get(value))
            return f"{facet}: {[(value, ours.get(value), theirs.get(value)) for value in wrong[:3]]}"
    return ""


def _commonest(counts: Mapping[str, int], number: int) -> frozenset[str]:
    return frozenset(sorted(counts, key=lambda value: (-counts[value], value))[:number])


def grouped(rows: Iterable[tuple[str, str, int]]) -> dict[str, dict[str, int]]:
    """Counts from rows of (facet, value, number)."""
    counts: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
    for facet, value, number in rows:
        counts[facet][value] = number
    return counts
