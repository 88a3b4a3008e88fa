"""Owns the tests of how text becomes terms: words that must meet, words that must not, any text at all."""

import doctest
import re
import threading
from itertools import pairwise
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import analysis, concepts, correction, query, state
from search.analysis import all_terms, analyse, is_stop, name_key, plain, terms, tokens
from search.documents import LANGUAGES, Language, Text

pytestmark = pytest.mark.pure

TERM = re.compile(r"[0-9a-z]{1,64}")

# Words that find each other, whichever is typed and whichever is written in a text of the language.
MEETING: list[tuple[Language, str]] = [
    ("en", "brewery breweries Breweries BREWERY"),
    ("en", "company companies"),
    ("en", "print prints printed printing"),
    ("en", "bake bakes baked baking"),
    ("en", "manufactured manufacturer manufacturers manufacturing"),
    ("en", "engineer engineers engineering"),
    ("en", "café cafe cafés cafes"),
    ("en", "supply supplies supplied"),
    ("fr", "fabriqué fabriquée fabriquées fabriquees fabriquee fabrique fabriquer"),
    ("fr", "mécatronique mecatronique mécatroniques mecatroniques"),
    ("fr", "bière biere bières bieres"),
    ("fr", "société societe sociétés societes"),
    ("fr", "européen europeenne européenne"),
    ("fr", "brasserie brasseries"),
    ("fr", "équipement equipements équipements"),
    ("fr", "industriel industrielle industriels"),
    ("fr", "développé developpee développées developpe"),
    ("fr", "cœur coeur cœurs coeurs"),
    ("nl", "brouwerij brouwerijen"),
    ("nl", "bedrijf bedrijven"),
    ("nl", "één een"),
    ("nl", "huis huizen"),
    ("nl", "geëxporteerd geexporteerd"),
    ("nl", "coöperatie cooperatie coöperaties cooperaties"),
    ("nl", "voedingsmiddel voedingsmiddelen"),
    ("nl", "ingenieur ingenieurs"),
]


@pytest.mark.parametrize(("language", "words"), MEETING)
def test_inflections_and_missing_accents_meet(language: Language, words: str) -> None:
    parted = [
        (typed, written)
        for typed in words.split()
        for written in words.split()
        if not set(all_terms(typed)) & set(terms(written, language))
    ]

    assert parted == []


@pytest.mark.parametrize(
    ("one", "other"), [("thé", "théâtre"), ("printing", "princess"), ("Gent", "Kent"), ("か", "が")]
)
def test_words_that_only_look_alike_stay_apart(one: str, other: str) -> None:
    assert not set(all_terms(one)) & set(all_terms(other))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("food and drink", ["food", "and", "drink"]),
        ("3D-printing", ["3D", "printing"]),
        ("3d printing", ["3d", "printing"]),
        ("l'impression", ["l", "impression"]),
        ("d’objets", ["d", "objets"]),
        ("snake_case C++ .NET R&D", ["snake", "case", "C", "NET", "R", "D"]),
        ("Gent/Gand (Ghent)", ["Gent", "Gand", "Ghent"]),
        ("e\u0301cole", ["e\u0301cole"]),
        ("mecha\u00adtronica", ["mecha\u00adtronica"]),
        ("東京タワー Москва Αθήνα", ["東京タワー", "Москва", "Αθήνα"]),
        ("\u0301 - ' \" _", []),
        ("", []),
    ],
)
def test_a_text_is_split_into_runs_of_letters_and_digits(text: str, words: list[str]) -> None:
    assert [token.surface for token in tokens(text)] == words


