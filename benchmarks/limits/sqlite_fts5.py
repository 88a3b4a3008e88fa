"""Owns what a careful SQL writer gets from SQLite: an FTS5 table and one table of facet values."""

import itertools
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from benchmarks.answers import Answer, Case
from search.query import ConceptGroup, Phrase, Positive, Prefix, Query, Word

from .feed import COLUMNS, PREFIXED, Row, concept_term
from .statement import Values, statement

PLAIN = tuple(f"{column}_plain" for column in PREFIXED)
# What a hit in each column is worth to bm25; the plain columns are there for prefixes only.
WEIGHTS = "8, 4, 4, 2, 1, 0, 0, 0, 4, 1"
BATCH = 5_000


class SqliteFts5:
    """The index in a file of its own."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.values = Values()
        self.connection.executescript(
            f"""
            PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;
            PRAGMA mmap_size=1073741824; PRAGMA cache_size=-64000;
            CREATE VIRTUAL TABLE fts USING fts5(
                {", ".join((*COLUMNS, *PLAIN))}, tags, mentions, content='', tokenize="ascii tokenchars '_'"
            );
            CREATE TABLE document (doc INTEGER PRIMARY KEY, quality INTEGER, name TEXT);
            CREATE TABLE tag (doc INTEGER, value INTEGER, PRIMARY KEY (doc, value)) WITHOUT ROWID;
            """
        )

    def fill(self, rows: Iterable[Row]) -> None:
        """Indexes everything, then gives FTS5 and the planner the best shape of it."""
        cursor = self.connection.cursor()
        cursor.execute("BEGIN")
        for row in rows:
            texts = [row.words(column) for column in COLUMNS]
            plain = [" ".join(row.plain[column]) for column in PREFIXED]
            marks = ", ".join("?" * (len(texts) + len(plain) + 3))
            cursor.execute(
                f"INSERT INTO fts (rowid, {', '.join((*COLUMNS, *PLAIN))}, tags, mentions) VALUES ({marks})",
                [row.key, *texts, *plain, " ".join(row.tags), " ".join(row.mentions)],
            )
            cursor.execute("INSERT INTO document VALUES (?, ?, ?)", [row.key, row.quality, row.name])
            cursor.executemany(
                "INSERT INTO tag VALUES (?, ?)", [(row.key, self.values.number(*pair)) for pair in row.values]
            )
        cursor.execute("COMMIT")
        self.connection.executescript(
            "CREATE INDEX tag_value ON tag (value, doc); CREATE INDEX best ON document (quality DESC, name);"
            "INSERT INTO fts (fts) VALUES ('optimize'); ANALYZE;"
        )

    def answer(self, case: Case, query: Query) -> Answer:
        """The twenty best by bm25 (the best known, for no words), the total, and the counts."""
        if query.positive:
            hits = f"SELECT rowid AS doc, bm25(fts, {WEIGHTS}) AS score FROM fts WHERE fts MATCH :match"
        else:
            hits = "SELECT doc, -quality AS score FROM document"
        sql = statement(hits, self.values.chosen(case.state.chosen), self.values)
        parameters = {"match": expression(query)} if query.positive else {}
        return self.values.answer(self.connection.execute(sql, parameters))


def expression(query: Query) -> str:
    """The query in FTS5's language."""
    return " AND ".join(f"({_part(part)})" for part in query.positive)


def _part(part: Positive) -> str:
    if isinstance(part, Word):
        return _any(part.terms)
    if isinstance(part, Prefix):
        return f'{{{" ".join(PLAIN)}}} : "{part.word.plain}" * OR {_any(part.word.terms)}'
    if isinstance(part, Phrase):
        runs = {run for reading in part.readings for run in itertools.product(*reading)}
        return " OR ".join(f'"{" ".join(run)}"' for run in sorted(runs))
    return _concept(part)


def _concept(group: ConceptGroup) -> str:
    named = [f'"{concept_term(facet + ":" + value)}"' for facet, value in group.concepts]
    spelt = [" AND ".join(f"({_any(terms)})" for terms in label) for label in group.labels]
    spelt.append(" AND ".join(f"({_any(word.terms)})" for word in group.words))
    return " OR ".join([*named, *(f"({each})" for each in dict.fromkeys(spelt))])


def _any(terms: Iterable[str]) -> str:
    return " OR ".join(f'"{term}"' for term in sorted(terms))
