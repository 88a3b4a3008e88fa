"""Owns what a request changed in the database: the tables whose rows are not what they were.

Every statement that writes is seen on its way; the rows of its table are compared with those before only
then, so that asking, which writes nothing, costs nothing.
"""

import hashlib
import re
from collections.abc import Callable
from typing import Any, Self

from django.db import connection, transaction

WRITES = re.compile(
    r'^\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"(\w+)"', re.IGNORECASE
)
# Sessions, who has an editor open, pictures in another size, and the log itself say nothing of a thing.
HARMLESS = {
    "django_session",
    "wagtailadmin_editingsession",
    "hub_site_hubrendition",
    "wagtailcore_referenceindex",
    "wagtailcore_modellogentry",
    "wagtailcore_pagelogentry",
}


class Changes:
    """Watches what is written between entering and leaving; everything must be rolled back afterwards."""

    def __init__(self) -> None:
        self.tables: frozenset[str] = frozenset()
        self._written: set[str] = set()

    def __enter__(self) -> Self:
        self._savepoint = transaction.savepoint()
        self._watch = connection.execute_wrapper(self._see)
        self._watch.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self._watch.__exit__(*error)
        after = {table: _digest(table) for table in self._written}
        transaction.savepoint_rollback(self._savepoint)
        before = {table: _digest(table) for table in self._written}
        self.tables = frozenset(table for table in after if after[table] != before[table])

    def _see(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        found = WRITES.match(sql)
        if found and found[1] not in HARMLESS:
            self._written.add(found[1])
        return execute(sql, params, many, context)


def _digest(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        rows = sorted(repr(row) for row in cursor.fetchall())
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()
