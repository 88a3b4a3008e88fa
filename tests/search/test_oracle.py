"""Owns the tests of the oracle itself: the rules of the search on examples, and on any documents."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.documents import Document, FacetValue
from search.results import PAGE_SIZE, Hit, Results
from search.state import SearchState

from .builders import FACETS, WORDS, documents, make_document, search_states
from .oracle import Oracle

pytestmark = pytest.mark.pure


def found(documents: list[Document], text: str, **asked: object) -> list[int]:
    """The keys of the first page, in order."""
    state = SearchState(text=text, **asked)  # type: ignore[arg-type]
    return [hit.key for hit in Oracle(documents, FACETS).search(state).hits]


def hit(document: Document, text: str, *, typing: bool = False) -> Hit:
    return Oracle([document], FACETS).search(SearchState(text=text), typing=typing).hits[0]


def answer(documents: list[Document], state: SearchState) -> Results:
    return Oracle(documents, FACETS).search(state)


CONCEPTS: list[FacetValue] = [
    value for facet in FACETS if facet.typed == "concept" for value in facet.values()
]


@given(documents(), st.sampled_from(CONCEPTS))
def test_all_labels_of_a_concept_give_one_set(firms: list[Document], concept: FacetValue) -> None:
    oracle = Oracle(firms, FACETS)
    sets = {label: oracle.keys(label) for label in (*concept.labels.values(), *concept.also)}

    assert len(set(sets.values())) == 1, sets


@given(documents(), search_states())
def test_the_total_is_what_the_pages_hold(firms: list[Document], state: SearchState) -> None:
    first = answer(firms, state.on_page(1))

    assert first.total <= len(firms)
    assert len(first.hits) == min(first.total, PAGE_SIZE)


@given(documents(), search_states())
def test_choosing_a_counted_value_gives_its_count(firms: list[Document], state: SearchState) -> None:
    results = answer(firms, state)

    for facet, counts in results.counts.items():
        for value, count in counts.items():
            assert answer(firms, state.without_facet(facet).with_value(facet, value)).total == count


@given(documents(), search_states())
def test_dropping_a_filter_gives_what_was_promised(firms: list[Document], state: SearchState) -> None:
    for facet, total in answer(firms, state).without.items():
        assert answer(firms, state.without_facet(facet)).total == total


@given(documents(), st.sampled_from(WORDS))
def test_a_word_and_its_exclusion_part_everything(firms: list[Document], word: str) -> None:
    oracle = Oracle(firms, FACETS)
    with_it, without_it = oracle.keys(f'"{word}"'), oracle.keys(f'-"{word}"')

    assert with_it | without_it == {firm.key for firm in firms}
    assert not with_it & without_it


def test_a_word_matches_in_any_text_field_and_is_worth_its_best() -> None:
    assert hit(make_document(name="Cake"), "cake") == Hit(1, 16, ("name",), {"name": "Cake", "key": 1})
    assert hit(make_document(name="Cakes"), "cake").score == 8
    assert hit(make_document(labels=["Cake"]), "cake").score == 4
    assert hit(make_document(places=["Gent"]), "gent").score == 4
    assert hit(make_document(taglines={"en": "Cake"}), "cake").score == 2
    assert hit(make_document(texts={"en": "Cake"}), "cake").score == 1
    everywhere = make_document(labels=["Cake"], texts={"en": "cake"}, taglines={"en": "cakes"})
    assert (hit(everywhere, "cake").score, hit(everywhere, "cake").found) == (4, ("label", "tagline", "text"))


def test_a_tag_and_a_mention_are_worth_something_to_each_word_of_the_concept() -> None:
    tagged = make_document(values={"capability": {"3d-printing"}})
    mentioning = make_document(texts={"en": "Additive manufacturing"})

    assert (hit(tagged, "3d printing").score, hit(tagged, "3d printing").found) == (8, ("tagged",))
    assert (hit(mentioning, "3d printing").score, hit(mentioning, "3d printing").found) == (2, ("mention",))


def test_words_of_phrases_are_scored_one_by_one() -> None:
    assert hit(make_document(name="Fine cakes"), '"fine cakes"').score == 32


def test_a_beginning_is_worth_half_a_whole_word() -> None:
    assert hit(make_document(name="Brouwerij"), "brou", typing=True).score == 8
    assert hit(make_document(labels=["Brouwerij"]), "brou", typing=True).score == 4
    assert Oracle([make_document(texts={"nl": "Brouwerij"})], FACETS).keys("brou", typing=True) == frozenset()


def test_the_best_score_comes_first_then_the_very_name_then_quality_then_the_name() -> None:
    firms = [
        make_document(1, "Cake of Kent", quality=9),
        make_document(2, "Cake", quality=1),
        make_document(3, "B Cake", quality=5),
        make_document(4, "A Cake", quality=5),
        make_document(5, "A Cake", quality=5),
        make_document(6, "Bakers", texts={"en": "cake"}, quality=255),
    ]

    assert found(firms, "cake") == [2, 1, 4, 5, 3, 6]


def test_other_orders_do_not_ask_how_well_it_matches() -> None:
    firms = [
        make_document(1, "Écluse", confirmed=5, created=1),
        make_document(2, "Zon", confirmed=9, created=1),
        make_document(3, "eclair", confirmed=5, created=3),
    ]

    assert found(firms, "", sort="name") == [3, 1, 2]
    assert found(firms, "", sort="confirmed") == [2, 3, 1]
    assert found(firms, "", sort="newest") == [3, 1, 2]
    assert answer(firms, SearchState(text="zon", sort="name")).hits[0].score == 0


def test_a_phrase_stands_in_order_in_one_text() -> None:
    firms = [
        make_document(1, texts={"en": "food and drink"}),
        make_document(2, texts={"en": "drink and food"}),
        make_document(3, taglines={"en": "food"}, texts={"en": "and drink"}),
        make_document(4, texts={"en": "the foods and drinks of"}),
    ]

    assert found(firms, '"food and drink"') == [1, 4]
    assert found(firms, '-"food and drink"') == [2, 3]


def test_stop_words_are_not_required() -> None:
    assert found([make_document(1, texts={"fr": "La brasserie"})], "brouwerij in the") == [1]


def test_only_exclusions_leave_all_else() -> None:
    firms = [make_document(1, texts={"en": "cake"}), make_document(2, texts={"en": "bread"})]

    assert found(firms, "-cakes") == [2]
    assert found(firms, "") == [1, 2]
    assert found(firms, "cake -cake") == []


def test_counts_ignore_the_selection_of_their_own_facet() -> None:
    firms = [
        make_document(1, values={"sector": {"food"}, "kind": {"sme"}}),
        make_document(2, values={"sector": {"logistics"}, "kind": {"sme"}}),
        make_document(3, values={"sector": {"food", "logistics"}, "kind": {"network"}}),
    ]
    chosen = {"sector": frozenset({"food"}), "kind": frozenset({"sme"})}
    results = answer(firms, SearchState(chosen=chosen))

    assert results.total == 1
    assert results.counts["sector"] == {"food": 1, "logistics": 1}
    assert results.counts["kind"] == {"sme": 1, "network": 1}
    assert results.without == {"sector": 2, "kind": 2}
    assert "serves" not in results.counts


def test_an_unknown_value_matches_nothing() -> None:
    state = SearchState(chosen={"sector": frozenset({"unknown"})})

    assert answer([make_document(values={"sector": {"food"}})], state).total == 0


def test_a_wider_sense_counts_what_is_also_served() -> None:
    firm = make_document(values={"region": {"england", "kent"}, "serves": {"belgium", "flanders"}})
    chosen = {"region": frozenset({"flanders"})}

    assert answer([firm], SearchState(chosen=chosen)).total == 0
    wider = answer([firm], SearchState(chosen=chosen, widened=frozenset({"region"})))
    assert (wider.total, wider.counts["region"]["flanders"]) == (1, 1)


def test_a_place_is_offered_and_still_asked_for_as_words() -> None:
    results = answer([make_document(places=["West-Vlaanderen"])], SearchState(text="west vlaanderen"))

    assert (results.total, results.places) == (1, (("region", "west-flanders"),))


def test_the_loop_needs_no_bitmaps() -> None:
    source = Path(__file__).with_name("oracle.py").read_text()

    assert "numpy" not in source
    assert "pyroaring" not in source
