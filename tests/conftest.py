"""Owns what every test relies on: no network, memory mail, own files; what is left out; a last word."""

import gc
import os
import socket
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, connections
from django.test import override_settings
from django.utils import translation
from hypothesis import settings as settings_of_properties

from hub.bootstrap.probes import chromium, data_folder
from hub.site.messages import compile_messages

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)

# Playwright keeps an event loop in the thread of the tests; Django would refuse them its database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# A machine that is busy is no fault of the code.
settings_of_properties.register_profile("hub", deadline=None)
settings_of_properties.load_profile("hub")

# What runs once, on SQLite: it asks no database, or not a database's behaviour.
ONCE = ("pure", "browser", "package")
TRANSACTIONAL = ("transactional_db", "live_server")


def pytest_configure(config: pytest.Config) -> None:
    compile_messages(ROOT)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    kept: list[pytest.Item] = []
    dropped: list[pytest.Item] = []
    for item in items:
        _mark(item)
        (kept if _belongs_here(item, config) else dropped).append(item)
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = kept


@pytest.hookimpl(tryfirst=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    # After every sorting of others, by fixtures too, and before the cores are told what there is: a test
    # that rolls back needs the tables as migrated.
    session.items.sort(key=_empties_the_tables)
    _settle()


def _settle() -> None:
    """Takes all objects that are there now out of the collector's rounds: they stay until the run ends."""
    # Looking through every module and model again and again took a twentieth of the time and more.
    gc.collect()
    gc.freeze()


def _empties_the_tables(item: pytest.Item) -> bool:
    database = item.get_closest_marker("django_db")
    return bool(database and database.kwargs.get("transaction"))


def _mark(item: pytest.Item) -> None:
    fixtures: list[str] = getattr(item, "fixturenames", [])
    if "playwright" in fixtures:  # a page or a browser of its; others may have parameters of these names
        item.add_marker("browser")
    if item.get_closest_marker("browser") and not chromium():
        item.add_marker(pytest.mark.skip(reason="chromium is not installed"))
    if item.get_closest_marker("real_data") and data_folder() is None:
        item.add_marker(pytest.mark.skip(reason="the open data (HUB_DATA_DIR) are not here"))
    database = item.get_closest_marker("django_db")
    if database and item.get_closest_marker("pure"):
        raise pytest.UsageError(f"{item.nodeid} is marked as pure and asks for a database.")
    asked = dict(database.kwargs) if database else {}
    if asked.get("transaction") or any(each in fixtures for each in TRANSACTIONAL):
        # Emptying the tables afterwards also takes what migrations put there: the locale, the root page.
        # As a marker, not as a fixture: pytest-django keeps the contents only for markers that ask for it.
        kept = asked | {"transaction": True, "serialized_rollback": True}
        item.add_marker(pytest.mark.django_db(**kept), append=False)


def _belongs_here(item: pytest.Item, config: pytest.Config) -> bool:
    if item.get_closest_marker("real_data") and data_folder() is None and nothing_is_skipped():
        return False
    if item.get_closest_marker("prove") and "prove" not in config.option.markexpr:
        return False
    if on_postgres():
        return not any(item.get_closest_marker(name) for name in ONCE)
    return item.get_closest_marker("postgres") is None


def nothing_is_skipped() -> bool:
    """In continuous integration; there, what must not be in the repository is left out without a word."""
    return bool(os.environ.get("HUB_SKIP_NOTHING"))


def on_postgres() -> bool:
    """Whether this run uses PostgreSQL; otherwise it is SQLite."""
    return bool(settings.DATABASES["default"]["ENGINE"].endswith("postgresql"))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """With HUB_SKIP_NOTHING (continuous integration) a test that did not run is a failure."""
    reporter: Any = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter and reporter.stats.get("skipped")
    if nothing_is_skipped() and skipped and not session.exitstatus:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """How many cells of the access matrix were asked: each share recorded its own, on whichever core."""
    told = [dict(report.user_properties) for report in terminalreporter.getreports("passed")]
    shares = [properties for properties in told if "cells" in properties]
    if shares:
        cells, seconds = (sum(share[what] for share in shares) for what in ("cells", "seconds"))
        terminalreporter.write_line(
            f"{cells:,} cells of the access matrix stand, by {seconds:,.0f} s of asking on all cores together"
        )


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """On SQLite each run and core has a file of its own, which nobody waits to see written to the disk."""
    default: dict[str, Any] = settings.DATABASES[DEFAULT_DB_ALIAS]
    if not on_postgres():
        default["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "hub.sqlite3")
        default["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Lets every connection know what migrations put into the database, also one inside an event loop."""
    # Playwright keeps a loop running, and Django opens connections of its own in one: they would not know.
    default: Any = connections[DEFAULT_DB_ALIAS]
    contents = getattr(default, "_test_serialized_contents", "")
    if contents:
        type(default)._test_serialized_contents = contents
    _settle()


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Connections leave this machine in no test; a try is an error that names the address."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _local_only(getattr(socket.socket, name)))
        yield


def _local_only(connect: Any) -> Any:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family != getattr(socket, "AF_UNIX", None) and address[0] not in (
            "127.0.0.1",
            "::1",
            "localhost",
        ):
            raise AssertionError(f"A test tried to reach {address}; the network is off in tests.")
        return connect(self, address)

    return guarded


@pytest.fixture(scope="session", autouse=True)
def _own_files() -> Iterator[None]:
    """Uploads of a run go to a folder of its own and are gone after it."""
    with (
        tempfile.TemporaryDirectory(prefix="hub-test-media-") as folder,
        override_settings(MEDIA_ROOT=f"{folder}/media", DOCUMENT_ROOT=f"{folder}/documents"),
    ):
        yield


@pytest.fixture(autouse=True)
def _fresh_start() -> Iterator[None]:
    """No test sees the cache (Wagtail keeps sites in it) or the language of the one before."""
    cache.clear()
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.deactivate()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The clock stands still at `NOW`; `clock.shift(60)` moves it on by a minute."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's chromium, as root and without a word to anybody."""
    return {
        "executable_path": chromium(),
        "headless": True,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
        ],
    }
