"""Owns the statements that read an index: one brings all that a search needs, seen at one moment."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from search.models import Document, Posting, SearchIndex
from search.postings import PREFIXES, TEXT_FIELDS, Field
from search.snapshot import Changes

# The column that part of the statement brings; all parts have the same seven.
_STATE, _WORD, _KEPT, _RECORD = range(4)
_CHUNK = 5_000  # rows fetched, and documents asked for, at a time
_AFTER_Z = "{"  # the sign after `z`: terms have only digits and letters

# The first part gives the columns their types: CAST means the same to both engines, NULL alone does not.
_STATE_SQL = f"""
    SELECT {_STATE}, identity, generation, change, lexicon_change, '',
           CAST(NULL AS {{blob}}), CAST(NULL AS {{blob}})
    FROM search_searchindex WHERE name = %s"""
_WORD_SQL = f"""
    SELECT {_WORD}, field, 0, 0, 0, term, documents, NULL FROM search_posting
    WHERE generation = %s AND term IN ({{terms}}) AND field <= {{last}}"""
_PREFIX_SQL = f"""
    SELECT {_WORD}, field, 0, 0, 0, term, documents, NULL FROM search_posting
    WHERE generation = %s AND term >= %s AND term < %s AND field = {Field.NAME_PLAIN}"""
# The condition of the index, to the letter: else SQLite does not see that it fits.
_KEPT_SQL = f"""
    SELECT {_KEPT}, field, 0, 0, 0, CASE WHEN field = {Field.FACET} THEN term ELSE line END, documents, NULL
    FROM search_posting WHERE generation = %s AND field >= {Field.LINE} AND change > %s"""
_RECORD_SQL = f"""
    SELECT {_RECORD}, number, CASE WHEN gone THEN 1 ELSE 0 END, 0, 0, '', record, pairs FROM search_document
    WHERE generation = %s AND change > %s"""


@dataclass(frozen=True, slots=True)
class State:
    """What the index row says: which life, which generation, and what was changed last."""

    identity: int
    generation: int
    change: int
    lexicon_change: int


@dataclass(frozen=True, slots=True)
class Asked:
    """The terms that a search must know: whole ones, and beginnings while somebody is typing."""

    terms: Collection[str] = ()
    prefixes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """All that a search needs, at one moment. `state` is None if the index has never been written."""

    state: State | None
    postings: dict[tuple[int, str], bytes]
    changes: Changes


def read(index: str, generation: int, change: int, asked: Asked) -> Answer:
    """An index's state, postings of terms, and what is newer than a change in a generation; one SELECT."""
    sql, parameters = statement(index, generation, change, asked)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return _answer(cursor.fetchall())


def statement(index: str, generation: int, change: int, asked: Asked) -> tuple[str, list[Any]]:
    """The one SELECT and its parameters."""
    blob = "bytea" if connection.vendor == "postgresql" else "blob"
    parts = [_STATE_SQL.format(blob=blob)]
    parameters: list[Any] = [index]
    posted = [prefix for prefix in asked.prefixes if len(prefix) in PREFIXES]
    terms = sorted({*asked.terms, *posted})
    if terms:
        last_field = Field.NAME_PREFIX if posted else Field.MENTION
        parts.append(_WORD_SQL.format(terms=", ".join(["%s"] * len(terms)), last=int(last_field)))
        parameters += [generation, *terms]
    for prefix in asked.prefixes:
        if len(prefix) not in PREFIXES:
            parts.append(_PREFIX_SQL)
            parameters += [generation, prefix, prefix + _AFTER_Z]
    for part in (_KEPT_SQL, _RECORD_SQL):
        parts.append(part)
        parameters += [generation, change]
    return " UNION ALL ".join(parts), parameters


