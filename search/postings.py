"""Owns how a document's words are kept, the terms it is posted under, and how a phrase is found in it.

The words are kept as lines, one per text: a letter for the field, then the places of the text parted by
spaces, each place its terms parted by bars. `t |fine| |beer|beers|` is a text of two words. So one compiled
pattern finds a phrase at the speed of C, never across two texts; and a document can be taken out of the index
again as it was put in.

Labels and places come again and again in other documents: such a line is posted as a whole, under its digest,
and what words stand in it is found out from the few lines that there are (`search.lines`).
"""

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence, Set
from enum import IntEnum
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import quote

# Bits of a document's signature; a text of 150 words sets a seventh of them.
PAIR_BITS = 1024
# Prefixes that are posted themselves: unions of all the words that begin so would be thousands of postings.
PREFIXES = (2, 3, 4)
_HEAD = 3  # characters of a term that count for the signature


class Field(IntEnum):
    """Where a term stands. `NAME_PLAIN` holds words unstemmed: for exact hits and for prefixes.

    From `LINE` on, a process keeps the postings between searches.
    """

    NAME_PLAIN = 1
    NAME = 2
    TAGLINE = 3
    TEXT = 4
    MENTION = 5
    NAME_PREFIX = 6
    LINE = 7
    FACET = 8


TEXT_FIELDS = (Field.NAME_PLAIN, Field.NAME, Field.TAGLINE, Field.TEXT)
# The letter that begins the lines of a field of texts.
LETTERS = {"name": "n", "label": "l", "place": "p", "tagline": "g", "text": "t"}
# And the letters of the lines that hold terms: of whole lines, of what is mentioned, of values of facets.
LINES, MENTIONS, VALUES = "l", "m", "f"
# The fields whose lines are posted as a whole.
SHARED = ("label", "place")

# Terms by field.
Posted = Mapping[int, Set[str]]
# The same, of one line.
PostedLine = tuple[tuple[int, frozenset[str]], ...]

_WORDS = {"g": Field.TAGLINE, "t": Field.TEXT}
_TERMS = {LINES: Field.LINE, MENTIONS: Field.MENTION, VALUES: Field.FACET}
_NO_TERM = frozenset({""})


@lru_cache(maxsize=20_000)
def value_term(facet: str, value: str) -> str:
    """The term of a facet's value; with no sign that parts terms, places or lines.

    >>> value_term("sector", "food & drink")
    'sector:food%20%26%20drink'
    """
    return f"{facet}:{quote(value, safe='', errors='replace')}"


def line_term(line: str) -> str:
    """The term of a whole line: its letter and a digest, as a database's index takes no long terms."""
    return f"{line[0]}:{blake2b(line.encode(), digest_size=8).hexdigest()}"


def posted(words: str) -> Posted:
    """The terms under which a document is found, by field, from its words and its terms as they are kept."""
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
    """The terms of one line, by field.

    >>> [sorted(terms) for _, terms in posted_line("n |breweries|breweri|brewer|")]
    [['breweries'], ['brewer', 'breweri'], ['br', 'bre', 'brew']]
    """
    letter, places = line[:1], line[2:]
    if letter in _WORDS:
        return ((int(_WORDS[letter]), frozenset(places.replace(" ", "").split("|")) - _NO_TERM),)
    if letter in _TERMS:
        return ((int(_TERMS[letter]), frozenset(places.split())),)
    words = [place[1:-1].split("|") for place in places.split()]
    unstemmed = {word[0] for word in words}
    # A word that is found unstemmed need not be found twice.
    others = {term for word in words for term in word[1:]} - unstemmed
    begun = {word[:length] for word in unstemmed for length in PREFIXES if len(word) >= length}
    return (
        (int(Field.NAME_PLAIN), frozenset(unstemmed)),
        (int(Field.NAME), frozenset(others)),
        (int(Field.NAME_PREFIX), frozenset(begun)),
    )


class PhrasePattern:
    """Finds words that stand one after the other in one text.

    >>> food_and_drink = PhrasePattern([[("food",), ("and",), ("drink", "drunk")]])
    >>> food_and_drink.stands_in("t |our| |food| |and| |drinks|drink|")
    True
    """

    def __init__(self, readings: Iterable[Sequence[Sequence[str]]]) -> None:
        """Each reading gives for every word its terms, any of which may stand there."""
        # A pattern for each term that the phrase may begin with: what begins with known signs is found fast.
        self._patterns = [
            (
                f"|{first}|",
                re.compile(_BETWEEN.join([rf"\|{re.escape(first)}\|", *map(_any_of, reading[1:])])).search,
            )
            for reading in readings
            for first in reading[0]
        ]

    def stands_in(self, words: str) -> bool:
        """Whether the phrase stands in a document's words."""
        # Thousands of times in a search: any() with a generator takes twice as long.
        for first, search in self._patterns:  # noqa: SIM110
            if first in words and search(words):
                return True
        return False


_BETWEEN = r"[^ \n]* [^ \n]*"


def _any_of(terms: Iterable[str]) -> str:
    return rf"\|(?:{'|'.join(map(re.escape, terms))})\|"


def head(term: str) -> int:
    """What of a term counts for the signature: how it begins."""
    return zlib.crc32(term[:_HEAD].encode())


def pair_bit(first: int, second: int) -> int:
    """The bit that two neighbours with these heads set in a document's signature."""
    return (first + second * 31) % PAIR_BITS


def pair_bits(first: Iterable[str], second: Iterable[str]) -> frozenset[int]:
    """The bits of which a document has at least one if a term of `second` follows one of `first` in it.

    A document without both bits of "food and drink" has no such phrase, and its words need not be read.
    """
    return frozenset(pair_bit(head(a), head(b)) for a in first for b in second)
