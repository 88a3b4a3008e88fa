"""Owns how our own search is asked, filled and emptied by a benchmark."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

from directory.presenting.cards import FirmCard, cards
from search import registry
from search.concepts import Lexicon
from search.faceted import FacetedSearch
from search.labels import Labels
from search.models import Content, Document, Posting, SearchIndex
from search.postings import Field
from search.query import Query, parse
from search.rebuild import rebuild
from search.records import unpack
from search.snapshot import snapshots

from .answers import FACETS, Answer, Case

INDEX = "firms"
LANGUAGE = "en"


class Engine:
    """The register's search on the database in use."""

    def __init__(self) -> None:
        self.search: FacetedSearch = registry.get(INDEX)

    def rebuild(self) -> None:
        """Indexes everything, end to end: from the register's rows to an index that answers."""
        rebuild(INDEX)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")

    def answer(self, case: Case) -> Answer:
        """What visitors get, without what is written around it."""
        results = self.search.search(case.state, typing=case.typing)
        return Answer(tuple(hit.key for hit in results.hits), results.total, results.counts)

    def cold(self, case: Case) -> Answer:
        """The first answer of a process that holds a connection and nothing of the index."""
        snapshots.clear()
        return self.answer(case)

    def parsed(self, case: Case) -> Query:
        """The query with the terms that the limits are given."""
        return parse(case.state.text, self.lexicon(), case.typing)

    def lexicon(self) -> Lexicon:
        """What words can name, as the index keeps it."""
        kept = SearchIndex.objects.get(name=INDEX).lexicon
        return Labels.loads(self.search.facets, kept).lexicon

    def page(self, case: Case) -> Sequence[FirmCard]:
        """The answer with its twenty cards as the page shows them, what was found in them marked."""
        hits = self.search.search(case.state, typing=case.typing).hits
        return cards(self.search, hits, self.search.highlighter(case.state), LANGUAGE)

    def posting_bytes(self) -> int:
        """How much the terms and bitmaps of the index are, without what the database adds."""
        generation = SearchIndex.objects.get(name=INDEX).generation
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT sum(length(documents) + length(term) + length(line)) FROM {Posting._meta.db_table}"
                " WHERE generation = %s",
                [generation],
            )
            return int(cursor.fetchone()[0])

    def kept(self) -> Iterator[tuple[int, str, int, str]]:
        """Key, name, quality and words of every firm, as the index keeps them."""
        generation = SearchIndex.objects.get(name=INDEX).generation
        records = Document.objects.filter(generation=generation, gone=False).values_list("number", "record")
        known = {number: unpack(bytes(record))[0] for number, record in records.iterator()}
        shared_lines = Posting.objects.filter(generation=generation, field=Field.LINE)
        lines = dict(shared_lines.values_list("term", "line"))
        contents = Content.objects.filter(generation=generation)
        for number, words, terms, card in contents.values_list("number", "words", "terms", "card").iterator():
            record = known[number]
            shared, *others = terms.split("\n")
            whole = "\n".join([words, *(lines[term] for term in shared[2:].split()), *others])
            yield int(record["key"]), json.loads(card)["name"], int(record["quality"]), whole

    def counted(self, answer: Answer) -> dict[str, Any]:
        """Sizes of the facets, for the report."""
        return {facet: len(answer.counts.get(facet, {})) for facet in FACETS}
