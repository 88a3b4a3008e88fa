"""Owns what the tests of a whole module read: made once, and as it was again for each of them."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from pytest_django import DjangoDbBlocker


def made_once(make: Callable[[], object]) -> Any:
    """A fixture for a module: what `make` puts into the database, and what `make` answers.

    What a test changes is rolled back to it: its transaction lies in this one. Objects in the answer would
    keep what a test did to them, so tests read their own. It is there until the module ends, so a test that
    needs the tables without it has its place in another module.
    """

    @pytest.fixture(scope="module")
    def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[object]:
        block: Any = transaction.atomic()
        block._from_testcase = True  # as around Django's own tests: what has to be outermost may begin in it
        with django_db_blocker.unblock(), block:
            cache.clear()  # Wagtail keeps sites in it: those of the test before are no more.
            yield make()
            transaction.set_rollback(True)

    return made
