"""Owns the pages that whole modules of these tests read: made once, and as they were again for each test."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from .builders import make_site


@pytest.fixture(scope="module")
def made_site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The few pages that ship, in three languages, for every test of a module that asks for them as a whole.

    Making them takes a second. What a test changes is rolled back to them: its transaction lies in this one.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        make_site()
        yield
        transaction.set_rollback(True)
