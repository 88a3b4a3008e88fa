"""Owns how the bytes of a file become rows, whatever the bytes. Pure."""

from directory.sentences import Sentence as _

from . import delimited, workbook
from .table import MAX_BYTES, FileRefused, Problem, Table, as_table

_ZIP = b"PK\x03\x04"
_GLANCE = 1 << 16
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def glance(content: bytes) -> None:
    """A first look that costs nothing: whether the file can be a table at all.

    :raises FileRefused: if it cannot; `read` finds the rest.
    """
    if not content.strip():
        raise FileRefused(_("The file is empty: it has no line with the names of the columns."))
    if content.startswith(_OLE):
        raise FileRefused(
            _(
                "This is an old Excel file (.xls) or one with a password. "
                "Save it as .xlsx without a password, or as .csv."
            )
        )
    if content.startswith(_ZIP):
        workbook.glance(content)
    else:
        delimited.decoded(content[:_GLANCE])


def read(content: bytes) -> Table:
    """The rows of a CSV file or of the first sheet of an XLSX workbook; the bytes say which, not the name.

    :raises FileRefused: with a message fit for a person; nothing else, whatever the bytes.
    """
    if len(content) > MAX_BYTES:
        raise FileRefused(
            _("The file has more than %(limit)s MB. Split it and import the parts one by one.")
            % {"limit": MAX_BYTES // (1024 * 1024)}
        )
    glance(content)
    problems: list[Problem] = []
    if content.startswith(_ZIP):
        return as_table(workbook.records(content), problems)
    return as_table(delimited.records(delimited.decoded(content), problems), problems)
