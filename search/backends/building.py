"""Owns the rebuild of an index: a second generation beside the one that answers, then one row is flipped.

Searches go on meanwhile, and edits go into the generation that answers; at the end the things that were
edited are looked at again. A rebuild that was killed leaves only rubbish, which the next one clears away.
"""

import secrets
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, transaction

from search.facets import Facet
from search.labels import Labels
from search.marks import note
from search.models import Document, Generation, SearchIndex

from . import writing
from .base import Looked, Progress, Published
from .writer import Edits, Writer

BATCH = 500  # documents read and written together
GATHERED = 25_000  # documents whose terms are gathered before the postings are touched
LAST = 200  # edits at most that are left for the moment of the flip
_MERGED = 4  # parts of postings written in one transaction
_CLEARED = 5_000  # rows deleted in one transaction
_TABLES = ("search_posting", "search_content", "search_document")


class Overtaken(Exception):
    """Another rebuild of the same index began later; that one goes on."""

    def __init__(self, index: str) -> None:
        super().__init__(f"Another rebuild of {index!r} began meanwhile. This one stops; nothing is lost.")


def clear_rubbish(index: str) -> None:
    """Deletes every generation that the index does not name, a few rows at a time."""
    row = SearchIndex.objects.filter(name=index).first()
    named = [row.generation, row.building] if row else []
    rubbish = Generation.objects.filter(index=index).exclude(pk__in=[pk for pk in named if pk])
    for generation in list(rubbish):
        for table in _TABLES:
            while _delete_some(table, generation.pk):
                pass
        generation.delete()


class Building:
    """A generation that is being filled; every transaction makes sure that no later rebuild took over."""

    def __init__(self, index: str, facets: Sequence[Facet], published: Published) -> None:
        self._index, self._facets, self._published = index, facets, published
        with transaction.atomic(durable=True):
            row = writing.lock(index)
            note(index, writing.relabel(row, Labels.read(facets), facets))
            self.generation = row.building = Generation.objects.create(index=index).pk
            row.save(update_fields=["building"])
        self._seen = row.change
        lexicon = writing.labels_of(row, self._facets).lexicon
        self._writer = Writer(self.generation, row.change, 0, lexicon)

    def fill(self, progress: Progress | None) -> None:
        """Looks at everything that is published."""
        keys = array("q", self._published.keys())
        for start in range(0, len(keys), BATCH):
            self._look(keys[start : start + BATCH].tolist())
            done = min(start + BATCH, len(keys))
            if done == len(keys) or done % GATHERED < BATCH:
                self._flush()
            if progress:
                progress(done, len(keys))

    def finish(self) -> bool:
        """Flips if little was edited since the last look, or else looks at that; whether it flipped."""
        with transaction.atomic(durable=True):
            row = writing.lock(self._index)
            self._check(row.building == self.generation)
            edited = Document.objects.filter(generation=row.generation, change__gt=self._seen)
            keys = list(edited.values_list("key", flat=True))
            self._seen = row.change
            self._writer.use(writing.labels_of(row, self._facets).lexicon)
            if len(keys) <= LAST:
                self._writer.look(self._read(keys))
                self._writer.flush()
                self._flip(row)
                return True
        for start in range(0, len(keys), BATCH):
            self._look(keys[start : start + BATCH])
        self._flush()
        return False

    def _look(self, keys: Sequence[int]) -> None:
        prepared = self._writer.prepare(self._read(keys))
        with self._writing():
            self._writer.write(prepared)

    def _flush(self) -> None:
        parts: list[Edits] = []
        for edits in self._writer.take():
            parts.append(edits)
            if len(parts) == _MERGED:
                self._merge(parts)
                parts = []
        self._merge(parts)

    def _merge(self, parts: Sequence[Edits]) -> None:
        with self._writing():
            for edits in parts:
                self._writer.merge(edits)

    def _flip(self, row: SearchIndex) -> None:
        row.generation, row.building = self.generation, None
        row.next_number = self._writer.next_number
        # Whoever kept something of the former generation must not add to it.
        row.identity = secrets.randbits(62)
        row.save(update_fields=["generation", "building", "next_number", "identity"])

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with transaction.atomic(durable=True):
            mine = SearchIndex.objects.filter(name=self._index, building=self.generation)
            self._check(bool(mine.update(building=self.generation)))
            yield

    def _read(self, keys: Sequence[int]) -> Looked:
        documents = list(self._published.documents(keys)) if keys else []
        return Looked(documents, sorted(set(keys) - {document.key for document in documents}))

    def _check(self, is_mine: bool) -> None:
        if not is_mine:
            raise Overtaken(self._index)


def _delete_some(table: str, generation: int) -> int:
    """Deletes rows of a generation, a few thousand at most; how many."""
    place = "ctid" if connection.vendor == "postgresql" else "rowid"
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {table} WHERE {place} IN "
            f"(SELECT {place} FROM {table} WHERE generation = %s LIMIT {_CLEARED})",
            [generation],
        )
        return int(cursor.rowcount)
