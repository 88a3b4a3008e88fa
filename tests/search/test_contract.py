"""Owns the proof that a store answers as the brute force loop does: hits, total, counts, order and all."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.documents import Document
from search.snapshot import snapshots
from search.state import SearchState
from tests.search.builders import documents, make_document, search_states
from tests.search.shelf import Shelf

pytestmark = pytest.mark.django_db

thorough = settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@thorough
@given(shelved=documents(), asked=st.lists(search_states(), min_size=1, max_size=4), typing=st.booleans())
def test_the_store_answers_as_the_loop_does(
    shelved: list[Document], asked: list[SearchState], typing: bool
) -> None:
    shelf = Shelf(shelved)
    for state in asked:
        shelf.agrees(state, typing=typing)


@thorough
@given(
    first=documents(),
    second=documents(),
    gone=st.sets(st.integers(1, 12)),
    asked=st.lists(search_states(), min_size=1, max_size=3),
)
def test_after_edits_a_kept_snapshot_a_fresh_one_and_a_rebuilt_index_all_answer_as_the_loop_does(
    first: list[Document], second: list[Document], gone: set[int], asked: list[SearchState]
) -> None:
    shelf = Shelf(first)
    shelf.agrees(SearchState())
    shelf.edit(second, gone - {document.key for document in second})
    for state in asked:
        shelf.agrees(state)
    snapshots.clear()
    for state in asked:
        shelf.agrees(state)
    shelf.store.rebuild(shelf)
    for state in asked:
        shelf.agrees(state)


@thorough
@given(
    shelved=documents(),
    asked=search_states(),
    sort=st.sampled_from(["relevance", "name", "confirmed", "newest"]),
)
def test_every_order_is_that_of_the_loop(shelved: list[Document], asked: SearchState, sort: str) -> None:
    shelf = Shelf(shelved)
    shelf.agrees(asked.sorted_by(sort))


def test_pages_follow_each_other_without_gap_or_double() -> None:
    shelf = Shelf(make_document(key=key, name=f"Firm {key:03}") for key in range(1, 46))

    pages = [shelf.store.search(SearchState(page=page)).hits for page in (1, 2, 3, 4)]

    assert [len(page) for page in pages] == [20, 20, 5, 0]
    assert [hit.key for page in pages for hit in page] == list(range(1, 46))


@pytest.mark.parametrize("text", ["", "brewery", '"brewery of kent"'])
def test_the_keys_of_all_hits_are_those_of_the_pages_and_take_at_most_two_statements(
    text: str, django_assert_max_num_queries: Any
) -> None:
    shelf = Shelf(make_document(key=key, name=f"Brewery of Kent {key:03}") for key in range(1, 46))
    shelf.store.search(SearchState(text='"of kent"'))

    with django_assert_max_num_queries(2):
        keys = shelf.store.keys_in_order(SearchState(text=text, page=2))

    assert keys == list(range(1, 46))


@pytest.mark.parametrize("size", [10, 1_000])
@pytest.mark.parametrize("text", ["", "brewery", '"food and drink"', "mechatronics", "brew -kent"])
def test_a_search_asks_at_most_two_statements_however_many_documents_there_are(
    size: int, text: str, django_assert_max_num_queries: Any
) -> None:
    shelf = Shelf(make_document(key=key, name=f"Brewery {key}") for key in range(1, size + 1))
    shelf.store.search(SearchState(text=text))

    with django_assert_max_num_queries(2):
        shelf.store.search(SearchState(text=text))


def test_a_phrase_in_a_changed_text_is_found_by_its_new_words_only() -> None:
    shelf = Shelf([make_document(key=1, name="Old bread oven")])
    shelf.agrees(SearchState(text='"bread oven"'))
    shelf.edit([make_document(key=1, name="Oven for bread")])

    assert shelf.store.search(SearchState(text='"bread oven"')).total == 0
    assert shelf.store.search(SearchState(text='"oven for bread"')).total == 1
