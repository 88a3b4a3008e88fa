"""Owns what stock Wagtail gives: `.search()`, `.facet()` for columns, GROUP BY for relations."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.db.models import Count
from wagtail.search.backends import get_search_backend
from wagtail.search.query import Phrase

from benchmarks.answers import PAGE, Answer, Case, grouped
from search.documents import Document

from .models import StockFirm, StockValue

COLUMNS = ("kind", "size", "region", "cluster")
BATCH = 500


class StockWagtail:
    """The search box and the facets of a first version. Its counts are those of the fully filtered set."""

    def __init__(self) -> None:
        self.backend = get_search_backend()
        self.index = self.backend.get_index_for_model(StockFirm)

    def fill(self, documents: Iterable[Document]) -> None:
        """Writes and indexes everything, in batches."""
        left = iter(documents)
        known: dict[tuple[str, str], int] = {}
        while batch := list(islice(left, BATCH)):
            firms = [_firm(document) for document in batch]
            StockFirm.objects.bulk_create(firms)
            _relate(batch, firms, known)
            self.index.add_items(StockFirm, firms)

    def answer(self, case: Case) -> Answer:
        """Twenty hits, the total and the counts, for a case without filters."""
        results = self._results(case)
        ids = tuple(firm.pk for firm in results[:PAGE])
        counts = [
            (column, str(value), number)
            for column in COLUMNS
            for value, number in results.facet(column).items()
            if value
        ]
        found = [firm.pk for firm in results]
        through = StockFirm.values.through.objects.filter(stockfirm__in=found)
        rows = through.values_list("stockvalue__facet", "stockvalue__slug").annotate(Count("pk")).order_by()
        return Answer(ids, results.count(), grouped([*counts, *rows]))

    def _results(self, case: Case) -> Any:
        text = case.state.text
        if case.typing:
            return self.backend.autocomplete(text, StockFirm)
        return self.backend.search(Phrase(text.strip('"')) if text.startswith('"') else text, StockFirm)


def _firm(document: Document) -> StockFirm:
    by_field: dict[str, list[str]] = {}
    for text in document.texts:
        by_field.setdefault(text.field, []).append(text.words)
    single = {column: min(document.values[column], default="") for column in COLUMNS}
    return StockFirm(
        name=document.name,
        town=document.card.get("town", ""),
        tagline=" ".join(by_field.get("tagline", ())),
        text=" ".join(by_field.get("text", ())),
        **single,
    )


def _relate(batch: list[Document], firms: list[StockFirm], known: dict[tuple[str, str], int]) -> None:
    through = StockFirm.values.through
    rows = []
    for document, firm in zip(batch, firms, strict=True):
        for facet in ("sector", "capability", "language", "offers", "looks_for"):
            for slug in sorted(document.values[facet]):
                if (facet, slug) not in known:
                    known[facet, slug] = _new_value(facet, slug)
                rows.append(through(stockfirm_id=firm.pk, stockvalue_id=known[facet, slug]))
    through.objects.bulk_create(rows)


def _new_value(facet: str, slug: str) -> int:
    value = StockValue(facet=facet, slug=slug)
    value.save()
    return int(value.pk)
