"""Owns what a search library gets: tantivy with one field per column and plain terms aggregations."""

import itertools
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Query

from benchmarks.answers import FACETS, PAGE, Answer, Case, grouped
from search.query import ConceptGroup, Phrase, Positive, Prefix, Word
from search.query import Query as Asked

from .feed import COLUMNS, PREFIXED, Row, concept_term

BOOSTS = dict(zip(COLUMNS, (8.0, 4.0, 4.0, 2.0, 1.0), strict=True))
HEAP = 512_000_000  # bytes; with one thread and one commit it gives one segment
MOST_VALUES = 1_000


class TantivyIndex:
    """The index in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("key", fast=True)
        builder.add_unsigned_field("quality", fast=True)
        for column in COLUMNS:
            builder.add_text_field(column, tokenizer_name="terms")
        for column in (*(f"{column}_plain" for column in PREFIXED), "tags", "mentions"):
            builder.add_text_field(column, tokenizer_name="terms", index_option="basic")
        for facet in FACETS:
            builder.add_text_field(facet, fast=True, tokenizer_name="raw", index_option="basic")
        self.schema = builder.build()
        folder.mkdir()
        self.index = tantivy.Index(self.schema, path=str(folder))
        whitespace = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self.index.register_tokenizer("terms", whitespace)

    def fill(self, rows: Iterable[Row]) -> None:
        """Indexes everything."""
        writer = self.index.writer(heap_size=HEAP, num_threads=1)
        for row in rows:
            document = tantivy.Document()
            document.add_unsigned("key", row.key)
            document.add_unsigned("quality", row.quality)
            for column in COLUMNS:
                document.add_text(column, row.words(column))
            for column in PREFIXED:
                document.add_text(f"{column}_plain", " ".join(row.plain[column]))
            document.add_text("tags", " ".join(row.tags))
            document.add_text("mentions", " ".join(row.mentions))
            for facet, value in row.values:
                document.add_text(facet, value)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def answer(self, case: Case, query: Asked) -> Answer:
        """The twenty best by BM25 (the best known, for no words), the total, and the counts."""
        asked = self._query(query)
        filters = {facet: self._filter(facet, values) for facet, values in case.state.chosen.items()}
        whole = _filtered(asked, filters.values())
        order = None if query.positive else "quality"
        found: Any = self.searcher.search(whole, limit=PAGE, order_by_field=order)
        keys: Any = self.searcher.fast_field_values("key", [address for _score, address in found.hits])
        counts = self._counts(whole, [facet for facet in FACETS if facet not in filters])
        for facet in filters:
            others = [each for name, each in filters.items() if name != facet]
            counts += self._counts(_filtered(asked, others), [facet])
        return Answer(tuple(keys), int(found.count), grouped(counts))

    def _counts(self, query: Query, facets: list[str]) -> list[tuple[str, str, int]]:
        wanted = {facet: {"terms": {"field": facet, "size": MOST_VALUES}} for facet in facets}
        given: dict[str, Any] = self.searcher.aggregate(query, wanted)
        return [
            (facet, bucket["key"], int(bucket["doc_count"]))
            for facet in facets
            for bucket in given[facet]["buckets"]
        ]

    def _filter(self, facet: str, values: Iterable[str]) -> Query:
        # Not a term_set_query, which spends half a millisecond on an automaton.
        terms = (Query.term_query(self.schema, facet, value, "basic") for value in sorted(values))
        return Query.const_score_query(_any(terms), 0.0)

    def _query(self, query: Asked) -> Query:
        if not query.positive:
            return Query.all_query()
        return _all(self._part(part) for part in query.positive)

    def _part(self, part: Positive) -> Query:
        if isinstance(part, Word):
            return self._word(part.terms)
        if isinstance(part, Prefix):
            fields = (f"{column}_plain" for column in PREFIXED)
            begins = (Query.regex_query(self.schema, name, f"{part.word.plain}.*") for name in fields)
            return _any([self._word(part.word.terms), *begins])
        if isinstance(part, Phrase):
            return self._phrase(part)
        return self._concept(part)

    def _word(self, terms: Iterable[str]) -> Query:
        return _any(
            Query.boost_query(Query.term_query(self.schema, column, term), BOOSTS[column])
            for column in COLUMNS
            for term in sorted(terms)
        )

    def _phrase(self, phrase: Phrase) -> Query:
        runs = {run for reading in phrase.readings for run in itertools.product(*reading)}
        return _any(
            Query.boost_query(Query.phrase_query(self.schema, column, list(run)), BOOSTS[column])
            for column in COLUMNS
            for run in sorted(runs)
        )

    def _concept(self, group: ConceptGroup) -> Query:
        named = [concept_term(f"{facet}:{value}") for facet, value in group.concepts]
        marked = [
            Query.term_query(self.schema, column, term, "basic")
            for column in ("tags", "mentions")
            for term in named
        ]
        spelt = [_all(self._word(terms) for terms in label) for label in group.labels]
        return _any([*marked, *spelt, _all(self._word(word.terms) for word in group.words)])


def _any(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _all(queries: Iterable[Query]) -> Query:
    required = list(queries)
    return (
        required[0]
        if len(required) == 1
        else Query.boolean_query([(Occur.Must, query) for query in required])
    )


def _filtered(query: Query, filters: Iterable[Query]) -> Query:
    return _all([query, *filters])
