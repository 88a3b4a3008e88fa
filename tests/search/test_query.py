"""Owns the tests of what a typed text means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import name_key, terms
from search.query import ConceptGroup, Phrase, Prefix, Query, Word, parse
from search.state import MAX_WORDS, BadSearch

from .builders import FACETS, make_lexicon, typed_texts

pytestmark = pytest.mark.pure

LEXICON = make_lexicon()


def asked(text: str, *, typing: bool = False) -> Query:
    return parse(text, LEXICON, typing)


def shown(query: Query) -> str:
    """The query in short: `word`, `pre*`, `"a phrase"`, `{a concept}`, and what is excluded after a minus."""

    def one(part: object) -> str:
        words = " ".join(word.surface for word in part.words)  # type: ignore[attr-defined]
        if isinstance(part, Word):
            return words
        return {Prefix: f"{words}*", Phrase: f'"{words}"', ConceptGroup: f"{{{words}}}"}[type(part)]

    return " ".join([*map(one, query.positive), *(f"-{one(part)}" for part in query.negative)])


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("", ""),
        ("  ", ""),
        ("- \" ' _ -- !", ""),
        ("plastic moulds", "plastic moulds"),
        ("plastic-moulds", "plastic moulds"),
        ("plastic - moulds", "plastic moulds"),
        ("plastic -moulds", "plastic -moulds"),
        ("plastic --moulds", "plastic moulds"),
        ("plastic(-moulds", "plastic moulds"),
        ("-moulds", "-moulds"),
        ('"plastic moulds" Kent', '"plastic moulds" Kent'),
        ('plastic "moulds in Kent', 'plastic "moulds in Kent"'),
        ("“plastic moulds” «of the kind»", '"plastic moulds" "of the kind"'),
        ('plastic"moulds of"Kent', 'plastic "moulds of" Kent'),
        ('-"plastic moulds" Kent', 'Kent -"plastic moulds"'),
        ('"moulds"', "moulds"),
        ('"the"', "the"),
        ('"" ""', ""),
        ('-""', ""),
        ("-3d-printers", '-"3d printers"'),
        ("-l'atelier", "-atelier"),
        ("-the", "-the"),
        ("-d'une", '-"d une"'),
        ("plastic and moulds", "plastic moulds"),
        ("the", "the"),
        ("the and", "the and"),
        ("the -moulds", "the -moulds"),
        ('the "moulds"', "moulds"),
        ("thé", "thé"),
        ("the thé", "thé"),
        ("food and drink", "{food drink}"),
        ("food drink", "{food drink}"),
        ("food", "food"),
        ('food "drink"', "food drink"),
        ("3D-printing courtrai", "{3D printing} courtrai"),
        ("cheap beer mechatronica kent", "cheap {beer} {mechatronica} kent"),
        ("beer -beer", "{beer} -beer"),
        ('"beer"', "beer"),
        ("west flanders", "west flanders"),
    ],
)
def test_a_typed_text_means(text: str, meaning: str) -> None:
    assert shown(asked(text)) == meaning


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("plastic mou", "plastic mou*"),
        ("plastic mou ", "plastic mou"),
        ('plastic "mou', "plastic mou"),
        ("plastic -mou", "plastic -mou"),
        ("plastic k", "plastic k"),
        ("plastic m", "plastic"),
        ("東", "東*"),
        ("be", "be*"),
        ("plastic de", "plastic"),
        ("beer mechatronica", "{beer} mechatronica*"),
        ("food drink", "food drink*"),
        ("3d-pri", "3d pri*"),
        ("", ""),
    ],
)
def test_the_last_word_may_be_unfinished_while_somebody_types(text: str, meaning: str) -> None:
    assert shown(asked(text, typing=True)) == meaning


def test_only_a_word_being_typed_asks_for_a_prefix() -> None:
    assert asked("Éclai", typing=True).prefixes() == ("eclai",)
    assert asked("Éclai").prefixes() == ()


def test_a_phrase_is_read_in_one_language_at_a_time() -> None:
    phrase = asked('"nos brasseries"').positive[0]

    assert isinstance(phrase, Phrase)
    assert phrase.readings[0] == (("nos",), ("brasseries",))
    assert (terms("nos", "fr"), terms("brasseries", "fr")) in phrase.readings


def test_a_concept_is_found_by_all_its_labels() -> None:
    group = asked("bier").positive[0]

    assert isinstance(group, ConceptGroup)
    assert group.concepts == (("capability", "brewing"),)
    assert group.labels == LEXICON.phrases(("capability", "brewing"))


def test_a_place_is_offered_in_the_order_of_the_words_and_matched_as_words() -> None:
    query = asked("Kent beer West-Vlaanderen kent")

    assert query.places == (("region", "kent"), ("region", "west-flanders"))
    assert shown(query) == "Kent {beer} West Vlaanderen kent"


def test_words_point_into_the_typed_text() -> None:
    text = 'beer "of the" -l\'atelier plastic'
    query = asked(text)

    for part in (*query.positive, *query.negative):
        assert all(text[word.start : word.end] == word.surface for word in part.words)


def test_the_name_that_is_asked_for_has_its_stop_words_but_nothing_excluded() -> None:
    assert asked('The "Brewery" of Kent -beer').name_key == name_key("the brewery of kent")
    assert asked("-beer").name_key == b""


def test_every_word_is_scored_one_by_one_with_its_concepts() -> None:
    scored = asked('food drink "plastic moulds" -beer ken', typing=True).scored()

    assert [(one.word.surface, bool(one.concepts), one.is_prefix) for one in scored] == [
        ("food", True, False),
        ("drink", True, False),
        ("plastic", False, False),
        ("moulds", False, False),
        ("ken", False, True),
    ]


def test_all_terms_include_those_of_labels_and_of_what_is_excluded() -> None:
    query = asked('bier -"plastic moulds"')

    assert {"beer", "bier", "brasser", "plastic", "mould"} <= query.all_terms()
    assert query.concepts() == (("capability", "brewing"),)


def test_sixteen_words_are_enough() -> None:
    assert len(asked(" ".join(["plastic"] * MAX_WORDS)).positive) == MAX_WORDS
    for text in (" ".join(["plastic"] * 17), "a-" * 17, '"' + "the " * 17, "-a" * 8 + " b" * 17):
        with pytest.raises(BadSearch) as refused:
            asked(text)
        assert (refused.value.reason, refused.value.limit) == ("words", MAX_WORDS)


def test_a_text_over_256_characters_is_refused() -> None:
    with pytest.raises(BadSearch, match="text"):
        asked("x" * 257)


@given(
    st.one_of(st.text(max_size=300), st.text('"- ab“»é\ud800\0', max_size=40), typed_texts()), st.booleans()
)
def test_any_text_is_answered_or_refused(text: str, typing: bool) -> None:
    try:
        query = parse(text, LEXICON, typing)
    except BadSearch:
        return

    known = query.all_terms()
    assert all(scored.word.terms <= known for scored in query.scored())
    for part in (*query.positive, *query.negative):
        if isinstance(part, Phrase):
            assert all(set(place) <= known for reading in part.readings for place in reading)
            assert all(len(reading) == len(part.words) >= 2 for reading in part.readings)


@pytest.mark.parametrize(
    "facet", [facet for facet in FACETS if facet.typed == "concept"], ids=lambda f: f.name
)
def test_every_label_of_a_concept_asks_for_it(facet: object) -> None:
    for value in facet.values():  # type: ignore[attr-defined]
        for label in (*value.labels.values(), *value.also):
            assert (facet.name, value.value) in asked(label).concepts()  # type: ignore[attr-defined]
