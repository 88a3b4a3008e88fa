"""Owns how an index is changed: its lock, its labels, and which documents' words touch what."""

import secrets
from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.db.models import F
from pyroaring import BitMap

from search.concepts import Phrase
from search.facets import Facet
from search.labels import Labels
from search.lines import Lines
from search.models import Document, Generation, Posting, SearchIndex
from search.postings import SHARED, TEXT_FIELDS, Field, value_term
from search.snapshot import lines_of

from . import reading
from .base import Looked
from .writer import Writer


def lock(index: str) -> SearchIndex:
    """The row of an index, locked until the transaction ends, with a new change number; made at need.

    Writing comes first: it takes SQLite's one write lock, the row's on PostgreSQL, before anything is read.
    """
    rows = SearchIndex.objects.filter(name=index)
    if not rows.update(change=F("change") + 1):
        identity, generation = secrets.randbits(62), Generation.objects.create(index=index).pk
        SearchIndex.objects.get_or_create(
            name=index, defaults={"identity": identity, "generation": generation}
        )
        rows.update(change=F("change") + 1)
    return rows.get()


def apply(row: SearchIndex, looked: Looked, facets: Sequence[Facet]) -> None:
    """Makes a locked index say what was seen of some things."""
    writer = Writer(row.generation, row.change, row.next_number, labels_of(row, facets).lexicon)
    writer.look(looked)
    writer.flush()
    if writer.next_number != row.next_number:
        row.next_number = writer.next_number
        row.save(update_fields=["next_number"])


def relabel(row: SearchIndex, labels: Labels, facets: Sequence[Facet]) -> list[int]:
    """Gives a locked index newer labels; the keys of the things whose mentions may be others now."""
    kept = labels.dumps()
    if row.lexicon_change and row.lexicon == kept:
        return []
    touched = _reworded(row.generation, labels_of(row, facets), labels)
    row.lexicon, row.lexicon_change = kept, row.change
    row.save(update_fields=["lexicon", "lexicon_change"])
    rows = Document.objects.filter(generation=row.generation, gone=False)
    key_of = dict(rows.values_list("number", "key")) if touched else {}
    return sorted(key_of[number] for number in touched if number in key_of)


def labels_of(row: SearchIndex, facets: Sequence[Facet]) -> Labels:
    """The labels that an index has."""
    return _labels(row.lexicon, tuple(facets))


@lru_cache(maxsize=4)
def _labels(kept: str, facets: tuple[Facet, ...]) -> Labels:
    # Reading them costs as much as a small edit; they seldom change.
    return Labels.loads(facets, kept)


def _reworded(generation: int, before: Labels, after: Labels) -> BitMap:
    """The documents that mention a concept whose terms changed, or have all words of one of its terms.

    Those of a place count too: a place's longer name may stand around a concept's.
    """
    pairs = after.reworded(before)
    phrases = {
        phrase for labels in (before, after) for pair in pairs for phrase in labels.lexicon.phrases(pair)
    }
    mentions = _postings(generation, [Field.MENTION], [value_term(*pair) for pair in pairs])
    terms = {term for phrase in phrases for word in phrase for term in word}
    words = _postings(generation, TEXT_FIELDS, terms)
    lines = Lines(lines_of(reading.kept_postings(generation)))
    return BitMap.union(BitMap(), *mentions.values(), *(_having(phrase, words, lines) for phrase in phrases))


def _having(phrase: Phrase, words: dict[str, BitMap], lines: Lines) -> BitMap:
    found = [
        BitMap.union(
            *(lines.with_words(field, word) for field in SHARED),
            *(words[term] for term in word if term in words),
        )
        for word in phrase
    ]
    return BitMap.intersection(*found)


def _postings(generation: int, fields: Iterable[Field], terms: Iterable[str]) -> dict[str, BitMap]:
    """The documents of each term in any of the fields."""
    found: dict[str, BitMap] = {}
    listed = sorted(terms)
    for start in range(0, len(listed), 500):
        rows = Posting.objects.filter(
            generation=generation, field__in=list(fields), term__in=listed[start : start + 500]
        )
        for term, documents in rows.values_list("term", "documents"):
            found[term] = found.get(term, BitMap()) | BitMap.deserialize(bytes(documents))
    return found
