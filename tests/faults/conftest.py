"""Owns the site of these tests: prepared once, a copy for each test."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.conftest import on_postgres

from .processes import Site, database_beside
from .tasks import prepare


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "prepared" in getattr(item, "fixturenames", ()):
            # Otherwise nobody makes the tests' own database where only these tests are run.
            item.add_marker("django_db")


@pytest.fixture(scope="session")
def prepared(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A hub with a few firms, which no test changes."""
    with _migrated(tmp_path_factory.mktemp("prepared"), django_db_blocker) as url:
        site = Site(url)
        site.do(prepare)
        yield site


@pytest.fixture
def site(prepared: Site, tmp_path: Path) -> Iterator[Site]:
    """A hub with a few firms, for one test."""
    with prepared.copy(tmp_path) as copied:
        yield copied


@contextmanager
def _migrated(folder: Path, blocker: DjangoDbBlocker) -> Iterator[str]:
    """A copy of the tests' own database as it was migrated: migrating one takes a quarter of a minute.

    Nothing else is in it: these tests come before those that empty the tables, and all others roll back.
    """
    file = folder / "hub.sqlite3"
    with blocker.unblock():
        if not on_postgres():
            connection.cursor().execute("VACUUM INTO %s", [str(file)])
        connection.close()  # in PostgreSQL, who is in a database keeps it from being copied
    if not on_postgres():
        yield f"sqlite:///{file}"
        return
    name, template = f"hub_faults_{os.getpid()}", connection.settings_dict["NAME"]
    with database_beside(os.environ["TEST_DATABASE_URL"], name, template=template) as url:
        yield url
