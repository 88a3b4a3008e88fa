"""Owns which words of a text a search found, and the passage of it that shows them best."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .analysis import WORD, Position, Token, all_terms, is_stop, plain, terms, tokens
from .concepts import Lexicon
from .concepts import Phrase as Label
from .documents import LANGUAGES
from .query import ConceptGroup, Phrase, Query

PASSAGE = 240  # characters
LEAD = 60  # characters before the first hit, at most
_HIT, _BEGINNING = 1, 2
_SENTENCE_ENDS = (". ", "! ", "? ", "\n")


class Segment(NamedTuple):
    """A piece of a text; one after the other, the pieces are the text, character by character."""

    text: str
    is_hit: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """`text[start:end]` in segments, and whether the text goes on before and after it."""

    segments: tuple[Segment, ...]
    start: int
    end: int
    is_cut_before: bool
    is_cut_after: bool

    @property
    def has_hit(self) -> bool:
        """Whether any word of it was searched for."""
        return any(segment.is_hit for segment in self.segments)


class Highlighter:
    """Marks in any number of texts what a query found in them.

    Words are marked wherever they stand, in any inflection that the search accepts; phrases, and labels of a
    concept in other words than those typed, only as a whole. It remembers the words that it has seen: let one
    serve a whole page.
    """

    def __init__(self, query: Query) -> None:
        labels = [label for part in query.positive if isinstance(part, ConceptGroup) for label in part.labels]
        readings = [
            tuple(map(frozenset, reading))
            for part in query.positive
            if isinstance(part, Phrase)
            for reading in part.readings
        ]
        self._terms = frozenset(
            term
            for part in query.positive
            if not isinstance(part, Phrase)
            for word in part.words
            for term in word.terms
        ).union(*(label[0] for label in labels if len(label) == 1))
        self._prefixes = query.prefixes()
        longer = [label for label in labels if len(label) > 1]
        self._labels, self._phrases = _only(longer), _only(readings)
        # The terms with which a phrase or a longer label begins.
        self._beginnings = frozenset[str]().union(*(several[0] for several in (*longer, *readings)))
        self._seeks = bool(self._terms or self._prefixes or self._beginnings)
        self._known: dict[str, _Known] = {}

    def segments(self, text: str, language: str = "") -> tuple[Segment, ...]:
        """The whole text; what is in no one language, such as a name, has an empty `language`."""
        return tuple(_cut(text, self._hits(text, language), 0, len(text)))

    def passage(self, text: str, language: str = "", length: int = PASSAGE) -> Passage:
        """At most `length` characters where most different words are hit; without a hit, the beginning."""
        hits = self._hits(text, language)
        start, end = _window(text, hits, length)
        return Passage(tuple(_cut(text, hits, start, end)), start, end, start > 0, end < len(text))

    def mark(self, text: str, language: str = "") -> tuple[Segment, ...]:
        """The passage, with an ellipsis where the text goes on."""
        passage = self.passage(text, language)
        before = (Segment("… ", False),) if passage.is_cut_before else ()
        after = (Segment(" …", False),) if passage.is_cut_after else ()
        return (*before, *passage.segments, *after)

    def _hits(self, text: str, language: str) -> list[tuple[int, int]]:
        """Start and end of everything found, in order, none overlapping."""
        if not self._seeks:
            return []
        known = self._known.get(language)
        if known is None:
            known = self._known[language] = _Known(self._kind, language)
        hits, may_have_phrase = [], False
        for found in WORD.finditer(text):
            kind = known[found[0]]
            if kind & _HIT:
                hits.append(found.span())
            if kind & _BEGINNING:
                may_have_phrase = True
        if may_have_phrase:
            hits += self._phrases_in(text, language)
        return _apart(sorted(hits))

    def _kind(self, surface: str, language: str) -> int:
        found = _terms_of(surface, language)
        is_hit = not self._terms.isdisjoint(found)
        if self._prefixes and not language:
            # Prefixes are sought in names, labels and places only: see `search.query.Prefix`.
            is_hit = is_hit or plain(surface).startswith(self._prefixes)
        return _HIT * is_hit | _BEGINNING * (not self._beginnings.isdisjoint(found))

    def _phrases_in(self, text: str, language: str) -> Iterator[tuple[int, int]]:
        words = tokens(text)
        if self._phrases:
            yield from _spans(self._phrases, words, language)
        if self._labels:
            yield from _spans(self._labels, [word for word in words if not is_stop(word.surface)], language)


class _Known(dict[str, int]):
    """What is known of each word seen in a language: `_HIT`, `_BEGINNING` (of a phrase), both or neither."""

    def __init__(self, kind: Callable[[str, str], int], language: str) -> None:
        super().__init__()
        self._kind = kind
        self._language = language

    def __missing__(self, surface: str) -> int:
        kind = self[surface] = self._kind(surface, self._language)
        return kind


def _only(phrases: Sequence[Label]) -> Lexicon | None:
    return Lexicon({("", ""): tuple(phrases)}) if phrases else None


def _terms_of(surface: str, language: str) -> Position:
    return terms(surface, language) if language in LANGUAGES else all_terms(surface)


def _spans(phrases: Lexicon, words: Sequence[Token], language: str) -> Iterator[tuple[int, int]]:
    for span in phrases.spans([_terms_of(word.surface, language) for word in words]):
        yield words[span.start].start, words[span.end - 1].end


def _apart(hits: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    apart: list[tuple[int, int]] = []
    for start, end in hits:
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


def _cut(text: str, hits: Sequence[tuple[int, int]], start: int, end: int) -> Iterator[Segment]:
    done = start
    for hit_start, hit_end in hits:
        first, last = max(hit_start, done), min(hit_end, end)
        if first >= last:
            continue
        if first > done:
            yield Segment(text[done:first], False)
        yield Segment(text[first:last], True)
        done = last
    if done < end:
        yield Segment(text[done:end], False)


def _window(text: str, hits: Sequence[tuple[int, int]], length: int) -> tuple[int, int]:
    if len(text) <= length:
        return 0, len(text)
    first, last = _best(text, hits, length) if hits else (0, 0)
    lead = min(LEAD, max(0, length - (last - first)))
    start = _start(text, max(0, min(first - lead, len(text) - length)), first)
    return start, _end(text, min(len(text), start + length), last)


def _best(text: str, hits: Sequence[tuple[int, int]], length: int) -> tuple[int, int]:
    """The hit that begins the stretch with the most different words found, the first of such."""
    best, most = hits[0], (0, 0)
    ends = [end for _, end in hits]
    for number, (start, end) in enumerate(hits):
        stop = bisect_right(ends, start + length - LEAD)
        near = [text[a:b].casefold() for a, b in hits[number:stop]]
        if (len(set(near)), len(near)) > most:
            best, most = (start, end), (len(set(near)), len(near))
    return best


def _start(text: str, earliest: int, hit: int) -> int:
    """Where a passage with a hit begins: with a sentence, or else with a word, from `earliest` on."""
    if earliest == 0:
        return 0
    ends = [text.find(sign, earliest - 1, hit) + len(sign) for sign in _SENTENCE_ENDS]
    sentences = [end for end in ends if end > earliest]
    if sentences:
        return min(sentences)
    blank = text.find(" ", earliest - 1, hit)
    return blank + 1 if blank >= 0 else earliest


def _end(text: str, latest: int, hit: int) -> int:
    """Where a passage ends: with the last word up to `latest`, but not before the end of its hit."""
    if latest == len(text) or text[latest].isspace():
        return latest
    blank = text.rfind(" ", hit, latest)
    return blank if blank > 0 else latest
