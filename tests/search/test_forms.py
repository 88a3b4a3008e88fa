"""Owns the tests of the form of a faceted search."""

from collections.abc import Mapping

import pytest

from search.forms import SHOWN, FacetFieldset, fieldsets
from search.results import Results
from search.state import SearchState
from tests.search.wording import REGIONS, WordedSearch, values

pytestmark = pytest.mark.pure

MANY = values(*(f"Skill {letter}" for letter in "ABCDEFGHIJKLMNOP"))


def form(
    search: WordedSearch,
    counts: Mapping[str, int],
    facet: str = "capability",
    *chosen: str,
    wider: bool = False,
) -> FacetFieldset:
    state = SearchState(
        chosen={facet: frozenset(chosen)} if chosen else {}, widened=frozenset({facet} if wider else ())
    )
    results = Results(total=0, hits=(), counts={facet: counts})
    return next(each for each in fieldsets(search, state, results, "en") if each.name == facet)


def test_a_form_has_a_fieldset_for_every_facet_that_is_not_hidden() -> None:
    results = Results(total=0, hits=(), counts={})

    assert [each.label for each in fieldsets(WordedSearch(), SearchState(), results, "en")] == [
        "Uses",
        "Region",
        "Kind",
    ]


def test_terms_stand_by_the_alphabet_and_kinds_in_the_order_of_their_list() -> None:
    assert [option.label for option in form(WordedSearch(), {}).shown] == [
        "3D printing",
        "Brewing",
        "Mechatronics",
        "VR",
        "Welding",
    ]
    assert [option.label for option in form(WordedSearch(), {}, "kind").shown] == ["SME", "Network"]


def test_a_value_without_a_firm_is_shown_with_a_nought() -> None:
    option = next(each for each in form(WordedSearch(), {"vr": 3}).shown if each.value == "brewing")

    assert (option.count, option.is_empty) == ("0", True)


def test_the_ten_most_frequent_values_are_shown_and_the_others_kept_behind_show_all() -> None:
    fieldset = form(WordedSearch(capability=MANY), {"skill-p": 9, "skill-o": 8, "skill-n": 7})

    assert [each.value for each in fieldset.shown][-3:] == ["skill-n", "skill-o", "skill-p"]
    assert len(fieldset.shown) == SHOWN
    assert len(fieldset.shown) + len(fieldset.more) == fieldset.values == len(MANY)


def test_a_chosen_value_is_always_among_those_shown() -> None:
    fieldset = form(WordedSearch(capability=MANY), dict.fromkeys(map("skill-{}".format, "abcdefghij"), 5),
                    "capability", "skill-p")  # fmt: skip

    assert [each.value for each in fieldset.shown if each.is_chosen] == ["skill-p"]
    assert len(fieldset.shown) == SHOWN


def test_a_chosen_value_that_nobody_knows_any_more_stays_in_the_form() -> None:
    fieldset = form(WordedSearch(), {}, "capability", "alchemy")

    assert [(each.label, each.is_chosen) for each in fieldset.shown][:1] == [("alchemy", True)]


def test_a_tree_is_indented_by_level() -> None:
    assert [(option.label, option.depth) for option in form(WordedSearch(), {}, "region").shown] == [
        ("Belgium", 0),
        ("Flanders", 1),
        ("West Flanders", 2),
        ("England", 0),
        ("Kent", 1),
    ]


def test_what_a_tree_keeps_behind_show_all_says_what_it_lies_in() -> None:
    others = values(*(f"Place {number}" for number in range(12)))
    counts = {each.value: 5 for each in others} | {"belgium": 9, "flanders": 9, "england": 9}

    fieldset = form(WordedSearch(region=[*REGIONS, *others[:7]]), counts, "region")

    assert [(each.label, each.is_heading) for each in fieldset.more] == [
        ("Belgium", True),
        ("Flanders", True),
        ("West Flanders", False),
        ("England", True),
        ("Kent", False),
    ]


def test_a_chosen_region_is_shown_with_all_that_it_lies_in() -> None:
    others = values(*(f"Place {number:02}" for number in range(12)))
    counts = {each.value: 5 for each in others}

    fieldset = form(WordedSearch(region=[*others, *REGIONS]), counts, "region", "west-flanders")

    assert {"belgium", "flanders", "west-flanders"} <= {each.value for each in fieldset.shown}


def test_the_switch_beside_a_facet_says_whether_it_is_on() -> None:
    switch = form(WordedSearch(), {}, "region", wider=True).switch

    assert switch is not None
    assert (switch.parameter, switch.is_on) == ("serves", True)
    assert form(WordedSearch(), {}, "kind").switch is None
