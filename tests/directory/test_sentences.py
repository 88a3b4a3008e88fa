"""Owns the proof that a sentence is kept whole, and said in the language of whoever reads it."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from directory.importing.labels import label_of
from directory.sentences import Sentence, joined, sentence_of

pytestmark = pytest.mark.pure

words = st.text(max_size=30)
sentences = st.recursive(
    words.map(Sentence),
    lambda inner: st.builds(
        Sentence.__mod__,
        words.map(Sentence),
        st.dictionaries(words, st.one_of(words, st.integers(), inner), max_size=4),
    ),
)


@given(sentences)
def test_what_is_kept_comes_back_as_it_was(sentence: Sentence) -> None:
    assert sentence_of(sentence.kept()) == sentence


@given(sentences)
def test_what_is_kept_is_a_line_that_every_database_takes(sentence: Sentence) -> None:
    assert sentence.kept().isascii()
    assert sentence.kept().isprintable()


@given(
    st.one_of(
        st.text(max_size=60), st.sampled_from(("5", "null", "[]", '["a"]', '{"a": 1}', "100 %(x)s\r\n"))
    )
)
def test_a_finished_sentence_of_before_says_itself(text: str) -> None:
    assert str(sentence_of(text)) == text


def test_it_is_said_in_the_language_in_force_and_so_are_the_words_and_numbers_in_it() -> None:
    near = joined((Sentence("line %(line)s") % {"line": 1234}, Sentence("website")), by=", ")
    sentence = sentence_of(
        (Sentence("It may be the same firm as %(others)s. All are kept.") % {"others": near}).kept()
    )

    assert str(sentence) == "It may be the same firm as line 1,234, website. All are kept."
    with override("nl"):
        assert "regel 1.234, website" in str(sentence)
    with override("fr"):
        assert "site web" in str(sentence)


def test_a_percent_sign_in_a_value_is_a_percent_sign() -> None:
    assert (
        str(Sentence("“%(value)s” is not in our list.") % {"value": "100 %(x)s"})
        == "“100 %(x)s” is not in our list."
    )


@pytest.mark.parametrize(
    ("field", "french"),
    [
        ("website", "site web"),
        ("description_nl", "description (néerlandais)"),
        ("text_language", "langue du texte"),
        ("imported_row", "imported_row"),
        ("no_such_field", "no_such_field"),
    ],
)
def test_a_field_is_called_in_the_language_of_the_reader_whoever_named_it(field: str, french: str) -> None:
    with override("nl"):
        label = sentence_of(label_of(field).kept())
    with override("fr"):
        assert str(label) == french
