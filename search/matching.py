"""Owns which documents match a query and what each is worth, by arithmetic on bitmaps."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap

from .concepts import Pair
from .postings import PREFIXES, Field, pair_bits, phrase_pattern, value_term
from .query import EXACT, WEIGHTS, ConceptGroup, Phrase, Positive, Prefix, Query, ScoredWord, Word
from .snapshot import Snapshot

Postings = Mapping[tuple[int, str], bytes]

_FIELDS: Mapping[str, tuple[Field, ...]] = {
    "name": (Field.NAME_PLAIN, Field.NAME),
    "label": (Field.LABEL_PLAIN, Field.LABEL),
    "place": (Field.PLACE_PLAIN, Field.PLACE),
    "tagline": (Field.TAGLINE,),
    "text": (Field.TEXT,),
}
_TEXT_FIELDS = tuple(field for fields in _FIELDS.values() for field in fields)
_PREFIXED: Mapping[str, tuple[Field, Field]] = {
    "name": (Field.NAME_PLAIN, Field.NAME_PREFIX),
    "label": (Field.LABEL_PLAIN, Field.LABEL_PREFIX),
    "place": (Field.PLACE_PLAIN, Field.PLACE_PREFIX),
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

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """The phrases that only the words of documents can confirm."""
        return tuple(
            part for part in (*self.query.positive, *self.query.negative) if isinstance(part, Phrase)
        )

    def candidates(self) -> BitMap:
        """All documents that match; if phrases are asked for, some more, which `confirmed` takes away."""
        found = self.snapshot.documents
        sets = sorted(map(self._matches, self.query.positive), key=len)
        for one in sets:
            found = found & one
        for part in self.query.negative:
            if isinstance(part, Word):
                found = found - self.anywhere(part.terms)
        return found

    def unconfirmed(self, candidates: BitMap) -> BitMap:
        """Those candidates whose words must be read."""
        if any(isinstance(part, Phrase) for part in self.query.positive):
            return candidates
        excluded = [self._phrase(part) for part in self.query.negative if isinstance(part, Phrase)]
        return candidates & BitMap.union(*excluded) if excluded else BitMap()

    def confirmed(self, candidates: BitMap, words: Mapping[int, str]) -> BitMap:
        """The candidates without those whose words, as read, lack a phrase or have one that is excluded.

        Without those too that have no words any more: they went between two statements.
        """
        wanted = list(map(_Readings, (part for part in self.query.positive if isinstance(part, Phrase))))
        refused = list(map(_Readings, (part for part in self.query.negative if isinstance(part, Phrase))))
        read = self.unconfirmed(candidates)
        kept = (
            number
            for number in read
            if (text := words.get(number))
            and all(phrase.stand_in(text) for phrase in wanted)
            and not any(phrase.stand_in(text) for phrase in refused)
        )
        return (candidates - read) | BitMap(kept)

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
            found = self._anywhere[terms] = self._union(_TEXT_FIELDS, terms)
        return found

    @cached_property
    def _worth(self) -> list["_Worth"]:
        return [self._worth_of(scored) for scored in self.query.scored()]

    def _worth_of(self, scored: ScoredWord) -> "_Worth":
        word = scored.word
        fields = {name: [self._union(fields, word.terms)] for name, fields in _FIELDS.items()}
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
        """The documents with all the phrase's words, and neighbours like them, in one of its readings."""
        found = [
            self._neighbours(
                BitMap.intersection(*(self.anywhere(frozenset(terms)) for terms in reading)), reading
            )
            for reading in phrase.readings
        ]
        return BitMap.union(*found)

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
        for name, (plain, begun) in _PREFIXED.items():
            if len(prefix) in PREFIXES:
                yield name, self._posting(begun, prefix)
            else:
                terms = (term for field, term in self._postings if field == plain and term.startswith(prefix))
                yield name, self._union((plain,), terms)

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


class _Readings:
    """The patterns of a phrase, one for each way to read it."""

    def __init__(self, phrase: Phrase) -> None:
        self._patterns = [phrase_pattern(reading) for reading in phrase.readings]

    def stand_in(self, words: str) -> bool:
        """Whether the phrase stands in a document's words."""
        return any(pattern.search(words) for pattern in self._patterns)


def as_numbers(documents: BitMap) -> npt.NDArray[np.uint32]:
    """The numbers in a bitmap, ascending."""
    return np.frombuffer(documents.to_array(), np.uint32)