@pytest.mark.parametrize(
    ("word", "term"),
    [
        ("Gent", "gent"),
        ("thé", "the"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("œuvre", "oeuvre"),
        ("Ærø", "aero"),
        ("Łódź", "lodz"),
        ("ﬁne", "fine"),
        ("①", "1"),
        ("٣", "3"),
        ("½", "12"),
        ("İstanbul", "istanbul"),
        ("mecha\u00adtronica", "mechatronica"),
        ("e\u0301cole", "ecole"),
        ("один", "x043ex0434x0438x043d"),
        ("Αθήνα", plain("αθηνα")),
        ("東京", "x6771x4eac"),
        ("Й", plain("и")),
    ],
)
def test_a_plain_term_is_folded_to_ascii(word: str, term: str) -> None:
    assert plain(word) == term


def test_a_term_is_cut_at_64_characters() -> None:
    assert plain("a" * 5_000) == "a" * 64
    assert plain("東" * 5_000) == ("x6771" * 13)[:64]


def test_the_first_of_all_terms_is_the_plain_one() -> None:
    assert all(all_terms(word)[0] == plain(word) for word in ("Fabriquées", "brewery", "thé", "один"))


def test_a_word_in_a_text_of_a_language_is_stemmed_in_that_language_only() -> None:
    assert analyse(Text("text", "Nos brasseries", "fr")) == [("nos",), terms("brasseries", "fr")]
    assert analyse(Text("name", "Brasseries")) == [all_terms("Brasseries")]


def test_a_text_counts_2000_words() -> None:
    text = Text("text", "beer " * 2_500 + "wine", "en")

    assert analyse(text) == [("beer",)] * 2_000


def test_stop_words_count_in_a_text_unless_they_are_left_out() -> None:
    text = Text("text", "The food and the drink", "en")

    assert len(analyse(text)) == 5
    assert analyse(text, stop_words=False) == [("food",), ("drink",)]


@pytest.mark.parametrize("word", ["the", "The", "and", "de", "het", "L", "d", "avec", "één"])
def test_function_words_are_stop_words_as_typed(word: str) -> None:
    assert is_stop(word)


@pytest.mark.parametrize("word", ["thé", "door", "car", "art", "IT", "AI", "beer", "3D", "est", "один"])
def test_words_for_things_are_not_stop_words(word: str) -> None:
    assert not is_stop(word)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("L'Écluse & Zonen", b"l ecluse zonen"),
        ("  DE   zon ", b"de zon"),
        ("!!!", b""),
        ("x" * 100, b"x" * 40),
    ],
)
def test_names_are_ordered_by_their_plain_words(name: str, key: bytes) -> None:
    assert name_key(name) == key


def test_threads_stem_alike() -> None:
    words = [
        f"{stem}{ending}" for stem in map("{:04}print".format, range(300)) for ending in ("ing", "ed", "s")
    ]
    found: list[list[tuple[str, ...]]] = []
    threads = [
        threading.Thread(target=lambda: found.append([terms(word, "en") for word in words])) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [[(f"{number:04}print",) for number in range(300) for _ in range(3)]] * 4


@pytest.mark.parametrize("module", [analysis, concepts, correction, query, state])
def test_the_examples_in_the_docstrings_are_true(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


@given(st.text())
def test_tokens_point_into_the_text(text: str) -> None:
    found = tokens(text)

    assert all(text[start:end] == surface for surface, start, end in found)
    assert all(first.end <= second.start for first, second in pairwise(found))


@given(st.text())
def test_no_letter_or_digit_of_a_text_is_lost(text: str) -> None:
    kept = "".join(token.surface for token in tokens(text))

    assert [char for char in kept if char.isalnum()] == [char for char in text if char.isalnum()]


@given(st.text(), st.sampled_from(["", *LANGUAGES]))
def test_any_text_gives_terms_of_ascii_letters_and_digits(text: str, language: Language) -> None:
    for place in analyse(Text("text", text, language)):
        assert place
        assert all(TERM.fullmatch(term) for term in place)


@given(st.text("abeilnorstzéèêëïöüçñœæøßабвёйασςώ", min_size=1, max_size=20))
def test_case_never_parts_a_word(word: str) -> None:
    assert plain(word.upper()) == plain(word.lower()) == plain(word)


@given(st.one_of(st.text(max_size=60), st.text("aeinrst éèêëïöüçñœßſﬁ", max_size=60)))
def test_a_word_typed_without_accents_finds_it_with_them(text: str) -> None:
    latin = [token.surface for token in tokens(text) if re.fullmatch(r"[0-9a-wyz]+", plain(token.surface))]

    for word in latin:
        for language in LANGUAGES:
            assert set(terms(word, language)) & set(all_terms(plain(word)))


@pytest.mark.parametrize("word", ["¼S", "⑴s", "½es"])
def test_a_number_of_several_signs_is_its_digits(word: str) -> None:
    for language in LANGUAGES:
        assert set(terms(word, language)) & set(all_terms(plain(word)))


def test_a_word_of_another_language_is_not_cut_down_to_nothing() -> None:
    assert "bi" not in all_terms("bier")
    assert "be" not in all_terms("beer")
    assert terms("BI", "fr") == ("bi",)
