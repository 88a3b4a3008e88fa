"""Owns the download of a search: its firms in the order of the results, as CSV or as XLSX."""

import io
from collections.abc import Iterator, Sequence

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

from search.faceted import FacetedSearch
from search.state import SearchState

from .exporters import export_csv, export_xlsx, for_export
from .models import Firm

EXPORTED = 10_000  # rows at most: as many as can be looked at page by page
_CHUNK = 1_000  # firms read together


def as_csv(search: FacetedSearch, state: SearchState, language: str) -> HttpResponseBase:
    """The firms of a search as CSV, sent while they are read.

    :raises BadSearch: if the search passes a limit; nothing is sent then.
    """
    firms = _in_order(search.keys_in_order(state)[:EXPORTED])
    response = StreamingHttpResponse(export_csv(firms, language), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_name("csv")}"'
    return response


def as_xlsx(search: FacetedSearch, state: SearchState, language: str) -> HttpResponseBase:
    """The firms of a search as an Excel workbook.

    :raises BadSearch: if the search passes a limit.
    """
    book = io.BytesIO()
    export_xlsx(_in_order(search.keys_in_order(state)[:EXPORTED]), language, book)
    book.seek(0)
    return FileResponse(book, as_attachment=True, filename=_name("xlsx"))


def _in_order(keys: Sequence[int]) -> Iterator[Firm]:
    for start in range(0, len(keys), _CHUNK):
        chunk = keys[start : start + _CHUNK]
        firms = for_export(Firm.objects.filter(pk__in=chunk)).in_bulk(chunk)
        yield from (firms[key] for key in chunk if key in firms)


def _name(ending: str) -> str:
    return f"firms-{timezone.localdate():%Y-%m-%d}.{ending}"
