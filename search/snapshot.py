"""Owns what a process keeps of an index between searches: one moment of it, immutable, swapped whole."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import unquote

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap

from .labels import Labels
from .lines import Lines
from .postings import PAIR_BITS, Field
from .records import Records, unpack

Values = Mapping[str, BitMap]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a snapshot lacks: postings of facets and of whole lines, records by number, and the numbers gone.

    The postings are by field, and by term or the words of the line.
    """

    change: int
    postings: Mapping[tuple[int, str], bytes]
    records: Mapping[int, bytes]
    pairs: Mapping[int, bytes]
    gone: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.postings or self.records or self.gone)


@dataclass(frozen=True)
class Snapshot:
    """One moment of an index: the documents of every facet value, every order, every label.

    `identity` and `change` say which moment; a reader asks the database only for what is newer. `pairs` are
    the signatures of neighbouring words, one row per number; they are loaded with the first phrase.
    """

    identity: int
    generation: int
    change: int
    lexicon_change: int
    labels: Labels
    facets: Mapping[str, Values]
    lines: Lines
    records: Records
    pairs: npt.NDArray[np.uint8] | None = None
    _widened: dict[tuple[str, str], Values] = field(default_factory=dict)

    @cached_property
    def documents(self) -> BitMap:
        """The numbers of all documents."""
        return BitMap(np.flatnonzero(self.records.alive).astype(np.uint32))

    def values(self, facet: str, widened_by: str = "") -> Values:
        """The documents of each value of a facet, those of the widening facet included."""
        narrow = self.facets.get(facet, {})
        if not widened_by:
            return narrow
        wide = self._widened.get((facet, widened_by))
        if wide is None:
            more = self.facets.get(widened_by, {})
            nothing = BitMap()
            wide = {
                value: narrow.get(value, nothing) | more.get(value, nothing) for value in {**narrow, **more}
            }
            self._widened[(facet, widened_by)] = wide
        return wide

    def updated(self, changes: Changes) -> "Snapshot":
        """The snapshot once these changes are in it; orders move only what was touched."""
        if not changes:
            return (
                self if changes.change == self.change else replace(self, change=changes.change, _widened={})
            )
        records = self.records
        if changes.records or changes.gone:
            records = records.updated(unpack(b"".join(changes.records.values())), changes.gone)
        return Snapshot(
            identity=self.identity,
            generation=self.generation,
            change=changes.change,
            lexicon_change=self.lexicon_change,
            labels=self.labels,
            facets=_merged(self.facets, facets_of(changes.postings)),
            lines=self.lines.updated(lines_of(changes.postings)),
            records=records,
            pairs=None if self.pairs is None else _with_pairs(self.pairs, changes.pairs),
        )

    def with_labels(self, labels: Labels, lexicon_change: int) -> "Snapshot":
        """The same moment with newer labels."""
        return replace(self, labels=labels, lexicon_change=lexicon_change, _widened={})

    def with_pairs(self, pairs: Mapping[int, bytes]) -> "Snapshot":
        """The same moment, ready for phrases."""
        none = np.zeros((len(self.records.rows), PAIR_BITS // 8), np.uint8)
        return replace(self, pairs=_with_pairs(none, pairs), _widened=self._widened)


class Snapshots:
    """The newest snapshot of each index in this process."""

    def __init__(self) -> None:
        self._newest: dict[str, Snapshot] = {}
        self._lock = threading.Lock()

    def get(self, index: str) -> Snapshot | None:
        """The newest snapshot, if there is any."""
        return self._newest.get(index)

    def put(self, index: str, snapshot: Snapshot) -> None:
        """Keeps a snapshot unless another thread has put in a newer one of the same life."""
        with self._lock:
            kept = self._newest.get(index)
            if kept and kept.identity == snapshot.identity and kept.change > snapshot.change:
                return
            self._newest[index] = snapshot

    def clear(self) -> None:
        """Forgets everything: the next search of each index is a cold one."""
        with self._lock:
            self._newest.clear()


snapshots = Snapshots()


def facets_of(postings: Mapping[tuple[int, str], bytes]) -> Mapping[str, Values]:
    """The documents of each value of each facet."""
    facets: dict[str, dict[str, BitMap]] = {}
    for (place, term), documents in postings.items():
        if place == Field.FACET:
            facet, value = term.split(":", 1)
            facets.setdefault(facet, {})[unquote(value)] = BitMap.deserialize(documents)
    return facets


def lines_of(postings: Mapping[tuple[int, str], bytes]) -> Values:
    """The documents of each whole line, by its words."""
    return {
        line: BitMap.deserialize(documents)
        for (place, line), documents in postings.items()
        if place == Field.LINE
    }


def _merged(facets: Mapping[str, Values], newer: Mapping[str, Values]) -> Mapping[str, Values]:
    return {**facets, **{name: {**facets.get(name, {}), **values} for name, values in newer.items()}}


def _with_pairs(pairs: npt.NDArray[np.uint8], newer: Mapping[int, bytes]) -> npt.NDArray[np.uint8]:
    size = max([len(pairs), *(number + 1 for number in newer)])
    after = np.zeros((size, PAIR_BITS // 8), np.uint8)
    after[: len(pairs)] = pairs
    if newer:
        rows = np.frombuffer(b"".join(newer.values()), np.uint8).reshape(-1, PAIR_BITS // 8)
        after[np.fromiter(newer, np.int64)] = rows
    return after
