"""Owns how documents get into a generation and out of it: what changed in them touches rows and postings."""

import json
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import connection
from pyroaring import BitMap

from search.concepts import Lexicon
from search.dissection import Dissector
from search.models import Content, Posting
from search.models import Document as DocumentRow
from search.postings import Field, Posted, posted
from search.records import pack

from .base import Looked

_TERMS = 500  # terms of one field that are asked for together
_ROWS = 100  # rows written in one statement

_NONE: frozenset[str] = frozenset()


class _Kept(NamedTuple):
    """What is kept of a document; nothing but a number if it is gone or new."""

    number: int
    record: bytes = b""
    words: str = ""
    terms: str = ""
    card: str = ""

    def posted(self) -> Posted:
        """The terms under which the document was found so far."""
        return posted(f"{self.words}\n{self.terms}")


class Edits(NamedTuple):
    """For terms of one field, the numbers of the documents to add and to remove; none is in both."""

    field: int
    terms: Mapping[str, tuple[Sequence[int], Sequence[int]]]


class Rows(NamedTuple):
    """Rows to write, and the numbers of the documents whose content is to be deleted."""

    documents: list[Sequence[Any]]
    contents: list[Sequence[Any]]
    dropped: list[int]


class Writer:
    """Puts documents into a generation: their rows at once, their terms into the postings when flushed."""

    def __init__(self, generation: int, change: int, next_number: int, lexicon: Lexicon) -> None:
        self.next_number = next_number
        self._generation = generation
        self._change = change
        self._added, self._removed = _numbers(), _numbers()
        self._lines: dict[str, str] = {}
        self.use(lexicon)

    def use(self, lexicon: Lexicon) -> None:
        """From now on, finds the concepts of this lexicon in texts."""
        self._dissector = Dissector(lexicon)

    def look(self, looked: Looked) -> None:
        """Writes the rows of what was seen; what is as it was is left alone."""
        self.write(self.prepare(looked))

    def prepare(self, looked: Looked) -> Rows:
        """The rows to write, with all that takes time and needs no lock."""
        known = self._known([*(document.key for document in looked.documents), *looked.gone])
        rows: list[Sequence[Any]] = []
        contents: list[Sequence[Any]] = []
        for document in looked.documents:
            before = known.get(document.key) or _Kept(self._next())
            taken = self._dissector.take_apart(document)
            now = _Kept(
                before.number,
                pack(before.number, document),
                taken.words,
                taken.terms,
                _dumped(document.card),
            )
            if now != before:
                self._edit(now.number, before.posted(), taken.posted)
                self._lines.update(taken.lines)
                rows.append(self._row(document.key, now, taken.pairs))
                contents.append((self._generation, now.number, now.words, now.terms, now.card))
        left = {key: known[key] for key in looked.gone if key in known and known[key].record}
        for key, before in left.items():
            self._edit(before.number, before.posted(), {})
            rows.append(self._row(key, _Kept(before.number), b""))
        return Rows(rows, contents, [before.number for before in left.values()])

    def write(self, rows: Rows) -> None:
        """Writes what was prepared."""
        _upsert("search_document", _ROW, rows.documents)
        _upsert("search_content", _CONTENT, rows.contents)
        if rows.dropped:
            Content.objects.filter(generation=self._generation, number__in=rows.dropped).delete()

    def flush(self) -> None:
        """Puts the terms of all documents looked at so far into the postings."""
        for edits in self.take():
            self.merge(edits)

    def take(self) -> Iterator[Edits]:
        """What `merge` has still to do, in parts; each is handed out once."""
        for field in Field:
            added, removed = self._added.pop(field, {}), self._removed.pop(field, {})
            terms = sorted({*added, *removed})
            for start in range(0, len(terms), _TERMS):
                part = terms[start : start + _TERMS]
                yield Edits(field, {term: (added.get(term, ()), removed.get(term, ())) for term in part})

    def merge(self, edits: Edits) -> None:
        """Puts numbers into postings and takes others out."""
        rows, empty = [], []
        of_field = Posting.objects.filter(generation=self._generation, field=edits.field)
        listed = of_field.filter(term__in=list(edits.terms)).values_list("term", "documents", "line")
        kept = {term: (bytes(documents), line) for term, documents, line in listed}
        for term, (added, removed) in edits.terms.items():
            before, line = kept.get(term, (b"", self._lines.get(term, "")))
            documents = BitMap(added)
            if before:
                documents |= BitMap.deserialize(before) - BitMap(removed)
            # What is kept between searches stays, though empty, for those who must hear that it is.
            if documents or edits.field >= Field.LINE:
                documents.run_optimize()
                row = (self._generation, term, edits.field, self._change, documents.serialize(), line)
                rows.append(row)
            else:
                empty.append(term)
        _upsert("search_posting", _POSTING, rows)
        if empty:
            of_field.filter(term__in=empty).delete()

    def _known(self, keys: list[int]) -> dict[int, _Kept]:
        rows = DocumentRow.objects.filter(generation=self._generation, key__in=keys)
        listed = list(rows.values_list("key", "number", "record"))
        numbers = [number for _, number, record in listed if record]
        contents = {}
        if numbers:
            texts = Content.objects.filter(generation=self._generation, number__in=numbers)
            contents = {
                number: text for number, *text in texts.values_list("number", "words", "terms", "card")
            }
        return {
            key: _Kept(number, bytes(record), *contents.get(number, ())) for key, number, record in listed
        }

    def _next(self) -> int:
        number, self.next_number = self.next_number, self.next_number + 1
        return number

    def _row(self, key: int, kept: _Kept, pairs: bytes) -> Sequence[Any]:
        return (self._generation, kept.number, key, self._change, not kept.record, kept.record, pairs)

    def _edit(self, number: int, old: Posted, new: Posted) -> None:
        for field in Field:
            gained, lost = new.get(field, _NONE), old.get(field, _NONE)
            for numbers, terms in (
                (self._added[field], gained - lost),
                (self._removed[field], lost - gained),
            ):
                for term in terms:
                    numbers[term].append(number)


def _numbers() -> dict[int, dict[str, "array[int]"]]:
    """Numbers of documents by field and term."""
    return defaultdict(lambda: defaultdict(lambda: array("I")))


def _dumped(card: Mapping[str, Any]) -> str:
    return json.dumps(card, ensure_ascii=False, separators=(",", ":"))


class _Table(NamedTuple):
    """The columns of a table, those that identify a row first."""

    key: tuple[str, ...]
    others: tuple[str, ...]


_ROW = _Table(("generation", "number"), ("key", "change", "gone", "record", "pairs"))
_CONTENT = _Table(("generation", "number"), ("words", "terms", "card"))
_POSTING = _Table(("generation", "term", "field"), ("change", "documents", "line"))


def _upsert(name: str, table: _Table, rows: Sequence[Sequence[Any]]) -> None:
    """Writes rows, over those of the same key."""
    columns = (*table.key, *table.others)
    one = f"({', '.join(['%s'] * len(columns))})"
    taken = ", ".join(f"{column} = excluded.{column}" for column in table.others)
    with connection.cursor() as cursor:
        for start in range(0, len(rows), _ROWS):
            part = rows[start : start + _ROWS]
            cursor.execute(
                f"INSERT INTO {name} ({', '.join(columns)}) VALUES {', '.join([one] * len(part))} "
                f"ON CONFLICT ({', '.join(table.key)}) DO UPDATE SET {taken}",
                [value for row in part for value in row],
            )
