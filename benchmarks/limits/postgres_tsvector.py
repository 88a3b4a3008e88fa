"""Owns what a careful SQL writer gets from PostgreSQL: tsvector and GIN, and one table of facet values."""

from collections.abc import Iterable

from django.db import connection

from benchmarks.answers import Answer, Case
from search.query import ConceptGroup, Phrase, Positive, Prefix, Query, Word

from .feed import COLUMNS, PREFIXED, Row, concept_term
from .statement import Values, statement

LETTERS = dict(zip(COLUMNS, "ABBCD", strict=True))
APART = 10  # places between two texts


class PostgresTsvector:
    """The index in the benchmark's own database, in the schema `limits`."""

    def __init__(self) -> None:
        self.values = Values()
        with connection.cursor() as cursor:
            # As its writer would set them: just-in-time compilation costs more than such a query takes.
            cursor.execute(
                """
                SET jit = off; SET work_mem = '64MB'; CREATE SCHEMA limits; SET search_path = public, limits;
                CREATE UNLOGGED TABLE limits.document (
                    doc int PRIMARY KEY, quality int, name text, words tsvector
                );
                CREATE UNLOGGED TABLE limits.tag (doc int, value int);
                """
            )

    def fill(self, rows: Iterable[Row]) -> None:
        """Indexes everything, then gives the planner its statistics."""
        tags: list[tuple[int, int]] = []
        with connection.cursor() as cursor:
            with cursor.copy("COPY limits.document FROM STDIN") as copy:
                for row in rows:
                    copy.write_row((row.key, row.quality, row.name, vector(row)))
                    tags += [(row.key, self.values.number(*pair)) for pair in row.values]
            with cursor.copy("COPY limits.tag FROM STDIN") as copy:
                for tag in tags:
                    copy.write_row(tag)
            cursor.execute(
                "ALTER TABLE limits.tag ADD PRIMARY KEY (doc, value);"
                "CREATE INDEX ON limits.tag (value, doc);"
                "CREATE INDEX ON limits.document USING gin (words) WITH (fastupdate = off)"
            )
            cursor.execute("VACUUM ANALYZE limits.document")
            cursor.execute("VACUUM ANALYZE limits.tag")

    def answer(self, case: Case, query: Query) -> Answer:
        """The twenty best by ts_rank (the best known, for no words), the total, and the counts."""
        if query.positive:
            hits = (
                # A literal, twice: joined in, it would be unknown to the planner, which would read every row.
                "SELECT doc, -ts_rank('{0.1, 0.2, 0.4, 1}', words, CAST(%(asked)s AS tsquery)) AS score"
                " FROM document WHERE words @@ CAST(%(asked)s AS tsquery)"
            )
        else:
            hits = "SELECT doc, -quality AS score FROM document"
        sql = statement(hits, self.values.chosen(case.state.chosen), self.values)
        with connection.cursor() as cursor:
            cursor.execute(sql, {"asked": expression(query)} if query.positive else None)
            return self.values.answer(cursor.fetchall())


def vector(row: Row) -> str:
    """A row as the text of a tsvector; several terms may stand at one place."""
    lexemes: dict[str, list[str]] = {}
    place = 1
    for column in COLUMNS:
        for text in row.columns[column]:
            for terms in text:
                for term in set(terms):
                    lexemes.setdefault(term, []).append(f"{place}{LETTERS[column]}")
                place += 1
            place += APART
    for column in PREFIXED:
        for term in row.plain[column]:
            lexemes[f"p_{term}"] = [f"1{LETTERS[column]}"]
    lexemes.update({term: ["1D"] for term in row.mentions})
    lexemes.update({term: ["1B"] for term in row.tags})
    return " ".join(f"'{lexeme}':{','.join(places)}" for lexeme, places in lexemes.items())


def expression(query: Query) -> str:
    """The query in the language of tsquery."""
    return " & ".join(f"({_part(part)})" for part in query.positive)


def _part(part: Positive) -> str:
    if isinstance(part, Word):
        return _any(part.terms)
    if isinstance(part, Prefix):
        return f"'p_{part.word.plain}':* | {_any(part.word.terms)}"
    if isinstance(part, Phrase):
        readings = (" <-> ".join(f"({_any(terms)})" for terms in reading) for reading in part.readings)
        return " | ".join(f"({reading})" for reading in dict.fromkeys(readings))
    return _concept(part)


def _concept(group: ConceptGroup) -> str:
    named = [f"'{concept_term(facet + ':' + value)}'" for facet, value in group.concepts]
    spelt = [" & ".join(f"({_any(terms)})" for terms in label) for label in group.labels]
    spelt.append(" & ".join(f"({_any(word.terms)})" for word in group.words))
    return " | ".join([*named, *(f"({each})" for each in dict.fromkeys(spelt))])


def _any(terms: Iterable[str]) -> str:
    return " | ".join(f"'{term}'" for term in sorted(terms))
