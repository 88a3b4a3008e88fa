"""Owns the ways on from a search that finds little: which filter to drop, where nearby, how it is spelt."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from .documents import FacetValue
from .facets import Facet
from .results import Results
from .state import SearchState

# (facet, value, total)
Way = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Help:
    """Ways on from a search with no or few hits; every number is exact.

    `corrected` is the text with misspelt words replaced (empty: nothing better is known), `corrected_total`
    what it would find with the same filters. `drop` lists (facet, value, total without it), best first; the
    value is empty when the whole facet is dropped. `nearby` lists (facet, value, total) of places beside the
    chosen ones that have hits, and of those above that have more.
    """

    corrected: str = ""
    corrected_total: int = 0
    drop: tuple[Way, ...] = ()
    nearby: tuple[Way, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.corrected or self.drop or self.nearby)


def drops(state: SearchState, results: Results) -> tuple[Way, ...]:
    """What each filter keeps away, the greatest gain first; a facet with several values is dropped whole."""
    ways = [
        (facet, next(iter(state.chosen[facet])) if len(state.chosen[facet]) == 1 else "", total)
        for facet, total in results.without.items()
        if total > results.total
    ]
    return tuple(sorted(ways, key=lambda way: (-way[2], way[0])))


def places_nearby(
    facets: Iterable[Facet],
    values: Callable[[str], Sequence[FacetValue]],
    state: SearchState,
    results: Results,
) -> tuple[Way, ...]:
    """Instead of the chosen places: those beside them, most hits first, then those above that have more."""
    ways: dict[tuple[str, str], int] = {}
    for facet in facets:
        chosen = state.chosen.get(facet.name, frozenset())
        if facet.tree and chosen:
            parents = {known.value: known.parent for known in values(facet.name)}
            counts = results.counts[facet.name]
            for value in (*_beside(parents, chosen, counts), *_above(parents, chosen, counts)):
                if value not in chosen and counts.get(value):
                    ways[facet.name, value] = counts[value]
    return tuple((facet, value, total) for (facet, value), total in ways.items())


def _beside(parents: Mapping[str, str], chosen: Iterable[str], counts: Mapping[str, int]) -> list[str]:
    # Countries have nothing above them; they are no neighbours for that.
    above = {parents[value] for value in chosen if parents.get(value)}
    beside = [value for value, parent in parents.items() if parent in above]
    return sorted(beside, key=lambda value: -counts.get(value, 0))


def _above(parents: Mapping[str, str], chosen: Iterable[str], counts: Mapping[str, int]) -> list[str]:
    found: dict[str, None] = {}
    for value in sorted(chosen):
        above, steps, most = parents.get(value, ""), 0, counts.get(value, 0)
        while above and steps < len(parents):
            # A wider place that has no more than the narrower one shows the same again.
            if counts.get(above, 0) > most:
                found[above], most = None, counts[above]
            above, steps = parents.get(above, ""), steps + 1
    return list(found)
