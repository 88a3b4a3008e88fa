"""Owns the site of these tests: prepared once, a copy for each test."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import on_postgres

from .processes import Site, database_beside
from .tasks import prepare


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A hub with a few firms, which no test changes."""
    with _database(tmp_path_factory.mktemp("prepared")) as url:
        site = Site(url)
        site.do(prepare)
        yield site


@pytest.fixture
def site(prepared: Site, tmp_path: Path) -> Iterator[Site]:
    """A hub with a few firms, for one test."""
    with prepared.copy(tmp_path) as copied:
        yield copied


@contextmanager
def _database(folder: Path) -> Iterator[str]:
    if not on_postgres():
        yield f"sqlite:///{folder / 'hub.sqlite3'}"
        return
    with database_beside(os.environ["TEST_DATABASE_URL"], f"hub_faults_{os.getpid()}") as url:
        yield url
