"""Owns the proof that the tests' database lets a last request end before the tables are emptied."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.db.backends.utils import CursorWrapper

from hub.models import Region
from tests.directory.builders import make_region


def half_read() -> CursorWrapper:
    """What a request has open that is still being answered: a table of which it has read the first row."""
    cursor = connection.cursor()
    cursor.execute("SELECT id FROM hub_region UNION ALL SELECT id FROM hub_region")
    assert cursor.fetchone()
    return cursor


@pytest.mark.django_db(transaction=True)
def test_rows_can_go_while_another_thread_still_reads_them() -> None:
    make_region("kent")
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(half_read).result()
        try:
            Region.objects.all().delete()
        finally:
            pool.submit(lambda: (reading.close(), connection.close())).result()

    assert not Region.objects.exists()
