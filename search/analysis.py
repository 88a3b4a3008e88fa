"""Owns how text becomes terms: one analyser for every store, the query, the spelling and the highlights."""

import re
import threading
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import filterfalse
from typing import NamedTuple

import Stemmer

from .documents import LANGUAGES, Language, Text
from .stopwords import STOP_WORDS

MAX_TERM = 64  # characters
MAX_TEXT_WORDS = 2_000  # words of one text that count
NAME_KEY = 40  # bytes

# The terms that stand at one place of a text.
Position = tuple[str, ...]

_CACHED_WORDS = 100_000
_SURFACE = 100  # characters of a word that are looked at; no word of a language is so long
_SHORTEST_STEM = 3  # letters
_SOFT_HYPHEN = "\u00ad"
_MARKS = "".join(char for char in map(chr, range(0x300, 0x10000)) if unicodedata.category(char)[0] == "M")
# Letters and digits of any script, with the combining marks that stand on them; `_` is no letter.
WORD = re.compile(rf"[^\W_]+(?:[{re.escape(_MARKS)}{_SOFT_HYPHEN}]+[^\W_]*)*")
_NO_LETTER = re.compile(rf"[^\w{re.escape(_MARKS)}]|_")
# Letters that no decomposition takes apart.
_LETTERS = str.maketrans(
    {
        "œ": "oe",
        "æ": "ae",
        "ß": "ss",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "ħ": "h",
        "ŧ": "t",
    }
)
# Kana keep their voicing marks: が and か are two letters, not one with an accent.
_KEPT_MARKS = "\u3099\u309a"
_TYPED_FEMININE = re.compile(r"ee(s?)$")


