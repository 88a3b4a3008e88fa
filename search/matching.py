"""Owns which documents match a query and what each is worth, by arithmetic on bitmaps."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap

from .concepts import Pair
from .postings import PREFIXES, SHARED, TEXT_FIELDS, Field, PhrasePattern, pair_bits, value_term
from .query import EXACT, WEIGHTS, ConceptGroup, Negative, Phrase, Positive, Prefix, Query, ScoredWord, Word
from .snapshot import Snapshot

Postings = Mapping[tuple[int, str], bytes]

_FIELDS: Mapping[str, tuple[Field, ...]] = {
    "name": (Field.NAME_PLAIN, Field.NAME),
    "tagline": (Field.TAGLINE,),
    "text": (Field.TEXT,),
}


def needed_terms(query: Query) -> set[str]:
    """Every term whose postings a query needs."""
    return {*query.all_terms(), *(value_term(*pair) for pair in query.concepts())}


class Matching:
    """A query against the postings of its terms and a snapshot of the same moment."""

    def __init__(self, query: Query, postings: Postings, snapshot: Snapshot) -> None:
        self.query = query
        self._postings = postings
        self.snapshot = snapshot
        self._decoded: dict[tuple[int, str], BitMap] = {}
        self._anywhere: dict[frozenset[str], BitMap] = {}
        self._in_lines: dict[Phrase, BitMap] = {}

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """The phrases that only the words of documents can confirm."""
        return tuple(
            part for part in (*self.query.positive, *self.query.negative) if isinstance(part, Phrase)
        )

    def candidates(self) -> BitMap:
        """All documents that match; if phrases are asked for, some more, which `confirmed` takes away."""
        found = self.snapshot.documents
        for one in sorted(map(self._matches, self.query.positive), key=len):
            found = found & one
        for part in self.query.negative:
            found = found - (self.anywhere(part.terms) if isinstance(part, Word) else self._certain(part))
        return found

    def unconfirmed(self, candidates: BitMap) -> BitMap:
        """Those candidates whose words must be read."""
        wanted = [candidates - self._certain(phrase) for phrase in _phrases(self.query.positive)]
        refused = [candidates & self._phrase(phrase) for phrase in _phrases(self.query.negative)]
        return BitMap.union(BitMap(), *wanted, *refused)

    def confirmed(self, candidates: BitMap, words: Mapping[int, str]) -> BitMap:
        """The candidates without those whose words, as read, lack a phrase or have one that is excluded.

        Without those too that have no words any more: they went between two statements.
        """
        read = self.unconfirmed(candidates)
        kept = {number for number in read if number in words}
        for phrase in _phrases(self.query.positive):
            certain, stands_in = self._certain(phrase), PhrasePattern(phrase.readings).stands_in
            kept = {number for number in kept if stands_in(words[number]) or number in certain}
        for phrase in _phrases(self.query.negative):
            stands_in = PhrasePattern(phrase.readings).stands_in
            kept = {number for number in kept if not stands_in(words[number])}
        return (candidates - read) | BitMap(sorted(kept))

    def scores(self, hits: BitMap) -> npt.NDArray[np.int64]:
        """What each hit is worth, in the sequence of their numbers: the best field of every word, summed."""
        numbers = as_numbers(hits)
        size = len(self.snapshot.records.rows)
        total = np.zeros(size, np.int64)
        best = np.zeros(size, np.int64)
        for word in self._worth:
            best[:] = 0
            for weight, documents in word.levels:
                best[as_numbers(documents & hits)] = weight
            total += best
        return total[numbers]

    def score(self, number: int) -> int:
        """What one document is worth."""
        return sum(word.weight(number) for word in self._worth)

    def found(self, number: int) -> tuple[str, ...]:
        """In which fields of a document any word stands, best first."""
        return tuple(
            field
            for field in WEIGHTS
            if any(number in documents for word in self._worth for documents in word.fields.get(field, ()))
        )

    def anywhere(self, terms: frozenset[str]) -> BitMap:
        """The documents with any of these terms in any text."""
        found = self._anywhere.get(terms)
        if found is None:
            shared = [self.snapshot.lines.with_words(field, terms) for field in SHARED]
            found = self._anywhere[terms] = BitMap.union(self._union(TEXT_FIELDS, terms), *shared)
        return found

    @cached_property
    def _worth(self) -> list["_Worth"]:
        return [self._worth_of(scored) for scored in self.query.scored()]

    def _worth_of(self, scored: ScoredWord) -> "_Worth":
        word = scored.word
        fields = {name: [self._union(fields, word.terms)] for name, fields in _FIELDS.items()}
        fields |= {name: [self.snapshot.lines.with_words(name, word.terms)] for name in SHARED}
        if scored.is_prefix:
            for name, documents in self._beginning(word.plain):
                fields[name].append(documents)
        fields["tagged"] = list(map(self._tagged, scored.concepts))
        fields["mention"] = list(map(self._mentioned, scored.concepts))
        return _Worth(fields, self._posting(Field.NAME_PLAIN, word.plain))

    def _matches(self, part: Positive) -> BitMap:
        if isinstance(part, Word):
            return self.anywhere(part.terms)
        if isinstance(part, Prefix):
            begun = [documents for _, documents in self._beginning(part.word.plain)]
            return BitMap.union(self.anywhere(part.word.terms), *begun)
        if isinstance(part, Phrase):
            return self._phrase(part)
        return self._concepts(part)

    def _concepts(self, group: ConceptGroup) -> BitMap:
        found = [*map(self._tagged, group.concepts), *map(self._mentioned, group.concepts)]
        for label in (tuple(word.terms for word in group.words), *group.labels):
            found.append(BitMap.intersection(*map(self.anywhere, label)))
        return BitMap.union(*found)

    def _phrase(self, phrase: Phrase) -> BitMap:
        """The documents that may have a phrase: in a label, or all its words, and neighbours like them."""
        found = [
            self._neighbours(
                BitMap.intersection(*(self.anywhere(frozenset(terms)) for terms in reading)), reading
            )
            for reading in phrase.readings
        ]
        return BitMap.union(self._certain(phrase), *found)

    def _certain(self, phrase: Phrase) -> BitMap:
        """The documents with a phrase in a label or place, which need not be read."""
        found = self._in_lines.get(phrase)
        if found is None:
            found = self._in_lines[phrase] = self.snapshot.lines.with_phrase(phrase.readings)
        return found

    def _neighbours(self, documents: BitMap, reading: tuple[tuple[str, ...], ...]) -> BitMap:
        pairs = self.snapshot.pairs
        if pairs is None or not documents:
            return documents
        numbers = as_numbers(documents)
        for first, second in pairwise(reading):
            kept = np.zeros(len(numbers), np.bool_)
            for bit in pair_bits(first, second):
                kept |= (pairs[numbers, bit >> 3] & (1 << (bit & 7))) != 0
            numbers = numbers[kept]
        return BitMap(numbers)

    def _beginning(self, prefix: str) -> Iterator[tuple[str, BitMap]]:
        for name in SHARED:
            yield name, self.snapshot.lines.with_beginning(name, prefix)
        if len(prefix) in PREFIXES:
            yield "name", self._posting(Field.NAME_PREFIX, prefix)
        else:
            plain = (term for field, term in self._postings if field == Field.NAME_PLAIN)
            yield "name", self._union([Field.NAME_PLAIN], (term for term in plain if term.startswith(prefix)))

    def _tagged(self, pair: Pair) -> BitMap:
        facet, value = pair
        return self.snapshot.values(facet).get(value, BitMap())

    def _mentioned(self, pair: Pair) -> BitMap:
        return self._posting(Field.MENTION, value_term(*pair))

    def _union(self, fields: Iterable[Field], terms: Iterable[str]) -> BitMap:
        fields = tuple(fields)
        found = [
            self._posting(field, term)
            for term in terms
            for field in fields
            if (field, term) in self._postings
        ]
        return BitMap.union(*found) if found else BitMap()

    def _posting(self, field: Field, term: str) -> BitMap:
        at = (int(field), term)
        found = self._decoded.get(at)
        if found is None:
            kept = self._postings.get(at)
            found = self._decoded[at] = BitMap.deserialize(kept) if kept else BitMap()
        return found


class _Worth:
    """Where a scored word stands: its documents by field, and those in whose name it stands as typed."""

    def __init__(self, fields: Mapping[str, list[BitMap]], exact: BitMap) -> None:
        self.fields = fields
        self._exact = exact

    @cached_property
    def levels(self) -> list[tuple[int, BitMap]]:
        """Documents by weight, the least first."""
        by_weight: dict[int, list[BitMap]] = {EXACT: [self._exact]}
        for field, weight in WEIGHTS.items():
            by_weight.setdefault(weight, []).extend(self.fields.get(field, ()))
        return [
            (weight, BitMap.union(*by_weight[weight])) for weight in sorted(by_weight) if by_weight[weight]
        ]

    def weight(self, number: int) -> int:
        """What the word is worth in a document: 0 if it does not stand there."""
        return max((weight for weight, documents in self.levels if number in documents), default=0)


def _phrases(parts: Iterable[Positive | Negative]) -> list[Phrase]:
    return [part for part in parts if isinstance(part, Phrase)]


def as_numbers(documents: BitMap) -> npt.NDArray[np.uint32]:
    """The numbers in a bitmap, ascending."""
    return np.frombuffer(documents.to_array(), np.uint32)
