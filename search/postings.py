"""Owns how a document's words are kept, the terms it is posted under, and how a phrase is found in it.

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
from typing import Any
from urllib.parse import quote

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
# The letter that begins the lines of a field of texts.
LETTERS = {"name": "n", "label": "l", "place": "p", "tagline": "g", "text": "t"}
MENTIONS, VALUES = "m", "f"

# Terms by field.
Posted = Mapping[int, Set[str]]
# The same, of one line.
PostedLine = tuple[tuple[int, frozenset[str]], ...]

_PLAIN = {
    "n": (Field.NAME_PLAIN, Field.NAME, Field.NAME_PREFIX),
    "l": (Field.LABEL_PLAIN, Field.LABEL, Field.LABEL_PREFIX),
    "p": (Field.PLACE_PLAIN, Field.PLACE, Field.PLACE_PREFIX),
}
_OTHERS = {"g": Field.TAGLINE, "t": Field.TEXT, MENTIONS: Field.MENTION, VALUES: Field.FACET}
_NOTHING = frozenset({""})


@lru_cache(maxsize=20_000)
def value_term(facet: str, value: str) -> str:
    """The term of a facet's value; with no sign that parts terms, places or lines.

    >>> value_term("sector", "food & drink")
    'sector:food%20%26%20drink'
    """
    return f"{facet}:{quote(value, safe='', errors='replace')}"


def posted(words: str) -> Posted:
    """The terms under which a document with these words is found, by field."""
    return together(map(posted_line, words.splitlines()))


def together(lines: Iterable[PostedLine]) -> Posted:
    """The terms of all lines of a document."""
    found: dict[int, set[str]] = {}
    for line in lines:
        for field, terms in line:
            if field in found:
                found[field] |= terms
            else:
                found[field] = set(terms)
    return found


def posted_line(line: str) -> PostedLine:
    """The terms of one line of a document's words, by field.

    >>> [sorted(terms) for _, terms in posted_line("n |breweries|breweri|brewer|")]
    [['breweries'], ['brewer', 'breweri'], ['br', 'bre', 'brew']]
    """
    letter, places = line[:1], line[2:]
    if letter not in _PLAIN:
        return ((int(_OTHERS[letter]), frozenset(places.replace("|", " ").split())),)
    words = [place[1:-1].split("|") for place in places.split()]
    unstemmed = {word[0] for word in words}
    # A word that is found unstemmed need not be found twice.
    others = {term for word in words for term in word[1:]} - unstemmed
    begun = {word[:length] for word in unstemmed for length in PREFIXES if len(word) >= length}
    plain, every, prefix = map(int, _PLAIN[letter])
    return ((plain, frozenset(unstemmed)), (every, frozenset(others)), (prefix, frozenset(begun)))


def phrase_pattern(phrase: Sequence[Sequence[str]]) -> re.Pattern[str]:
    """Finds words that stand one after the other in one text; each is given by its terms.

    >>> bool(phrase_pattern([("food",), ("and",), ("drink",)]).search("t |our| |food| |and| |drinks|drink|"))
    True
    """
    places = ("|".join(map(re.escape, terms)) for terms in phrase)
    return re.compile(r"[^ \n]* [^ \n]*".join(rf"\|(?:{terms})\|" for terms in places))


def head(term: str) -> int:
    """What of a term counts for the signature: how it begins."""
    return zlib.crc32(term[:_HEAD].encode())


def pair_bit(first: Any, second: Any) -> Any:
    """The bit that two neighbours with these heads set in a document's signature; of arrays, an array."""
    return (first + second * 31) % PAIR_BITS


def pair_bits(first: Iterable[str], second: Iterable[str]) -> frozenset[int]:
    """The bits of which a document has at least one if a term of `second` follows one of `first` in it.

    A document without both bits of "food and drink" has no such phrase, and its words need not be read.
    """
    return frozenset(pair_bit(head(a), head(b)) for a in first for b in second)
