"""Owns the tests of what is marked in a text, and which piece of it is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.documents import LANGUAGES
from search.highlight import PASSAGE, Highlighter
from search.query import parse
from search.state import BadSearch

from .builders import make_lexicon, sentences, typed_texts

pytestmark = pytest.mark.pure

LEXICON = make_lexicon()
FILLER = "We make things of wood and stone. " * 10


def highlighter(query: str, *, typing: bool = False) -> Highlighter:
    return Highlighter(parse(query, LEXICON, typing))


def marked(query: str, text: str, language: str = "en", *, typing: bool = False) -> str:
    pieces = highlighter(query, typing=typing).segments(text, language)
    return "".join(f"[{piece.text}]" if piece.is_hit else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("query", "text", "language", "shown"),
    [
        ("bakery", "Our bakeries, the best.", "en", "Our [bakeries], the best."),
        ("bakery cake", "A bakery of cakes", "en", "A [bakery] of [cakes]"),
        ("fabriquees", "Pièces fabriquées à Lille", "fr", "Pièces [fabriquées] à Lille"),
        ("fabriqué", "Pièces FABRIQUÉES à Lille", "fr", "Pièces [FABRIQUÉES] à Lille"),
        ("brouwerijen", "De brouwerij", "nl", "De [brouwerij]"),
        ("ecole", "L'e\u0301cole", "fr", "L'[e\u0301cole]"),
        ("impression", "l'impression", "fr", "l'[impression]"),
        ("the cake", "the cake", "en", "the [cake]"),
        ("the", "the cake", "en", "[the] cake"),
        ("cake -bread", "cake and bread", "en", "[cake] and bread"),
        ("", "cake", "en", "cake"),
        ("cake", "", "en", ""),
        ("a<b", "a <b>b</b>", "en", "a <[b]>[b]</[b]>"),
    ],
)
def test_words_are_marked_in_any_inflection(query: str, text: str, language: str, shown: str) -> None:
    assert marked(query, text, language) == shown


def test_a_phrase_is_marked_as_a_whole_only() -> None:
    assert marked('"cakes and bread"', "Cake-and-bread, bread and cake") == "[Cake-and-bread], bread and cake"


def test_a_concept_is_marked_under_its_other_labels() -> None:
    text = "Impression 3D, additive manufacturing; 3D-printed; impression, manufacturing"

    assert (
        marked("3D printing", text)
        == "[Impression 3D], [additive manufacturing]; [3D-printed]; impression, manufacturing"
    )


def test_labels_of_a_concept_are_marked_in_the_language_of_the_text() -> None:
    assert marked("beer", "Nos bières", "fr") == "Nos [bières]"


def test_a_word_being_typed_is_marked_in_names_only() -> None:
    assert marked("brou", "Brouwerij De Zon", "", typing=True) == "[Brouwerij] De Zon"
    assert marked("brou", "Brouwerij De Zon", "nl", typing=True) == "Brouwerij De Zon"


def test_a_short_text_is_its_own_passage() -> None:
    passage = highlighter("cake").passage("A cake.", "en")

    assert (passage.start, passage.end, passage.is_cut_before, passage.is_cut_after) == (0, 7, False, False)


def test_without_a_hit_the_passage_is_the_beginning_up_to_a_word() -> None:
    passage = highlighter("cake").passage(FILLER, "en")

    assert not passage.has_hit
    assert passage.start == 0
    assert FILLER[passage.end] == " "
    assert passage.is_cut_after


def test_a_passage_stands_around_its_hit_and_begins_with_a_word() -> None:
    text = FILLER + "And at Easter, which is in spring, a cake. " + FILLER
    passage = highlighter("cake").passage(text, "en")

    assert "cake" in [segment.text for segment in passage.segments if segment.is_hit]
    assert text[passage.start :].startswith("And at Easter")
    assert passage.is_cut_before
    assert passage.is_cut_after


def test_a_passage_shows_the_most_different_words() -> None:
    text = "cake cake cake. " + FILLER + "Our cake and our bread. " + FILLER
    passage = highlighter("cake bread").passage(text, "en")

    assert {segment.text for segment in passage.segments if segment.is_hit} == {"cake", "bread"}


def test_a_hit_at_the_very_end_is_shown_with_what_stands_before_it() -> None:
    text = FILLER + "cake"
    passage = highlighter("cake").passage(text, "en")

    assert passage.segments[-1] == ("cake", True)
    assert len(passage.segments[0].text) > PASSAGE / 2


def test_a_marked_passage_says_where_the_text_goes_on() -> None:
    pieces = highlighter("cake").mark(FILLER + "A cake. " + FILLER, "en")

    assert (pieces[0].text, pieces[-1].text) == ("… ", " …")
    assert highlighter("cake").mark("A cake.", "en") == (("A ", False), ("cake", True), (".", False))


@given(
    typed_texts(), st.one_of(st.text(), sentences(60)), st.sampled_from(["", *LANGUAGES]), st.integers(1, 80)
)
def test_passages_are_exact_pieces_of_the_text(query: str, text: str, language: str, length: int) -> None:
    try:
        mark = highlighter(query, typing=True)
    except BadSearch:
        return
    passage = mark.passage(text, language, length)

    assert "".join(piece.text for piece in mark.segments(text, language)) == text
    assert "".join(piece.text for piece in passage.segments) == text[passage.start : passage.end]
    assert passage.end - passage.start <= length
    assert all(piece.text for piece in passage.segments)


@given(typed_texts(), sentences(60), st.sampled_from(LANGUAGES))
def test_a_passage_has_a_hit_if_the_text_has_one(query: str, text: str, language: str) -> None:
    try:
        mark = highlighter(query)
    except BadSearch:
        return

    assert mark.passage(text, language, 60).has_hit == any(
        piece.is_hit for piece in mark.segments(text, language)
    )
