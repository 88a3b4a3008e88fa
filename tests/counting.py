"""Owns how often something asks the database: a number that may not grow with what it shows."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def asked_by(run: Callable[[], object]) -> int:
    """How many queries it takes."""
    with CaptureQueriesContext(connection) as queries:
        run()
    return len(queries)


def queries_of(client: Client, path: str) -> int:
    """What a page asks once it was read before: the first visit in a process reads what it keeps."""
    assert client.get(path).status_code == 200
    return asked_by(lambda: client.get(path))
