"""Owns how the text of a delimited file is decoded and cut into records. Pure: bytes in, records out."""

import codecs
import csv
import io
from collections.abc import Iterator

from directory.sentences import Sentence as _

from .table import FileRefused, Problem, shortened

_DELIMITERS = (",", ";", "\t")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 4_096


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or Windows-1252, with or without a byte order mark.

    :raises FileRefused: if it is no text.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _text(content[len(mark) :].decode(encoding, errors="replace"))
    sample = content[:_SAMPLE]
    # Half of the bytes of European text in UTF-16 are NUL, and it is always the same half.
    if sample[1::2].count(0) > len(sample) // 5:
        return _text(content.decode("utf-16-le", errors="replace"))
    if sample[0::2].count(0) > len(sample) // 5:
        return _text(content.decode("utf-16-be", errors="replace"))
    return _text(_eight_bit(content))


def _eight_bit(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        lenient = content.decode("utf-8", errors="replace")
    # One broken byte in a long UTF-8 file must not turn all its accents into two letters each.
    broken = lenient.count("\ufffd")
    sound = sum(char > "\x7f" for char in lenient) - broken
    return lenient if sound > 4 * broken else content.decode("cp1252", errors="replace")


def _text(text: str) -> str:
    if "\0" in text:
        raise FileRefused(
            _("This is neither an Excel workbook (.xlsx) nor a text file with delimiters (.csv).")
        )
    return text


def delimiter_of(text: str) -> str:
    """The delimiter among comma, semicolon and tab that cuts the first lines into most columns, evenly.

    >>> delimiter_of("name;town\\nA, B and C;Gent")
    ';'
    """
    lines = text[: 16 * _SAMPLE].splitlines()[:20]
    return max(_DELIMITERS, key=lambda delimiter: _evenness(lines, delimiter))


def _evenness(lines: list[str], delimiter: str) -> tuple[bool, int, int]:
    widths: list[int] = []
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            record = next(reader)
        except StopIteration:
            break
        except csv.Error:
            continue
        if any(record):
            widths.append(len(record))
    columns = widths[0] if widths else 0
    return columns > 1, widths.count(columns) if columns > 1 else 0, columns


class _Lines:
    """The lines of a text; reading can go back to any of them."""

    def __init__(self, text: str) -> None:
        self._lines = list(io.StringIO(text, newline=""))
        self.at = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.at >= len(self._lines):
            raise StopIteration
        self.at += 1
        return self._lines[self.at - 1]

    def line(self, number: int) -> str:
        return self._lines[number]


def records(text: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Each record with the number of the line on which it begins.

    A record whose quotation marks do not pair up is read again as one line, marks taken as they stand; if
    that does not give as many cells as the header has, it is left out with a problem. Then reading goes on
    with the next line: a forgotten quotation mark never swallows the rows after it.
    """
    lines = _Lines(text)
    delimiter = delimiter_of(text)
    width = 0
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        start = lines.at
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error:
            record = _as_one_line(lines.line(start), delimiter)
            lines.at = start + 1
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            if len(record) != (width or len(record)):
                problems.append(_unpaired(start + 1, lines.line(start)))
                continue
        width = width or len(record)
        if 0 < len(record) < width:
            problems.append(_short(start + 1, record, width))
        yield start + 1, record


def _as_one_line(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _short(line: int, record: list[str], width: int) -> Problem:
    reason = _("The row has %(cells)s cells, the header %(columns)s. The missing ones count as empty.")
    numbers = {"cells": len(record), "columns": width}
    return Problem(line, "", shortened(record[0]), reason % numbers, "short")


def _unpaired(line: int, text: str) -> Problem:
    reason = _(
        "The quotation marks do not pair up. Write a quotation mark inside a text twice, and one at its "
        "beginning and end. The row was left out."
    )
    return Problem(line, "", shortened(text[:200]), reason, "quotes")
