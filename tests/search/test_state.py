"""Owns the tests of searches in URLs, hostile ones included."""

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.state import MAX_PAGE, MAX_TEXT, MAX_VALUES, SORTS, BadSearch, SearchState

from .builders import WIDENING, search_states

pytestmark = pytest.mark.pure

FACETS = ("sector", "capability", "region", "kind")


def read(**query: str | list[str]) -> SearchState:
    every = {name: [value] if isinstance(value, str) else value for name, value in query.items()}
    return SearchState.read(every, FACETS, WIDENING)


def reread(state: SearchState) -> SearchState:
    return SearchState.read(parse_qs(state.querystring(WIDENING)), FACETS, WIDENING)


any_query = st.fixed_dictionaries(
    {},
    optional={
        name: st.lists(st.text(st.characters(), max_size=20), max_size=3)
        for name in ("q", "sector", "region", "serves", "unknown")
    }
    | {
        "sort": st.lists(st.sampled_from(["", *SORTS]), max_size=2),
        "page": st.lists(st.sampled_from(["", "1", "2", "007", "500"]), max_size=2),
    },
)


@given(any_query)
def test_a_state_is_read_back_from_its_url(query: dict[str, list[str]]) -> None:
    state = SearchState.read(query, FACETS, WIDENING)

    assert reread(state) == state


@given(search_states())
def test_every_search_has_a_url(state: SearchState) -> None:
    assert reread(state) == state.asking(" ".join(state.text.split())).on_page(state.page)


@given(search_states(), search_states())
def test_equal_states_have_equal_urls(one: SearchState, other: SearchState) -> None:
    assert (one.querystring(WIDENING) == other.querystring(WIDENING)) == (one == other)


@given(
    st.dictionaries(
        st.sampled_from(["q", "page", "sort", "sector", "serves"]), st.lists(st.text(), max_size=3)
    )
)
def test_whatever_is_asked_is_read_or_refused(query: dict[str, list[str]]) -> None:
    try:
        state = SearchState.read(query, FACETS, WIDENING)
    except BadSearch as refused:
        assert refused.reason in {"text", "page", "sort", "values"}
    else:
        assert 1 <= state.page <= MAX_PAGE
        assert len(state.text) <= MAX_TEXT


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("  food \t and\n drink ", "food and drink"),
        ("be\0er", "be er"),
        ("be\ud800er", "be er"),
        ("\udfff\ud800\0\x1b", ""),
        ("be\x85er\x9f", "be er"),
        ("thé 東京", "thé 東京"),
        ("' OR 1=1 --", "' OR 1=1 --"),
        ("<script>", "<script>"),
        (" " * 10_000 + "beer", "beer"),
    ],
)
def test_a_text_is_cleaned(typed: str, text: str) -> None:
    assert read(q=typed).text == text


@pytest.mark.parametrize(
    "page", ["9" * 5_000, "-1", "0", "501", "1_0", "٣", "²", "1.5", "x", " 2", "0x2", "\0"]
)
def test_a_page_that_is_none_is_refused(page: str) -> None:
    with pytest.raises(BadSearch) as refused:
        read(page=page)

    assert (refused.value.reason, refused.value.limit) == ("page", MAX_PAGE)


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ({"q": "x" * 257}, "text"),
        ({"q": "x" * 1_000_000}, "text"),
        ({"sort": "price"}, "sort"),
        ({"sector": [str(number) for number in range(MAX_VALUES + 1)]}, "values"),
        ({"sector": "x" * 300}, "values"),
    ],
)
def test_a_search_beyond_a_limit_is_refused(query: dict[str, str | list[str]], reason: str) -> None:
    with pytest.raises(BadSearch) as refused:
        read(**query)

    assert refused.value.reason == reason


def test_256_characters_and_page_500_are_read() -> None:
    state = read(q="x" * 256, page="500")

    assert (len(state.text), state.page) == (256, 500)


def test_of_a_parameter_given_twice_the_last_counts_but_all_values_of_a_facet() -> None:
    state = read(
        q=["beer", "wine"], sort=["name", "newest"], page=["2", "3"], sector=["food", "drink", "food"]
    )

    assert (state.text, state.sort, state.page) == ("wine", "newest", 3)
    assert state.chosen == {"sector": frozenset({"food", "drink"})}


def test_empty_parameters_ask_for_nothing() -> None:
    assert read(q="", sector="", sort="", page="", serves="", unknown="x") == SearchState()
    assert read(q=[], sector=[], sort=[], page=[]) == SearchState()
    assert SearchState().is_empty()
    assert SearchState().querystring(WIDENING) == ""


def test_a_value_with_a_hostile_character_stays_a_value() -> None:
    state = read(sector="fo\ud800od")

    assert state.chosen == {"sector": frozenset({"fo\ufffdod"})}
    assert reread(state) == state


def test_a_filter_is_added_and_removed_back_on_page_1() -> None:
    state = read(q="beer", sector="food", page="3")

    assert state.with_value("sector", "drink").chosen["sector"] == {"food", "drink"}
    assert state.with_value("region", "kent").page == 1
    assert state.without("sector", "food") == state.without_facet("sector") == read(q="beer")
    assert state.without("region", "kent").chosen == state.chosen


def test_other_words_and_orders_start_on_page_1() -> None:
    state = read(q="beer", sector="food", page="3")

    assert state.asking("wine") == read(q="wine", sector="food")
    assert state.sorted_by("name") == read(q="beer", sector="food", sort="name")
    assert state.on_page(4).page == 4


def test_a_wider_sense_is_part_of_the_url() -> None:
    state = read(region="kent", serves="1")

    assert state.widened == {"region"}
    assert state.querystring(WIDENING) == "region=kent&serves=1"
    assert read(serves="yes").widened == frozenset()
