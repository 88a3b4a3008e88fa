"""Owns the proof that orders which follow each edit are the orders that sorting gives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.documents import Document
from search.records import Records, pack, unpack
from search.state import SORTS
from tests.search.builders import make_document

pytestmark = pytest.mark.pure

names = st.sampled_from(["", "a", "b", "bakery", "Bäckerei", "zoo", "x" * 60, "x" * 60 + "y"])
one = st.builds(
    make_document,
    key=st.integers(1, 10**12),
    name=names,
    quality=st.integers(0, 300),
    confirmed=st.integers(0, 2),
    created=st.integers(0, 2**33),
)
shelves = st.lists(one, max_size=12, unique_by=lambda document: document.key)


def records_of(documents: dict[int, Document]) -> Records:
    return Records.of(unpack(b"".join(pack(number, document) for number, document in documents.items())))


def orders(records: Records) -> dict[str, list[int]]:
    return {sort: records.order(sort).numbers.tolist() for sort in SORTS}


@given(shelves, st.lists(st.tuples(st.integers(0, 15), st.none() | one), max_size=6))
def test_orders_after_edits_are_those_of_sorting(
    shelved: list[Document], edits: list[tuple[int, Document | None]]
) -> None:
    kept = dict(enumerate(shelved))
    records = records_of(kept)
    orders(records)  # made now, so that edits go into them
    for number, document in edits:
        if document is None:
            kept.pop(number, None)
            records = records.updated(unpack(b""), [number])
        else:
            kept[number] = document
            records = records.updated(unpack(pack(number, document)), [])

    assert orders(records) == orders(records_of(kept))


@given(shelves)
def test_places_are_where_the_numbers_stand(shelved: list[Document]) -> None:
    records = records_of(dict(enumerate(shelved)))
    for sort in SORTS:
        order = records.order(sort)
        assert order.places[order.numbers].tolist() == list(range(len(shelved)))


def test_a_few_edits_of_many_documents_are_inserted_and_many_are_sorted() -> None:
    rng = np.random.default_rng(1)
    many = {n: make_document(key=n + 1, quality=int(rng.integers(0, 9))) for n in range(500)}
    records = records_of(many)
    orders(records)
    for size in (3, 200):
        changed = {n: make_document(key=n + 1, quality=200 + n % 7) for n in range(size)}
        many |= changed
        records = records.updated(unpack(b"".join(pack(n, document) for n, document in changed.items())), [])

        assert orders(records) == orders(records_of(many))


@given(shelves, names)
def test_documents_are_found_by_the_key_of_their_name(shelved: list[Document], name: str) -> None:
    from search.analysis import name_key

    records = records_of(dict(enumerate(shelved)))
    numbers = np.arange(len(shelved))

    found = records.named(name_key(name), numbers).tolist()

    assert found == [name_key(document.name) == name_key(name) for document in shelved]
