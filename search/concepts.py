"""Owns which concepts and places words name: in a query, and in the texts of a document."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Self

from .analysis import all_terms, analyse, is_stop, tokens
from .documents import FacetValue, Text
from .facets import Facet

# A facet's name and one of its values.
Pair = tuple[str, str]
# The words of one label: for each word, every term that stands for it (in three languages, and unstemmed).
Phrase = tuple[frozenset[str], ...]


class Span(NamedTuple):
    """Consecutive words, `words[start:end]`, that make up a label of these concepts and places."""

    start: int
    end: int
    concepts: tuple[Pair, ...]
    places: tuple[Pair, ...]


class Lexicon:
    """Every label and alternative term of the concepts and places; immutable once built.

    Words name a concept if they stand in the order of one of its labels and each shares a term with its own;
    stop words do not count in either. The longest wins, from left to right.
    """

    def __init__(self, phrases: Mapping[Pair, tuple[Phrase, ...]], places: Collection[str] = ()) -> None:
        """The phrases of each facet value, in the order of facets; `places` names the facets of places."""
        self._phrases = dict(phrases)
        self._places = frozenset(places)
        self._order = {pair: number for number, pair in enumerate(self._phrases)}
        self._starts = _by_first_term(self._phrases)

    @classmethod
    def build(cls, facets: Iterable[tuple[Facet, Iterable[FacetValue]]]) -> Self:
        """The lexicon of those facets whose labels are typed; the others are passed over."""
        typed = [(facet, values) for facet, values in facets if facet.typed]
        phrases = {
            (facet.name, value.value): _phrases_of(value) for facet, values in typed for value in values
        }
        return cls(phrases, [facet.name for facet, _ in typed if facet.typed == "place"])

    def phrases(self, pair: Pair) -> tuple[Phrase, ...]:
        """Every label and alternative term of a concept or place, each once; nothing for an unknown one."""
        return self._phrases.get(pair, ())

    def spans(self, words: Sequence[Collection[str]]) -> list[Span]:
        """The labels among consecutive words, given as the terms of each word, without stop words."""
        spans: list[Span] = []
        begins_none, done = self._starts.keys().isdisjoint, 0
        # Nearly no word of a text begins a label, so this line is what reading a text costs.
        for start in [at for at, word in enumerate(words) if not begins_none(word)]:
            if start < done:
                continue
            length, named = self._longest(words, start)
            if named:
                done = start + length
                spans.append(self._span(start, done, named))
        return spans

    def mentions(self, texts: Iterable[Text]) -> frozenset[Pair]:
        """The concepts (no places) that texts name; a label never runs from one text into the next."""
        found: set[Pair] = set()
        for text in texts:
            for span in self.spans(analyse(text, stop_words=False)):
                found.update(span.concepts)
        return frozenset(found)

    def _longest(self, words: Sequence[Collection[str]], start: int) -> tuple[int, set[Pair]]:
        length, named = 0, set[Pair]()
        for term in words[start]:
            for phrase, pairs in self._starts.get(term, ()):
                if len(phrase) < length:
                    break  # the longest come first
                if _stands(phrase, words, start):
                    named = named | pairs if len(phrase) == length else set(pairs)
                    length = len(phrase)
        return length, named

    def _span(self, start: int, end: int, named: set[Pair]) -> Span:
        ordered = sorted(named, key=self._order.__getitem__)
        places = tuple(pair for pair in ordered if pair[0] in self._places)
        return Span(start, end, tuple(pair for pair in ordered if pair[0] not in self._places), places)


def content_words(text: str) -> list[str]:
    """The words of a label that count: all but the stop words, or all if there is nothing else.

    >>> content_words("Food and drink"), content_words("De Zes")
    (['Food', 'drink'], ['Zes'])
    """
    surfaces = [token.surface for token in tokens(text)]
    return [surface for surface in surfaces if not is_stop(surface)] or surfaces


def _phrases_of(value: FacetValue) -> tuple[Phrase, ...]:
    labels = [*value.labels.values(), *value.also]
    phrases = (tuple(frozenset(all_terms(word)) for word in content_words(label)) for label in labels)
    return tuple(dict.fromkeys(phrase for phrase in phrases if phrase))


def _by_first_term(
    phrases: Mapping[Pair, tuple[Phrase, ...]],
) -> dict[str, list[tuple[Phrase, frozenset[Pair]]]]:
    pairs_of: dict[Phrase, set[Pair]] = {}
    for pair, phrase in _each(phrases):
        pairs_of.setdefault(phrase, set()).add(pair)
    starts: dict[str, list[tuple[Phrase, frozenset[Pair]]]] = {}
    for phrase in sorted(pairs_of, key=len, reverse=True):
        for term in phrase[0]:
            starts.setdefault(term, []).append((phrase, frozenset(pairs_of[phrase])))
    return starts


def _each(phrases: Mapping[Pair, tuple[Phrase, ...]]) -> Iterator[tuple[Pair, Phrase]]:
    return ((pair, phrase) for pair, several in phrases.items() for phrase in several)


def _stands(phrase: Phrase, words: Sequence[Collection[str]], start: int) -> bool:
    if start + len(phrase) > len(words):
        return False
    return all(not terms.isdisjoint(words[start + offset]) for offset, terms in enumerate(phrase))
