"""Owns the tests of how a search is said in words."""

import pytest
from django.utils import translation

from search.sentence import any_of, chips, counted, lowered, say, why_not
from search.state import BadSearch, SearchState
from tests.search.wording import WordedSearch

pytestmark = pytest.mark.pure

SEARCH = WordedSearch()


def asking(text: str = "", *, widened: str = "", **chosen: str) -> SearchState:
    return SearchState(
        text=text,
        chosen={facet: frozenset(values.split()) for facet, values in chosen.items()},
        widened=frozenset(widened.split()),
    )


@pytest.mark.parametrize(
    ("state", "total", "said"),
    [
        (asking(), 133, "133 firms"),
        (asking(), 1, "1 firm"),
        (asking(), 5829, "5,829 firms"),
        (asking("brewrey"), 0, "0 firms for “brewrey”"),
        (
            asking(region="west-flanders kent", capability="mechatronics"),
            37,
            "37 firms in Kent or West Flanders that use mechatronics",
        ),
        (asking(capability="3d-printing vr"), 2, "2 firms that use 3D printing or VR"),
        (asking(capability="vr"), 1, "1 firm that uses VR"),
        (asking(kind="sme"), 2, "2 firms of the kind SME"),
        (asking(region="kent", widened="region"), 4, "4 firms in Kent (also firms from elsewhere)"),
        (asking(widened="region"), 4, "4 firms"),
        (asking(region="atlantis"), 0, "0 firms in atlantis"),
    ],
)
def test_a_search_is_said_as_one_noun_phrase(state: SearchState, total: int, said: str) -> None:
    assert say(SEARCH, state, total, "en") == said


def test_a_percent_sign_in_the_text_is_only_a_percent_sign() -> None:
    assert say(SEARCH, asking("100%s %(value)s"), 0, "en") == "0 firms for “100%s %(value)s”"


def test_many_alternatives_are_named_only_in_part() -> None:
    assert any_of("ABC") == "A, B or C"
    assert any_of("ABCD") == "A, B, C or D"
    assert any_of("ABCDEFGH") == "A, B, C or 5 others"


def test_numbers_are_written_as_the_language_writes_them() -> None:
    with translation.override("nl"):
        assert "5.829" in counted(SEARCH, 5829)


@pytest.mark.parametrize(
    ("label", "inside"),
    [
        ("Mechatronics", "mechatronics"),
        ("3D printing", "3D printing"),
        ("VR", "VR"),
        ("Élevage", "élevage"),
        ("", ""),
    ],
)
def test_labels_begin_small_inside_a_sentence_unless_they_are_abbreviations(label: str, inside: str) -> None:
    assert lowered(label) == inside


def test_every_filter_has_a_chip_that_removes_it_alone() -> None:
    state = asking("beer", region="kent west-flanders", kind="sme")

    found = chips(SEARCH, state, "en")

    assert [(chip.facet_label, chip.label) for chip in found] == [
        ("Region", "Kent"),
        ("Region", "West Flanders"),
        ("Kind", "SME"),
    ]
    assert found[0].without == asking("beer", region="west-flanders", kind="sme")


def test_asking_more_widely_has_a_chip_of_its_own_once_it_matters() -> None:
    labels = [chip.label for chip in chips(SEARCH, asking(region="kent", widened="region"), "en")]

    assert labels == ["Kent", "Also firms from elsewhere"]
    assert chips(SEARCH, asking(widened="region"), "en") == []


def test_a_value_that_nobody_knows_any_more_can_be_removed() -> None:
    (chip,) = chips(SEARCH, asking(region="atlantis"), "en")

    assert chip.label == "atlantis"
    assert chip.without.is_empty()


@pytest.mark.parametrize("reason", ["text", "words", "page", "values", "sort"])
def test_every_limit_is_explained_with_its_number(reason: str) -> None:
    said = why_not(BadSearch(reason, 1234))

    assert said.endswith(".")
    assert "1,234" in said or reason == "sort"
