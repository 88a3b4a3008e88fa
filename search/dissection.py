"""Owns how a document is taken apart for the index: each text is read once, each word looked up once."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from .analysis import MAX_TEXT_WORDS, WORD, Position, all_terms, is_stop, terms
from .concepts import Lexicon, Pair
from .documents import LANGUAGES, Document, Language, Text
from .postings import (
    LETTERS,
    LINES,
    MENTIONS,
    PAIR_BITS,
    SHARED,
    VALUES,
    Posted,
    PostedLine,
    head,
    line_term,
    pair_bit,
    posted_line,
    together,
    value_term,
)


class Dissected(NamedTuple):
    """A document as the index keeps it: words and terms as `search.postings` says, signature of neighbours.

    `posted` are the terms by field, `lines` the words of the whole lines among them.
    """

    words: str
    terms: str
    posted: Posted
    lines: Mapping[str, str]
    pairs: bytes


class _Word(NamedTuple):
    """A word of a text: its place as kept, the heads of its terms, and these, unless it is a stop word."""

    place: str
    head: int
    other_heads: tuple[int, ...]
    concept_terms: Position


class _Piece(NamedTuple):
    """What one text gives. `term` is that of the whole line, if it is posted as a whole."""

    line: str
    term: str
    posted: PostedLine
    bits: Collection[int]
    mentions: frozenset[Pair]


class Dissector:
    """Takes documents apart, with a lexicon to find what they mention."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        # Labels and places come again and again.
        self._shared = lru_cache(maxsize=20_000)(self._piece)

    def take_apart(self, document: Document) -> Dissected:
        """The document as it is kept and found."""
        pieces = [(self._shared if text.field in SHARED else self._piece)(text) for text in document.texts]
        mentions = frozenset[Pair]().union(*(piece.mentions for piece in pieces))
        values = (value_term(facet, value) for facet, chosen in document.values.items() for value in chosen)
        lines = {piece.term: piece.line for piece in pieces if piece.term}
        terms = [
            f"{LINES} {' '.join(sorted(lines))}",
            f"{MENTIONS} {' '.join(sorted(value_term(*mention) for mention in mentions))}",
            f"{VALUES} {' '.join(sorted(values))}",
        ]
        bits = np.zeros(PAIR_BITS, np.bool_)
        bits[[bit for piece in pieces for bit in piece.bits]] = True
        return Dissected(
            words="\n".join([piece.line for piece in pieces if not piece.term]),
            terms="\n".join(terms),
            posted=together([*(piece.posted for piece in pieces), *map(posted_line, terms)]),
            lines=lines,
            pairs=np.packbits(bits, bitorder="little").tobytes(),
        )

    def _piece(self, text: Text) -> _Piece:
        words = list(map(_WORDS[text.language], WORD.findall(text.words)[:MAX_TEXT_WORDS]))
        if not words:
            return _Piece(f"{LETTERS[text.field]} ", "", (), (), frozenset())
        places, heads, other_heads, concept_terms = zip(*words, strict=True)
        line = f"{LETTERS[text.field]} {' '.join(places)}"
        spans = self._lexicon.spans(list(filter(None, concept_terms)))
        mentions = frozenset(pair for span in spans for pair in span.concepts)
        if text.field in SHARED:
            return _Piece(line, line_term(line), (), (), mentions)
        return _Piece(line, "", posted_line(line), _bits(heads, other_heads), mentions)


def _bits(heads: Sequence[int], others: Sequence[tuple[int, ...]]) -> set[int]:
    bits = {pair_bit(before, after) for before, after in pairwise(heads)}
    if any(others):
        every = [(head, *more) for head, more in zip(heads, others, strict=True)]
        for before, after in pairwise(every):
            bits.update(pair_bit(a, b) for a in before for b in after)
    return bits


def _words_in(language: Language | None) -> Callable[[str], _Word]:
    @lru_cache(maxsize=100_000)
    def word_of(surface: str) -> _Word:
        found = terms(surface, language) if language else all_terms(surface)
        first, *others = dict.fromkeys(map(head, found))
        return _Word(f"|{'|'.join(found)}|", first, tuple(others), () if is_stop(surface) else found)

    return word_of


_WORDS: dict[str, Callable[[str], _Word]] = {"": _words_in(None)} | {
    language: _words_in(language) for language in LANGUAGES
}
