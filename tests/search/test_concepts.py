"""Owns the tests of which labels words make up."""

from itertools import pairwise

import pytest
from hypothesis import given

from search.analysis import all_terms, is_stop, tokens
from search.concepts import Lexicon, Span, content_words
from search.documents import FacetValue, Text
from search.facets import Facet

from .builders import FACETS, make_facet, make_lexicon, sentences

pytestmark = pytest.mark.pure

FOOD = ("sector", "food")
PRINTING = ("capability", "3d-printing")
BREWING = ("capability", "brewing")
BOTH_MECHATRONICS = (("sector", "mechatronics"), ("capability", "mechatronics"))


def spans(text: str, lexicon: Lexicon | None = None) -> list[Span]:
    words = [word.surface for word in tokens(text) if not is_stop(word.surface)]
    return (lexicon or make_lexicon()).spans([all_terms(word) for word in words])


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("3D printing", PRINTING),
        ("3d-printing", PRINTING),
        ("3D printed", PRINTING),
        ("l'impression 3D", PRINTING),
        ("impressions 3d", PRINTING),
        ("3D-printen", PRINTING),
        ("food and drink", FOOD),
        ("the food, the drinks", FOOD),
        ("Agroalimentaire", FOOD),
        ("biere", BREWING),
    ],
)
def test_a_label_in_any_language_and_inflection_names_its_concept(
    text: str, concept: tuple[str, str]
) -> None:
    named = spans(text)

    assert [span.concepts for span in named] == [(concept,)]
    assert (named[0].start, named[0].end) == (0, len(content_words(text)))


def test_one_label_may_name_several_concepts() -> None:
    assert [span.concepts for span in spans("mécatronique")] == [BOTH_MECHATRONICS]


def test_the_longest_label_wins() -> None:
    named = spans("west flanders beer")

    assert [(span.start, span.end) for span in named] == [(0, 2), (2, 3)]
    assert named[0].places == (("region", "west-flanders"),)
    assert named[1].concepts == (BREWING,)


def test_what_is_no_label_is_passed_over() -> None:
    assert spans("additive drinks manufacturing") == []


def test_a_span_may_be_a_place_and_a_concept() -> None:
    lexicon = make_lexicon(
        (
            make_facet("sector", FacetValue("water", {"en": "Bath"}), typed="concept"),
            make_facet("region", FacetValue("bath", {"en": "Bath"}), typed="place"),
        )
    )

    assert spans("bath", lexicon) == [Span(0, 1, (("sector", "water"),), (("region", "bath"),))]


def test_facets_whose_labels_are_not_typed_name_nothing() -> None:
    assert spans("network SME Kmo") == []


def test_a_label_of_stop_words_only_keeps_them() -> None:
    lexicon = make_lexicon((make_facet("sector", FacetValue("on", {"en": "On and off"}), typed="concept"),))

    assert lexicon.phrases(("sector", "on"))[0][0] == frozenset(all_terms("on"))


def test_a_label_without_a_word_names_nothing() -> None:
    lexicon = make_lexicon(
        (make_facet("sector", FacetValue("odd", {"en": "& - &"}, ("",)), typed="concept"),)
    )

    assert lexicon.phrases(("sector", "odd")) == ()
    assert lexicon.phrases(("sector", "unknown")) == ()


def test_a_text_mentions_the_concepts_it_names_in_its_own_language() -> None:
    lexicon = make_lexicon()

    assert lexicon.mentions([Text("text", "Nous proposons l'impression 3D et des bières.", "fr")]) == {
        PRINTING,
        BREWING,
    }
    assert lexicon.mentions([Text("text", "Food for all, cheap drinks too", "en")]) == frozenset()


def test_the_longest_label_hides_the_shorter_in_a_text() -> None:
    lexicon = make_lexicon(
        (
            make_facet(
                "capability",
                FacetValue("printing", {"en": "Printing"}),
                FacetValue("3d", {"en": "3D printing"}),
                typed="concept",
            ),
        )
    )

    assert lexicon.mentions([Text("text", "3D printing", "en")]) == {("capability", "3d")}


def test_a_label_never_runs_from_one_text_into_the_next() -> None:
    assert (
        make_lexicon().mentions([Text("text", "fine food", "en"), Text("text", "drinks", "en")])
        == frozenset()
    )


def test_places_are_never_mentioned() -> None:
    assert make_lexicon().mentions([Text("place", "West Flanders")]) == frozenset()


@given(sentences(20))
def test_spans_stand_in_order_and_apart(text: str) -> None:
    found = spans(text)

    assert all(span.start < span.end for span in found)
    assert all(first.end <= second.start for first, second in pairwise(found))


@pytest.mark.parametrize("facet", [facet for facet in FACETS if facet.typed], ids=lambda facet: facet.name)
def test_every_label_is_found_between_other_words(facet: Facet) -> None:
    for value in facet.values():
        for label in (*value.labels.values(), *value.also):
            named = [(*span.concepts, *span.places) for span in spans(f"zzz {label} zzz")]
            assert any((facet.name, value.value) in pairs for pairs in named), label
