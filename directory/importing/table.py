"""Owns what a file is once it is read: columns, rows with their line numbers, problems, and the limits."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from directory.sentences import Sentence
from directory.sentences import Sentence as _

MAX_BYTES = 50 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 100
MAX_CELL = 20_000
_SHOWN = 60


class FileRefused(Exception):
    """The file cannot be used at all; `why` is fit for a person."""

    def __init__(self, why: Sentence) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row, or worth knowing about it: where, what, and why in plain words.

    `code` is what problems are counted by; `value` is shortened and `reason` is a whole sentence.
    """

    line: int
    column: str
    value: str
    reason: Sentence
    code: str

    def __str__(self) -> str:
        where = str(_("Line %(line)s") % {"line": self.line})
        return f"{where}, {self.column}: {self.reason}" if self.column else f"{where}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line on which it begins in the file, from 1, and its cells in the order of the columns."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A file as it was read. `problems` are rows that could not be read, or were read with a doubt."""

    columns: tuple[str, ...]
    rows: Sequence[Row]
    problems: Sequence[Problem] = field(default_factory=tuple)


def shortened(value: str) -> str:
    """The value as a report shows it: one line, at most 60 characters.

    >>> shortened("a\\nb")
    'a b'
    """
    line = " ".join(value.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def column_key(name: str) -> str:
    """The form in which names of columns are compared: capitals and spaces do not matter.

    >>> column_key("  Post  Code ")
    'post code'
    """
    return unicodedata.normalize("NFC", " ".join(name.split()).casefold())


def as_table(records: Iterable[tuple[int, list[str]]], problems: list[Problem]) -> Table:
    """The table of these records, the first of which is the header. Empty records are left out.

    `problems` are those of reading; those of rows that do not fit the header are added to them.

    :raises FileRefused: if there is no header, or a limit is passed.
    """
    filled = (record for record in records if any(cell.strip() for cell in record[1]))
    header = next(filled, None)
    if header is None:
        raise FileRefused(_("The file is empty: it has no line with the names of the columns."))
    columns = _columns(header[1])
    rows: list[Row] = []
    for count, (line, cells) in enumerate(filled, start=1):
        if count > MAX_ROWS:
            raise FileRefused(
                _("The file has more than %(limit)s rows. Split it and import the parts one by one.")
                % {"limit": MAX_ROWS}
            )
        row = _row(line, cells, len(columns), problems)
        if row is not None:
            rows.append(row)
    return Table(columns, rows, tuple(problems))


def _columns(cells: Sequence[str]) -> tuple[str, ...]:
    names = [" ".join(cell.split()) for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > MAX_COLUMNS:
        raise FileRefused(_("The file has more than %(limit)s columns.") % {"limit": MAX_COLUMNS})
    keys = [column_key(name) for name in names if name]
    twice = sorted({shortened(key) for key in keys if keys.count(key) > 1})
    if twice:
        raise FileRefused(
            _("Several columns have the same name: %(names)s. Give each column its own name.")
            % {"names": ", ".join(twice)}
        )
    return tuple(names)


def _row(line: int, cells: list[str], width: int, problems: list[Problem]) -> Row | None:
    if any(cell.strip() for cell in cells[width:]):
        reason = _(
            "The row has %(cells)s cells, the header %(columns)s: is there a delimiter in a text without "
            "quotation marks? The row was left out."
        )
        problems.append(Problem(line, "", "", reason % {"cells": len(cells), "columns": width}, "cells"))
        return None
    too_long = next((cell for cell in cells if len(cell) > MAX_CELL), None)
    if too_long is not None:
        reason = _("A cell has %(length)s characters; at most %(limit)s are read. The row was left out.")
        lengths = {"length": len(too_long), "limit": MAX_CELL}
        problems.append(Problem(line, "", shortened(too_long), reason % lengths, "cell"))
        return None
    return Row(line, tuple(cells[:width]) + ("",) * (width - len(cells)))
