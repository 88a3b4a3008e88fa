"""Owns the form of a faceted search: its fieldsets in order, and which values stand behind "show all"."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from .analysis import name_key
from .documents import FacetValue
from .faceted import FacetedSearch
from .facets import Facet
from .results import Results
from .sentence import grouped
from .state import SearchState

SHOWN = 10  # values of a facet before "show all"


@dataclass(frozen=True, slots=True)
class Option:
    """One value to tick. `count` is written in the reader's language; `depth` is its level in a tree.

    A heading is only there to say what the next ones lie in: it is ticked elsewhere.
    """

    value: str
    label: str
    count: str = "0"
    is_chosen: bool = False
    depth: int = 0
    is_heading: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether ticking it would show nothing."""
        return self.count == "0"


@dataclass(frozen=True, slots=True)
class Switch:
    """Asks a facet in its wider sense."""

    parameter: str
    label: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class FacetFieldset:
    """One facet of the form: the values shown, the others behind "show all", and how many are chosen."""

    name: str
    label: str
    shown: Sequence[Option]
    more: Sequence[Option]
    values: int
    switch: Switch | None = None


def fieldsets(
    search: FacetedSearch, state: SearchState, results: Results, language: str
) -> list[FacetFieldset]:
    """The form of a search with the counts of its results, in the order in which the facets are declared."""
    return [_fieldset(search, facet, state, results, language) for facet in search.facets if not facet.hidden]


def _fieldset(
    search: FacetedSearch, facet: Facet, state: SearchState, results: Results, language: str
) -> FacetFieldset:
    chosen = state.chosen.get(facet.name, frozenset())
    counts = results.counts.get(facet.name, {})
    known = list(search.values(facet.name))
    if facet.typed == "concept":
        # A closed list of terms is read by the alphabet; sizes and kinds keep the order of their list.
        known.sort(key=lambda value: name_key(value.label(language)))
    # A value that is gone from the register can still stand in an old link, and must be removable.
    strangers = sorted(chosen - {value.value for value in known})
    values = [*(FacetValue(value, {"en": value}) for value in strangers), *known]
    depths = _depths(values)
    first = _first(values, counts, chosen, is_tree=facet.tree)

    def option(value: FacetValue, *, is_heading: bool = False) -> Option:
        return Option(
            value=value.value,
            label=value.label(language),
            count=grouped(counts.get(value.value, 0)),
            is_chosen=value.value in chosen,
            depth=depths[value.value],
            is_heading=is_heading,
        )

    rest = [value for value in values if value.value not in first]
    if facet.tree:
        more = [option(value, is_heading=value.value in first) for value in _with_ancestors(rest, values)]
    else:
        more = [option(value) for value in rest]
    return FacetFieldset(
        name=facet.name,
        label=str(facet.label),
        shown=[option(value) for value in values if value.value in first],
        more=more,
        values=len(values),
        switch=_switch(facet, state),
    )


def _switch(facet: Facet, state: SearchState) -> Switch | None:
    if not facet.widened_by:
        return None
    return Switch(facet.widened_by, str(facet.widened_label), facet.name in state.widened)


def _first(
    values: Sequence[FacetValue], counts: Mapping[str, int], chosen: Collection[str], *, is_tree: bool
) -> frozenset[str]:
    """The values shown at once: the chosen ones (in a tree with all above them), then the most frequent.

    An ancestor counts at least as much as what lies in it and stands before it, so frequent values of a tree
    never lack theirs.
    """
    if len(values) <= SHOWN:
        return frozenset(value.value for value in values)
    parents = {value.value: value.parent for value in values}
    first: set[str] = set()
    for value in chosen:
        first |= set(_upwards(value, parents)) if is_tree else {value}
    for often in sorted(values, key=lambda value: -counts.get(value.value, 0)):
        if len(first) >= SHOWN:
            break
        first.add(often.value)
    return frozenset(first)


def _upwards(value: str, parents: Mapping[str, str]) -> Iterable[str]:
    at = value
    while at:
        yield at
        at = parents.get(at, "")


def _with_ancestors(some: Iterable[FacetValue], values: Sequence[FacetValue]) -> list[FacetValue]:
    parents = {value.value: value.parent for value in values}
    wanted = {above for value in some for above in _upwards(value.value, parents)}
    return [value for value in values if value.value in wanted]


def _depths(values: Iterable[FacetValue]) -> dict[str, int]:
    # Parents come before their children, as a facet lists them.
    depths: dict[str, int] = {}
    for value in values:
        depths[value.value] = depths[value.parent] + 1 if value.parent in depths else 0
    return depths
