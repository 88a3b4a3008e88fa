"""Owns how a document is taken apart: the terms it is posted under, its words in order, its neighbours.

The words are kept as lines, one per text: a letter for the field, then the places of the text parted by
spaces, each place its terms parted by bars. `t |fine| |beer|beers|` is a text of two words. So one compiled
pattern finds a phrase at the speed of C, never across two texts; and a document can be taken out of the index
again as it was put in. Two last lines hold what it mentions and its values of facets.
"""

import re
import zlib
from collections.abc import Iterable, Sequence
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise
from urllib.parse import quote

from .analysis import Position, analyse
from .documents import Document

# Bits of a document's signature; a text of 150 words sets a seventh of them.
PAIR_BITS = 1024
# Prefixes that are posted themselves: unions of all the words that begin so would be thousands of postings.
PREFIXES = (2, 3, 4)
_HEAD = 3  # characters of a term that count for the signature


class Field(IntEnum):
    """Where a term stands. The plain fields hold words unstemmed: for exact hits and for prefixes."""

    NAME_PLAIN = 1
    NAME = 2
    LABEL_PLAIN = 3
    LABEL = 4
    PLACE_PLAIN = 5
    PLACE = 6
    TAGLINE = 7
    TEXT = 8
    MENTION = 9
    NAME_PREFIX = 10
    LABEL_PREFIX = 11
    PLACE_PREFIX = 12
    FACET = 13


TEXT_FIELDS = tuple(field for field in Field if field <= Field.TEXT)

Posted = frozenset[tuple[int, str]]

_LETTERS = {"name": "n", "label": "l", "place": "p", "tagline": "g", "text": "t"}
_PLAIN = {
    "n": (Field.NAME_PLAIN, Field.NAME, Field.NAME_PREFIX),
    "l": (Field.LABEL_PLAIN, Field.LABEL, Field.LABEL_PREFIX),
    "p": (Field.PLACE_PLAIN, Field.PLACE, Field.PLACE_PREFIX),
}
_STEMMED = {"g": Field.TAGLINE, "t": Field.TEXT}
_VALUES = {"m": Field.MENTION, "f": Field.FACET}


@lru_cache(maxsize=20_000)
def value_term(facet: str, value: str) -> str:
    """The term of a facet's value; with no sign that parts terms, places or lines.

    >>> value_term("sector", "food & drink")
    'sector:food%20%26%20drink'
    """
    return f"{facet}:{quote(value, safe='', errors='replace')}"


def words_of(document: Document, mentions: Iterable[tuple[str, str]]) -> str:
    """The document's words, what it mentions and its values of facets, as they are kept."""
    lines = [
        f"{_LETTERS[text.field]} {' '.join(map(_place, analyse(text)))}"
        for text in document.texts
        if text.words
    ]
    lines.append(f"m {' '.join(sorted(value_term(*mention) for mention in mentions))}")
    values = (value_term(facet, value) for facet, chosen in document.values.items() for value in chosen)
    lines.append(f"f {' '.join(sorted(values))}")
    return "\n".join(lines)


def posted(words: str) -> Posted:
    """Every (field, term) under which a document with these words is found."""
    terms: dict[int, set[str]] = {field: set() for field in Field}
    for line in words.split("\n"):
        letter, places = line[:1], line[2:]
        if letter in _PLAIN:
            plain, every, _ = _PLAIN[letter]
            terms[plain].update(place[1 : place.index("|", 1)] for place in places.split())
            terms[every].update(places.replace(" ", "").split("|"))
        elif letter in _STEMMED:
            terms[_STEMMED[letter]].update(places.replace(" ", "").split("|"))
        elif letter in _VALUES:
            terms[_VALUES[letter]].update(places.split())
    for plain, every, prefix in _PLAIN.values():
        # A word that is found unstemmed need not be found twice.
        terms[every] -= terms[plain]
        terms[prefix] = _prefixes(terms[plain])
    return frozenset((int(field), term) for field, found in terms.items() for term in found if term)


def phrase_pattern(phrase: Sequence[Sequence[str]]) -> re.Pattern[str]:
    """Finds words that stand one after the other in one text; each is given by its terms.

    >>> bool(phrase_pattern([("food",), ("and",), ("drink",)]).search("t |our| |food| |and| |drinks|drink|"))
    True
    """
    places = ("|".join(map(re.escape, terms)) for terms in phrase)
    return re.compile(r"[^ \n]* [^ \n]*".join(rf"\|(?:{terms})\|" for terms in places))


def pairs_of(words: str) -> bytes:
    """The signature of all neighbours in a document's words, `PAIR_BITS` bits.

    A document without both bits of "food and drink" has no such phrase, and its words need not be read.
    """
    bits = 0
    for line in words.split("\n"):
        if line[:1] in _PLAIN or line[:1] in _STEMMED:
            heads = list(map(_heads, line[2:].split()))
            for first, second in pairwise(heads):
                for a in first:
                    for b in second:
                        bits |= 1 << ((a + b * 31) % PAIR_BITS)
    return bits.to_bytes(PAIR_BITS // 8, "little")


def pair_bits(first: Iterable[str], second: Iterable[str]) -> frozenset[int]:
    """The bits of which a document has at least one if a term of `second` follows one of `first` in it."""
    return frozenset((_head(a) + _head(b) * 31) % PAIR_BITS for a in first for b in second)


def _prefixes(terms: set[str]) -> set[str]:
    return {term[:length] for term in terms for length in PREFIXES if len(term) >= length}


@lru_cache(maxsize=100_000)
def _place(terms: Position) -> str:
    return f"|{'|'.join(terms)}|"


@lru_cache(maxsize=100_000)
def _heads(place: str) -> tuple[int, ...]:
    return tuple({_head(term) for term in place[1:-1].split("|")})


def _head(term: str) -> int:
    return zlib.crc32(term[:_HEAD].encode())
