"""Owns the labels and places of all documents: few lines, kept between searches, each with its documents."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyroaring import BitMap

from .postings import LETTERS, SHARED, PhrasePattern

_NOTHING = BitMap()


class Lines:
    """Which documents have a word, a beginning or a phrase in their labels or places; immutable."""

    def __init__(self, documents: Mapping[str, BitMap], standing: "_Standing | None" = None) -> None:
        """The documents of every line. What stands in them is found out once for all that have the same."""
        self._documents = documents
        self._standing = standing or _Standing(documents)

    def with_words(self, field: str, terms: Iterable[str]) -> BitMap:
        """The documents in whose labels (or places) any of the terms stands."""
        by_term = self._standing.by_term[field]
        return self._of({line for term in terms for line in by_term.get(term, ())})

    def with_beginning(self, field: str, prefix: str) -> BitMap:
        """The documents in whose labels (or places) a word begins so, unstemmed."""
        begun = self._standing.unstemmed[field]
        start = bisect_left(begun, (prefix,))
        lines = set()
        for word, line in begun[start:]:
            if not word.startswith(prefix):
                break
            lines.add(line)
        return self._of(lines)

    def with_phrase(self, readings: Sequence[Sequence[Sequence[str]]]) -> BitMap:
        """The documents in one of whose labels or places a phrase stands."""
        pattern = PhrasePattern(readings)
        firsts = {term for reading in readings for term in reading[0]}
        likely = {
            line
            for by_term in self._standing.by_term.values()
            for term in firsts
            for line in by_term.get(term, ())
        }
        return self._of(line for line in likely if pattern.stands_in(line))

    def standing(self, terms: Iterable[str]) -> set[str]:
        """Those of the terms that stand in any label or place."""
        return {term for term in terms for field in SHARED if self.with_words(field, [term])}

    def words(self) -> Iterator[tuple[str, int]]:
        """Every unstemmed word, with the number of documents in whose labels (or places) it stands."""
        for field, begun in self._standing.unstemmed.items():
            for word in {word for word, _ in begun}:
                yield word, len(self.with_words(field, [word]))

    def updated(self, newer: Mapping[str, BitMap]) -> "Lines":
        """The lines once these have other documents."""
        known = newer.keys() <= self._documents.keys()
        return Lines({**self._documents, **newer}, self._standing if known else None) if newer else self

    def _of(self, lines: Iterable[str]) -> BitMap:
        return BitMap.union(_NOTHING, *(self._documents[line] for line in lines))


class _Standing:
    """The lines of every term, and all unstemmed words in order with their lines, by field."""

    def __init__(self, lines: Iterable[str]) -> None:
        fields = {LETTERS[field]: field for field in SHARED}
        self.by_term: dict[str, dict[str, list[str]]] = {field: defaultdict(list) for field in SHARED}
        self.unstemmed: dict[str, list[tuple[str, str]]] = {field: [] for field in SHARED}
        for line in lines:
            field = fields[line[0]]
            words = [place[1:-1].split("|") for place in line[2:].split()]
            for term in {term for word in words for term in word}:
                self.by_term[field][term].append(line)
            self.unstemmed[field] += {(word[0], line) for word in words}
        for begun in self.unstemmed.values():
            begun.sort()
