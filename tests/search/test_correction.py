"""Owns the tests of what a misspelt word is taken for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.correction import Spelling

pytestmark = pytest.mark.pure

SPELLING = Spelling(
    {
        "brewery": 12,
        "brewer": 3,
        "mécatronique": 9,
        "mechatronics": 5,
        "Gent": 40,
        "Kent": 50,
        "cheese": 6,
        "chase": 6,
        "closed": 0,
        "3dprinting": 4,
        "Lille": 7,
    }
)


@pytest.mark.parametrize(
    ("word", "nearest"),
    [
        ("brewrey", "brewery"),
        ("brewry", "brewery"),
        ("breweri", "brewery"),
        ("Bewery", "brewery"),
        ("mecatroniqe", "mécatronique"),
        ("mecatronique", ""),
        ("mechatronisc", "mechatronics"),
        ("MECHATRONICS", ""),
        ("brewery", ""),
        ("Lile", "Lille"),
        ("Gnet", "Gent"),
        ("Ket", ""),
        ("Xent", "Kent"),
        ("Genk", "Gent"),
        ("Gxnx", ""),
        ("closex", ""),
        ("3dprintimg", ""),
        ("xxxxxxxx", ""),
        ("один", ""),
        ("", ""),
    ],
)
def test_an_unknown_word_is_corrected_to_the_nearest(word: str, nearest: str) -> None:
    assert SPELLING.nearest(word) == nearest


def test_a_text_keeps_everything_but_the_misspelt_words() -> None:
    assert SPELLING.corrected('-"the brewrey" + Lile, 3D ') == '-"the brewery" + Lille, 3D '


def test_nothing_is_offered_for_a_text_without_a_slip() -> None:
    assert SPELLING.corrected("the brewery in Kent") == ""
    assert SPELLING.corrected("") == ""


def test_words_known_elsewhere_are_left_alone() -> None:
    assert SPELLING.corrected("brewers chess", {"brewers", "chess"}.__contains__) == ""
    assert SPELLING.corrected("chees") == "cheese"


def test_of_two_words_as_near_the_one_in_more_documents_wins() -> None:
    assert Spelling({"printing": 2, "painting": 3}).nearest("pinting") == "painting"
    assert Spelling({"printing": 3, "painting": 2}).nearest("pinting") == "printing"


def test_without_words_nothing_is_known() -> None:
    assert Spelling({}).corrected("brewrey") == ""


@given(
    st.dictionaries(st.text(min_size=1, max_size=12), st.integers(0, 9), max_size=20), st.text(max_size=40)
)
def test_any_text_is_corrected_or_left(counts: dict[str, int], text: str) -> None:
    assert isinstance(Spelling(counts).corrected(text), str)


@given(st.dictionaries(st.text("abcdeé", min_size=4, max_size=9), st.integers(1, 9), min_size=1), st.data())
def test_a_known_word_is_never_corrected(counts: dict[str, int], data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(sorted(counts)))

    assert Spelling(counts).nearest(word) == ""
