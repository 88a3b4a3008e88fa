"""Owns how an Excel workbook is checked and read. Nothing is unpacked before its sizes are known."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice

import openpyxl

from directory.sentences import Sentence as _

from .table import MAX_COLUMNS, FileRefused

MAX_UNPACKED = 200 * 1024 * 1024
_MAX_PARTS = 2_000
# Sheets of numbers shrink 10 to 30 times; only a bomb shrinks more than this and is still big.
_MAX_RATIO = 100
_RATIO_COUNTS_FROM = 4 * 1024 * 1024
# Sheets are read as a stream; other parts are held in memory whole, at several times their size.
_MAX_WHOLE = 60 * 1024 * 1024
_PARTS = re.compile(r"\[Content_Types\]\.xml|(_rels|docProps|xl|customXml)/.*")
_XML = re.compile(r".*\.(xml|rels|vml)", re.IGNORECASE)
_CHUNK = 1 << 20
_LAST_ROW = 1_048_576  # of any sheet, says Excel


def records(content: bytes) -> list[tuple[int, list[str]]]:
    """The rows of the first sheet, each with its number and its cells as text; empty rows are left out.

    :raises FileRefused: if it is no workbook, has a password, or is too big or strange inside.
    """
    with _damage_refused():
        _check(content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and dates, which are not ours to mend
            return list(_rows(content))


def glance(content: bytes) -> None:
    """A first look at the names and sizes of the parts; nothing is unpacked.

    :raises FileRefused: if they are not those of a workbook, or too big.
    """
    with _damage_refused(), zipfile.ZipFile(io.BytesIO(content)) as archive:
        _check_parts([part for part in archive.infolist() if not part.is_dir()])


@contextmanager
def _damage_refused() -> Iterator[None]:
    try:
        yield
    except FileRefused:
        raise
    except Exception as error:  # a broken workbook makes its readers raise whatever they stumble over
        raise FileRefused(
            _("The workbook is damaged. Open it in a spreadsheet program, save it as .xlsx, and try again.")
        ) from error


def _check(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [part for part in archive.infolist() if not part.is_dir()]
        _check_parts(parts)
        for part in parts:
            if _XML.fullmatch(part.filename):
                _check_for_entities(archive, part)


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > _MAX_PARTS or len({part.filename for part in parts}) < len(parts):
        raise FileRefused(_("The workbook has too many parts, or the same one twice."))
    strange = [
        part.filename for part in parts if not _PARTS.fullmatch(part.filename) or ".." in part.filename
    ]
    if strange:
        raise FileRefused(
            _("This archive is no Excel workbook: it holds %(name)s.") % {"name": strange[0][:80]}
        )
    if any(part.flag_bits & 1 for part in parts):
        raise FileRefused(_("The workbook is protected by a password. Save it without one."))
    if sum(part.file_size for part in parts) > MAX_UNPACKED or any(_is_too_big(part) for part in parts):
        raise FileRefused(
            _(
                "The workbook would be too big once unpacked (at most %(limit)s MB). "
                "Save it as .csv, or split it."
            )
            % {"limit": MAX_UNPACKED // (1024 * 1024)}
        )


def _is_too_big(part: zipfile.ZipInfo) -> bool:
    if part.file_size > _RATIO_COUNTS_FROM and part.file_size > _MAX_RATIO * max(part.compress_size, 1):
        return True
    return part.file_size > _MAX_WHOLE and not part.filename.startswith("xl/worksheets/")


def _check_for_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """No part of a workbook declares a document type; who does so wants our files or our memory."""
    with archive.open(part) as stream:
        tail = b""
        while chunk := stream.read(_CHUNK):
            # Without NULs, so that UTF-16 cannot hide it.
            seen = tail + chunk.replace(b"\0", b"")
            if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen:
                raise FileRefused(
                    _("The workbook declares entities of its own, which no spreadsheet program does.")
                )
            tail = seen[-16:]


def _rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        if not book.worksheets:
            raise FileRefused(_("The workbook has no sheet."))
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what a sheet says of its own size is often wrong
        # One column more than allowed, so that the limit itself can say no.
        rows = sheet.iter_rows(max_col=MAX_COLUMNS + 1, values_only=True)
        for number, row in enumerate(islice(rows, _LAST_ROW), start=1):
            if row.count(None) == len(row):
                continue  # a million of these, before a row that says it is the last, are passed in a second
            cells = [_as_text(value) for value in row]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                yield number, cells
    finally:
        book.close()


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime) and (value.hour, value.minute, value.second) == (0, 0, 0):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
