"""Owns the sort keys of documents: how one is packed into a row, and every order of them, kept up to date.

Orders are arrays of numbers. An edit is an insertion at its place, found by bisection; nothing is sorted.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from .analysis import NAME_KEY, name_key
from .documents import Document

Numbers = npt.NDArray[np.integer[Any]]

# Packed as it stands in the row; bytes of names compare as they sort.
RECORD = np.dtype(
    [
        ("number", "<i4"),
        ("quality", "u1"),
        ("key", "<i8"),
        ("confirmed", "<i8"),
        ("created", "<i8"),
        ("name", f"S{NAME_KEY}"),
    ]
)
# Beyond this share of all documents, sorting is quicker than inserting.
_INSERTED_SHARE = 0.05

SortKey = tuple[Any, ...]
# For each sort, the columns that decide, most important first; a minus sorts downwards.
_SORTS: Mapping[str, tuple[str, ...]] = {
    "relevance": ("-quality", "name", "key"),
    "name": ("name", "key"),
    "confirmed": ("-confirmed", "name", "key"),
    "newest": ("-created", "name", "key"),
}


def pack(number: int, document: Document) -> bytes:
    """The sort keys of a document as one row of `RECORD`."""
    row = np.zeros(1, RECORD)
    row[0] = (
        number,
        min(max(document.quality, 0), 255),
        document.key,
        document.confirmed,
        document.created,
        name_key(document.name),
    )
    return row.tobytes()


def unpack(rows: bytes | bytearray) -> npt.NDArray[np.void]:
    """Rows of `RECORD`, one after the other, of any number of documents."""
    return np.frombuffer(rows, RECORD)


@dataclass(frozen=True, slots=True)
class Order:
    """Numbers in an order, and for each number its place in it (undefined for those that are gone)."""

    numbers: npt.NDArray[np.int32]
    places: npt.NDArray[np.int32]

    @classmethod
    def of(cls, numbers: npt.NDArray[np.int32], size: int) -> Self:
        """The order of these numbers, all below `size`."""
        places = np.zeros(size, np.int32)
        places[numbers] = np.arange(len(numbers), dtype=np.int32)
        return cls(numbers, places)


@dataclass(frozen=True)
class Records:
    """The sort keys of all documents at one moment, by number; immutable but for orders, made when asked.

    `alive` says which numbers are in use.
    """

    rows: npt.NDArray[np.void]
    alive: npt.NDArray[np.bool_]
    _orders: dict[str, Order] = field(default_factory=dict)

    @classmethod
    def of(cls, packed: npt.NDArray[np.void]) -> Self:
        """The records of these documents, in any sequence."""
        size = int(packed["number"].max()) + 1 if len(packed) else 0
        rows, alive = np.zeros(size, RECORD), np.zeros(size, np.bool_)
        rows[packed["number"]] = packed
        alive[packed["number"]] = True
        return cls(rows, alive)

    def updated(self, packed: npt.NDArray[np.void], gone: Iterable[int]) -> Self:
        """The records once these documents are as given and those numbers are gone."""
        removed = np.fromiter(gone, np.int64)
        size = max([len(self.rows), *(packed["number"] + 1), *(removed + 1)])
        rows, alive = np.zeros(size, RECORD), np.zeros(size, np.bool_)
        rows[: len(self.rows)], alive[: len(self.rows)] = self.rows, self.alive
        rows[packed["number"]] = packed
        alive[packed["number"]] = True
        alive[removed] = False
        after = type(self)(rows, alive)
        touched = np.concatenate([packed["number"].astype(np.int64), removed])
        if len(touched) <= _INSERTED_SHARE * size:
            for sort, order in list(self._orders.items()):
                after._orders[sort] = after._inserted(sort, order, self.alive, touched)
        return after

    def order(self, sort: str) -> Order:
        """All documents in an order of `search.state.SORTS`; made at the first demand."""
        order = self._orders.get(sort)
        if order is None:
            numbers = np.flatnonzero(self.alive).astype(np.int32)
            columns = [_column(self.rows, column)[numbers] for column in reversed(_SORTS[sort])]
            order = self._orders[sort] = Order.of(numbers[np.lexsort(columns)], len(self.rows))
        return order

    def named(self, key: bytes, numbers: Numbers) -> npt.NDArray[np.bool_]:
        """Which of these documents have a name with this key."""
        head = np.frombuffer(key[:8].ljust(8, b"\0"), np.uint64)[0]
        found = np.asarray(self._heads[numbers] == head)
        likely = np.flatnonzero(found)
        found[likely] = self.rows["name"][numbers[likely]] == key
        return found

    @cached_property
    def _heads(self) -> npt.NDArray[np.uint64]:
        # The first eight bytes of every name: comparing whole names would read forty bytes for each hit.
        return self.rows["name"].astype("S8").view(np.uint64)

    def _inserted(
        self, sort: str, order: Order, alive_before: npt.NDArray[np.bool_], touched: Numbers
    ) -> Order:
        before = touched[touched < len(alive_before)]
        numbers = np.delete(order.numbers, order.places[before[alive_before[before]]])
        key = self._sort_key(sort)
        arrived = sorted((int(number) for number in touched if self.alive[number]), key=key)
        places = [bisect_left(numbers, key(number), key=key) for number in arrived]
        return Order.of(np.insert(numbers, places, arrived), len(self.rows))

    def _sort_key(self, sort: str) -> Callable[[int], SortKey]:
        columns = [(column.lstrip("-"), column.startswith("-")) for column in _SORTS[sort]]

        def key(number: int) -> SortKey:
            row = self.rows[number]
            return tuple(-int(row[name]) if down else row[name] for name, down in columns)

        return key


def _column(rows: npt.NDArray[np.void], column: str) -> npt.NDArray[Any]:
    return -rows[column[1:]].astype(np.int64) if column.startswith("-") else rows[column]
