"""Owns how a document is taken apart: the terms it is posted under, its words in order, its neighbours.

The words are kept as lines, one per text: a letter for the field, then the places of the text parted by
spaces, each place its terms parted by bars. `t |fine| |beer|beers|` is a text of two words. So one compiled
pattern finds a phrase at the speed of C, never across two texts; and a document can be taken out of the index
again as it was put in. Two last lines hold what it mentions and its values of facets.
"""

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence, Set
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise
from urllib.parse import quote

import numpy as np

from .analysis import Position, analyse
from .documents import Document, Text

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


# Terms by field.
Posted = Mapping[int, Set[str]]

TEXT_FIELDS = tuple(field for field in Field if field <= Field.TEXT)

_LETTERS = {"name": "n", "label": "l", "place": "p", "tagline": "g", "text": "t"}
_PLAIN = {
    "n": (Field.NAME_PLAIN, Field.NAME, Field.NAME_PREFIX),
    "l": (Field.LABEL_PLAIN, Field.LABEL, Field.LABEL_PREFIX),
    "p": (Field.PLACE_PLAIN, Field.PLACE, Field.PLACE_PREFIX),
}
_STEMMED = {"g": Field.TAGLINE, "t": Field.TEXT}
# Labels and places come again and again: what their lines give is remembered.
_OFTEN = frozenset("lp")
_VALUES = {"m": Field.MENTION, "f": Field.FACET}


_NOTHING = frozenset({""})


@lru_cache(maxsize=20_000)
def value_term(facet: str, value: str) -> str:
    """The term of a facet's value; with no sign that parts terms, places or lines.

    >>> value_term("sector", "food & drink")
    'sector:food%20%26%20drink'
    """
    return f"{facet}:{quote(value, safe='', errors='replace')}"


def words_of(document: Document, mentions: Iterable[tuple[str, str]]) -> str:
    """The document's words, what it mentions and its values of facets, as they are kept."""
    lines = [_line(text) for text in document.texts if text.words]
    lines.append(f"m {' '.join(sorted(value_term(*mention) for mention in mentions))}")
    values = (value_term(facet, value) for facet, chosen in document.values.items() for value in chosen)
    lines.append(f"f {' '.join(sorted(values))}")
    return "\n".join(lines)


def posted(words: str) -> Posted:
    """The terms under which a document with these words is found, by field."""
    found: dict[int, set[str]] = {}
    for line in words.splitlines():
        for field, terms in (_posted_often if line[:1] in _OFTEN else _posted)(line):
            if field in found:
                found[field] |= terms
            else:
                found[field] = set(terms)
    return found


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
    for line in words.splitlines():
        if line[:1] not in _VALUES:
            bits |= (_bits_often if line[:1] in _OFTEN else _bits)(line)
    return bits.to_bytes(PAIR_BITS // 8, "little")


def pair_bits(first: Iterable[str], second: Iterable[str]) -> frozenset[int]:
    """The bits of which a document has at least one if a term of `second` follows one of `first` in it."""
    return frozenset((_head(a) + _head(b) * 31) % PAIR_BITS for a in first for b in second)


def _line(text: Text) -> str:
    return _line_often(text) if _LETTERS[text.field] in _OFTEN else _line_of(text)


def _line_of(text: Text) -> str:
    return f"{_LETTERS[text.field]} {' '.join(map(_place, analyse(text)))}"


def _posted(line: str) -> tuple[tuple[int, frozenset[str]], ...]:
    letter, places = line[:1], line[2:]
    if letter in _STEMMED:
        return ((int(_STEMMED[letter]), frozenset(places.replace(" ", "").split("|")) - _NOTHING),)
    if letter in _VALUES:
        return ((int(_VALUES[letter]), frozenset(places.split())),)
    words = [place[1:-1].split("|") for place in places.split()]
    unstemmed = {word[0] for word in words}
    # A word that is found unstemmed need not be found twice.
    others = {term for word in words for term in word[1:]} - unstemmed
    begun = {word[:length] for word in unstemmed for length in PREFIXES if len(word) >= length}
    plain, every, prefix = map(int, _PLAIN[letter])
    return ((plain, frozenset(unstemmed)), (every, frozenset(others)), (prefix, frozenset(begun)))


def _bits(line: str) -> int:
    heads = list(map(_heads, line[2:].split()))
    first = np.fromiter((head[0] for head in heads), np.int64, len(heads))
    bits = np.zeros(PAIR_BITS, np.bool_)
    bits[(first[:-1] + first[1:] * 31) % PAIR_BITS] = True
    for before, after in pairwise(heads):
        if len(before) > 1 or len(after) > 1:
            bits[[(a + b * 31) % PAIR_BITS for a in before for b in after]] = True
    return int.from_bytes(np.packbits(bits, bitorder="little").tobytes(), "little")


_line_often = lru_cache(maxsize=20_000)(_line_of)
_posted_often = lru_cache(maxsize=20_000)(_posted)
_bits_often = lru_cache(maxsize=20_000)(_bits)


@lru_cache(maxsize=100_000)
def _place(terms: Position) -> str:
    return f"|{'|'.join(terms)}|"


@lru_cache(maxsize=100_000)
def _heads(place: str) -> tuple[int, ...]:
    return tuple({_head(term) for term in place[1:-1].split("|")})


def _head(term: str) -> int:
    return zlib.crc32(term[:_HEAD].encode())
