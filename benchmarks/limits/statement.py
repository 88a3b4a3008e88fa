"""Owns the SQL that both databases share: hits once, then total, best twenty and all counts."""

from collections.abc import Iterable, Mapping
from typing import Any

from benchmarks.answers import FACETS, PAGE, Answer, grouped

# The number of a value is that of its facet times this, plus its own: so a facet is a range of numbers.
RANGE = 10_000
TOTAL, HIT, COUNT = 0, 1, 2


class Values:
    """Facet values as numbers and back."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}
        self._pairs: dict[int, tuple[str, str]] = {}
        self._next = {facet: (at + 1) * RANGE for at, facet in enumerate(FACETS)}

    def number(self, facet: str, value: str) -> int:
        """The number of a value; a new one if it is not known."""
        pair = (facet, value)
        if pair not in self._numbers:
            number = self._next[facet]
            self._next[facet] = number + 1
            self._numbers[pair], self._pairs[number] = number, pair
        return self._numbers[pair]

    def chosen(self, chosen: Mapping[str, Iterable[str]]) -> dict[str, list[int]]:
        """A selection in numbers."""
        return {facet: [self.number(facet, value) for value in values] for facet, values in chosen.items()}

    def answer(self, rows: Iterable[tuple[int, Any, Any]]) -> Answer:
        """The answer from the rows of a statement."""
        total, hits, counts = 0, [], []
        for what, first, second in rows:
            if what == TOTAL:
                total = int(second)
            elif what == HIT:
                hits.append((second, int(first)))
            else:
                counts.append((*self._pairs[int(first)], int(second)))
        return Answer(tuple(key for _score, key in sorted(hits)), total, grouped(counts))


def statement(hits: str, chosen: Mapping[str, list[int]], values: Values) -> str:
    """One statement around `hits`, which selects `doc` and `score`, least first.

    Each hit gets a bit per filter that it passes, so every facet's counts can leave out its own filter
    without the search being run again.
    """
    bits = {facet: 1 << at for at, facet in enumerate(chosen)}
    everything = sum(bits.values())
    passed = " + ".join(
        f"CASE WHEN doc IN (SELECT doc FROM tag WHERE value IN ({', '.join(map(str, chosen[facet]))}))"
        f" THEN {bit} ELSE 0 END"
        for facet, bit in bits.items()
    )
    counts = [_count(f"passed = {everything}", _outside(chosen))]
    counts += [_count(f"(passed | {bit}) = {everything}", _inside(facet)) for facet, bit in bits.items()]
    return f"""
        WITH hit AS MATERIALIZED ({hits}),
        marked AS MATERIALIZED (SELECT doc, score, {passed or 0} AS passed FROM hit),
        best AS (SELECT doc, score FROM marked WHERE passed = {everything} ORDER BY score, doc LIMIT {PAGE})
        SELECT {TOTAL} AS what, 0 AS first, count(*) AS second FROM marked WHERE passed = {everything}
        UNION ALL SELECT {HIT}, doc, score FROM best
        {" ".join(f"UNION ALL {count}" for count in counts)}
    """


def _count(which: str, values: str) -> str:
    # CROSS JOIN keeps SQLite from driving from the values; PostgreSQL chooses for itself.
    return (
        f"SELECT {COUNT}, tag.value, count(*) FROM marked CROSS JOIN tag"
        f" WHERE tag.doc = marked.doc AND {which}{values} GROUP BY tag.value"
    )


def _inside(facet: str) -> str:
    start = (FACETS.index(facet) + 1) * RANGE
    return f" AND tag.value BETWEEN {start} AND {start + RANGE - 1}"


def _outside(facets: Iterable[str]) -> str:
    starts = [(FACETS.index(facet) + 1) * RANGE for facet in facets]
    return "".join(f" AND tag.value NOT BETWEEN {start} AND {start + RANGE - 1}" for start in starts)
