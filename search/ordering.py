"""Owns the order of hits: by what they are worth, or by their sort keys; and one page of it."""

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap

from .matching import Matching, as_numbers
from .results import PAGE_SIZE
from .state import SearchState


def in_order(matching: Matching, state: SearchState, hits: BitMap) -> npt.NDArray[np.uint32]:
    """The numbers of all hits, in order."""
    numbers = as_numbers(hits)
    return numbers[np.argsort(_keys(matching, state.sort, hits, numbers))]


def page_of(matching: Matching, state: SearchState, hits: BitMap, spare: int = 0) -> list[int]:
    """The numbers of one page of hits, in order, and of a few that follow."""
    start = (state.page - 1) * PAGE_SIZE
    if start >= len(hits):
        return []
    numbers = as_numbers(hits)
    keys = _keys(matching, state.sort, hits, numbers)
    end = start + PAGE_SIZE + spare
    if end < len(keys):
        # Only the first few need be sorted.
        first = np.argpartition(keys, end)[:end]
        numbers, keys = numbers[first], keys[first]
    return [int(number) for number in numbers[np.argsort(keys)][start:end]]


def _keys(
    matching: Matching, sort: str, hits: BitMap, numbers: npt.NDArray[np.uint32]
) -> npt.NDArray[np.int64]:
    """A key for each hit; no two are equal, the least comes first.

    By relevance: the score, then whether the whole text is the name, then the place in the static order.
    """
    records = matching.snapshot.records
    places: npt.NDArray[np.int64] = records.order(sort).places[numbers].astype(np.int64)
    if sort != "relevance" or not matching.query.positive:
        return places
    named = records.named(matching.query.name_key, numbers)
    return places - ((matching.scores(hits) * 2 + named) << 32)