class Token(NamedTuple):
    """A word as it stands in a text: `text[start:end] == surface`."""

    surface: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words of a text, in order; whatever is neither letter, digit nor mark on one parts two words.

    >>> [token.surface for token in tokens("3D-printing d'objets")]
    ['3D', 'printing', 'd', 'objets']
    """
    return [Token(found[0], found.start(), found.end()) for found in WORD.finditer(text)]


def written(word: str) -> str:
    """A word as written, apart from case and from forms that only look different (NFKC).

    >>> written("Thé")
    'thé'
    """
    if word.isascii():
        return word.lower()  # most words, and all of this would come to no more
    composed = unicodedata.normalize("NFKC", word.replace(_SOFT_HYPHEN, ""))
    # `¼` becomes 1, a slash and 4, `⑴` stands in brackets: no stemmer may count what is no letter.
    return _NO_LETTER.sub("", unicodedata.normalize("NFKC", composed.casefold()))


def is_stop(word: str) -> bool:
    """Whether a word as typed is a stop word of any language (`the`; not `thé`)."""
    return written(word[:_SURFACE]) in STOP_WORDS


def plain(word: str) -> str:
    """The unstemmed term of a word: exact hits, prefixes, spelling and the order of names use it.

    >>> plain("Éclairées"), plain("Straße"), plain("ёж")
    ('eclairees', 'strasse', 'x0435x0436')
    """
    return _plain(word[:_SURFACE])


def terms(word: str, language: Language) -> Position:
    """The terms of a word in a language: stemmed, then folded; and, if that is another, folded, then stemmed.

    The second is found by those who type without accents. In French it takes a final `ee` or `ees` for `ée`
    or `ées`, since nothing else ends so; else `fabriquees` would not meet `fabriqué`.

    >>> terms("fabriquées", "fr"), terms("fabriquees", "fr"), terms("één", "nl")
    (('fabriqu',), ('fabrique', 'fabriqu'), ('een',))
    """
    return _TERMS[language](word[:_SURFACE])


def all_terms(word: str) -> Position:
    """The terms of a word in no one language: unstemmed first, then those of each language.

    A word of a query stands where any of these stands; names, labels and places are indexed under them all.

    >>> all_terms("breweries")
    ('breweries', 'breweri', 'brewer', 'brewerie')
    """
    return _all_terms(word[:_SURFACE])


def analyse(text: Text, *, stop_words: bool = True) -> list[Position]:
    """The terms at each place of a text, for its first 2,000 words.

    Stop words are kept, as phrases need them; `stop_words=False` leaves them out, as concepts need it.
    """
    words: Iterable[str] = (word[:_SURFACE] for word in WORD.findall(text.words)[:MAX_TEXT_WORDS])
    if not stop_words:
        words = filterfalse(_is_stop, words)
    return list(map(_TERMS[text.language] if text.language else _all_terms, words))


def name_key(name: str) -> bytes:
    """What names are ordered by: their plain words, joined by spaces, cut at 40 bytes.

    >>> name_key("L'Écluse & Zonen")
    b'l ecluse zonen'
    """
    return " ".join(map(plain, WORD.findall(name)))[:NAME_KEY].encode()


class _Stemmers(threading.local):
    """One stemmer per language and thread.

    A stemmer works in a buffer of its own, so two threads must not share one; three more in each thread cost
    less than a lock around every word. Its own cache is off, as every word is remembered here.
    """

    def __init__(self) -> None:
        names: dict[Language, str] = {"en": "english", "fr": "french", "nl": "dutch"}
        self.of = {language: Stemmer.Stemmer(name, 0).stemWord for language, name in names.items()}


_stemmers = _Stemmers()


@lru_cache(maxsize=_CACHED_WORDS)
def _is_stop(word: str) -> bool:
    return written(word) in STOP_WORDS


@lru_cache(maxsize=_CACHED_WORDS)
def _plain(word: str) -> str:
    return _encoded(_unaccented(written(word)), word)


def _terms_in(language: Language) -> Callable[[str], Position]:
    @lru_cache(maxsize=_CACHED_WORDS)
    def terms_of(word: str) -> Position:
        as_written = written(word)
        as_typed = _unaccented(as_written)
        if language == "fr":
            as_typed = _TYPED_FEMININE.sub(r"ée\1", as_typed)
        first = _encoded(_unaccented(_stem(as_written, language)), word)
        if as_typed == as_written:
            return (first,)
        second = _encoded(_unaccented(_stem(as_typed, language)), word)
        return (first,) if first == second else (first, second)

    return terms_of


# A cache per language: its key is the word alone, which is the fastest there is.
_TERMS: dict[Language, Callable[[str], Position]] = {language: _terms_in(language) for language in LANGUAGES}


def _stem(word: str, language: Language) -> str:
    # The French stemmer makes `bi` of the Dutch `bier`: so short a stem says nothing, the word stays whole.
    stem = _stemmers.of[language](word)
    return stem if len(stem) >= _SHORTEST_STEM else word


@lru_cache(maxsize=_CACHED_WORDS)
def _all_terms(word: str) -> Position:
    found = dict.fromkeys([_plain(word)])
    for language in LANGUAGES:
        found.update(dict.fromkeys(_TERMS[language](word)))
    return tuple(found)


def _unaccented(word: str) -> str:
    if word.isascii():
        return word  # most words, and all of this would leave them as they are
    decomposed = unicodedata.normalize("NFKD", word.translate(_LETTERS))
    kept = (char for char in decomposed if not unicodedata.combining(char) or char in _KEPT_MARKS)
    return unicodedata.normalize("NFC", "".join(kept)).translate(_LETTERS)


def _encoded(folded: str, word: str) -> str:
    if folded.isascii() and folded.isalnum():
        return folded.lower()[:MAX_TERM]
    # Never empty: `word` begins with a letter or digit, whatever the foldings left of it.
    return ("".join(map(_coded, folded)) or "".join(f"x{ord(char):04x}" for char in word))[:MAX_TERM]


def _coded(char: str) -> str:
    if char.isascii():
        return char.lower() if char.isalnum() else ""
    digit = unicodedata.decimal(char, -1)
    if digit >= 0:
        return str(digit)
    return f"x{ord(char):04x}" if char.isalnum() or unicodedata.category(char)[0] == "M" else ""
