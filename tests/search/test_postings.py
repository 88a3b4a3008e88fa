"""Owns the proof that a document is found as it was put in, and can be taken out again."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import analyse
from search.dissection import Dissector
from search.documents import Document, Text
from search.lines import Lines
from search.postings import PAIR_BITS, Field, PhrasePattern, line_term, pair_bits, posted, value_term
from tests.search.builders import documents, make_document, make_lexicon

pytestmark = pytest.mark.pure


def take_apart(document: Document) -> tuple[str, str]:
    taken = Dissector(make_lexicon()).take_apart(document)
    return taken.words, taken.terms


@given(documents(max_size=3))
def test_what_is_kept_of_a_document_tells_all_the_terms_it_was_posted_under(shelved: list[Document]) -> None:
    dissector = Dissector(make_lexicon())
    for document in shelved:
        taken = dissector.take_apart(document)
        kept = posted(f"{taken.words}\n{taken.terms}")

        assert {field: terms for field, terms in kept.items() if terms} == {
            field: terms for field, terms in taken.posted.items() if terms
        }


@given(documents(max_size=3))
def test_neighbours_in_a_text_leave_their_bit_in_the_signature(shelved: list[Document]) -> None:
    dissector = Dissector(make_lexicon())
    for document in shelved:
        bits = int.from_bytes(dissector.take_apart(document).pairs, "little")
        for text in document.texts:
            places = analyse(text) if text.field not in ("label", "place") else []
            for first, second in pairwise(places):
                for one in first:
                    for other in second:
                        assert any(bits >> bit & 1 for bit in pair_bits([one], [other]))


def test_a_signature_has_as_many_bits_as_it_says() -> None:
    taken = Dissector(make_lexicon()).take_apart(make_document(texts={"en": "fine beer"}))

    assert len(taken.pairs) * 8 == PAIR_BITS


def test_a_phrase_stands_where_its_words_follow_each_other_in_one_text() -> None:
    words, _ = take_apart(make_document(name="Oven", texts={"en": "We bake good bread", "nl": "vers brood"}))
    phrase = PhrasePattern([[("good",), ("bread",)]])
    across = PhrasePattern([[("bread",), ("ver", "vers")]])

    assert phrase.stands_in(words)
    assert not across.stands_in(words)


def test_a_phrase_is_found_by_any_of_the_terms_of_a_word() -> None:
    pattern = PhrasePattern([[("fine",), ("x", "beer")]])

    assert pattern.stands_in("t |fine| |beers|beer|")
    assert not pattern.stands_in("t |fine| |beers|bee|")
    assert not pattern.stands_in("t |fine| |old| |beer|")


def test_words_are_not_found_inside_other_words() -> None:
    pattern = PhrasePattern([[("art",), ("nouveau",)]])

    assert not pattern.stands_in("t |smart| |nouveau|")
    assert not pattern.stands_in("t |art| |nouveaux|")


@pytest.mark.parametrize("value", ["a b", "a|b", "a\nb", "a:b", "é", "", "100%"])
def test_whatever_a_value_is_called_its_term_is_one_word(value: str) -> None:
    term = value_term("sector", value)
    _, kept = take_apart(make_document(values={"sector": [value]}))

    assert term in posted(kept)[Field.FACET]
    assert not set(term) & set(" |\n")


def test_labels_and_places_are_posted_as_a_whole() -> None:
    taken = Dissector(make_lexicon()).take_apart(make_document(places=["West Flanders"]))

    (line,) = taken.lines.values()
    assert line.startswith("p |west|")
    assert taken.posted[Field.LINE] == {line_term(line)}
    assert "west" not in taken.words


@given(st.lists(st.text(max_size=20), max_size=4))
def test_any_text_can_be_taken_apart(texts: list[str]) -> None:
    document = Document(key=1, name="x", texts=tuple(Text("text", text, "nl") for text in texts))

    taken = Dissector(make_lexicon()).take_apart(document)

    assert len(taken.words.splitlines()) == len(texts)
    assert taken.words.isascii()


def test_lines_know_words_beginnings_and_phrases() -> None:
    from pyroaring import BitMap

    lines = Lines({"p |west|wes| |flanders|flander|": BitMap([1, 2]), "l |west|wes|": BitMap([3])})

    assert set(lines.with_words("place", ["flander"])) == {1, 2}
    assert set(lines.with_words("label", ["flander"])) == set()
    assert set(lines.with_beginning("place", "fla")) == {1, 2}
    assert set(lines.with_beginning("place", "flander")) == {1, 2}
    assert set(lines.with_beginning("label", "we")) == {3}
    assert set(lines.with_phrase([[("wes",), ("flander",)]])) == {1, 2}
    assert set(lines.with_phrase([[("flander",), ("wes",)]])) == set()


def test_lines_follow_what_is_newer() -> None:
    from pyroaring import BitMap

    lines = Lines({"l |bread|": BitMap([1])})

    after = lines.updated({"l |bread|": BitMap([1, 2]), "l |beer|": BitMap([3])})

    assert set(after.with_words("label", ["bread", "beer"])) == {1, 2, 3}
    assert set(lines.with_words("label", ["bread", "beer"])) == {1}
