"""Owns how often a page asks the database: a number that may not grow with what the page shows."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def queries_of(client: Client, path: str) -> int:
    """What a page asks once it was read before: the first visit in a process reads what it keeps."""
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)