def words_and_cards(
    generation: int, numbers: Sequence[int], shown: Sequence[int]
) -> tuple[dict[int, str], dict[int, str]]:
    """The words of some documents and the cards of others; one SELECT per 5,000 documents."""
    words: dict[int, str] = {}
    found: dict[int, str] = {}
    for start in range(0, max(1, len(numbers)), _CHUNK):
        chunk = numbers[start : start + _CHUNK]
        sql = " UNION ALL ".join([_among("0, number, words", chunk), _among("1, number, card", shown)])
        with connection.cursor() as cursor:
            cursor.execute(sql, [generation, generation])
            for is_card, number, text in cursor.fetchall():
                (found if is_card else words)[number] = text
        shown = ()
    return words, found


def cards(generation: int, numbers: Sequence[int]) -> dict[int, str]:
    """The cards of these documents, as JSON; one SELECT."""
    with connection.cursor() as cursor:
        cursor.execute(_among("number, card", numbers), [generation])
        return dict(cursor.fetchall())


def index_row(index: str) -> tuple[State, str] | None:
    """The state of an index with its labels as they are kept; None if it was never written."""
    row = SearchIndex.objects.filter(name=index).first()
    if row is None:
        return None
    return State(row.identity, row.generation, row.change, row.lexicon_change), row.lexicon


def kept_postings(generation: int) -> dict[tuple[int, str], bytes]:
    """Every posting of a generation that a process keeps: facets by term, whole lines by their words."""
    rows = Posting.objects.filter(generation=generation, field__gte=Field.LINE)
    return {
        (field, line or term): bytes(documents)
        for field, term, line, documents in rows.values_list("field", "term", "line", "documents")
    }


def records(generation: int) -> bytearray:
    """The records of all documents of a generation, one after the other."""
    found = bytearray()
    rows = Document.objects.filter(generation=generation, gone=False).values_list("record")
    for chunk in _chunks(rows):
        found += b"".join(record for (record,) in chunk)
    return found


def pairs(generation: int) -> Iterator[tuple[int, bytes]]:
    """The signature of every document of a generation, by its number."""
    rows = Document.objects.filter(generation=generation, gone=False).values_list("number", "pairs")
    for chunk in _chunks(rows):
        yield from chunk


def standing(generation: int, terms: Collection[str]) -> set[str]:
    """Those of the terms that stand in any name, tagline or text."""
    rows = Posting.objects.filter(generation=generation, term__in=list(terms), field__in=TEXT_FIELDS)
    return set(rows.values_list("term", flat=True))


def vocabulary(generation: int) -> Iterator[tuple[str, bytes]]:
    """Every unstemmed word of names, with its postings."""
    names = Posting.objects.filter(generation=generation, field=Field.NAME_PLAIN)
    for chunk in _chunks(names.values_list("term", "documents")):
        yield from chunk


def _answer(rows: Iterable[tuple[Any, ...]]) -> Answer:
    state: State | None = None
    postings: dict[tuple[int, str], bytes] = {}
    kept: dict[tuple[int, str], bytes] = {}
    newer: dict[int, bytes] = {}
    signatures: dict[int, bytes] = {}
    gone: list[int] = []
    for part, a, b, c, d, term, blob, more in rows:
        if part == _WORD:
            postings[(a, term)] = blob
        elif part == _KEPT:
            kept[(a, term)] = blob
        elif part == _STATE:
            state = State(a, b, c, d)
        elif b:
            gone.append(a)
        else:
            newer[a], signatures[a] = blob, more
    changes = Changes(state.change if state else 0, kept, newer, signatures, tuple(gone))
    return Answer(state, postings, changes)


def _among(columns: str, numbers: Sequence[int]) -> str:
    # Numbers stand in the statement itself: they are ours, and thousands of parameters are slow or refused.
    listed = ", ".join(map(str, map(int, numbers))) or "NULL"
    return f"SELECT {columns} FROM search_content WHERE generation = %s AND number IN ({listed})"


def _chunks(rows: QuerySet[Any, Any]) -> Iterator[list[Any]]:
    chunk: list[Any] = []
    for row in rows.iterator(chunk_size=_CHUNK):
        chunk.append(row)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    yield chunk
