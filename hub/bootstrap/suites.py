"""Owns the runs of tests and measurements: on SQLite, then on PostgreSQL; and what could not run here."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

from .console import call, say
from .postgres import temporary_server
from .probes import initdb, missing

NO_TESTS = 5  # pytest's exit code when nothing was selected
PROVE = ("-m", "prove")
# Each core takes the next tests off one line, so those that empty the tables still come last on every core.
# In Playwright's stack Python 3.11 cannot always read the source for a longer account of what failed.
EVERY_CORE = ("-n", "auto", "--dist", "load", "--tb", "native")


def test(python: Path, options: Sequence[str]) -> int:
    """The tests on SQLite and, where a server can be had, again on PostgreSQL; `options` go to pytest."""
    say("Tests on SQLite")
    code = call([python, "-m", "pytest", *EVERY_CORE, *options])
    if code in (0, NO_TESTS):
        with _postgres() as url:
            if url:
                say("\nThe tests that use a database, again on PostgreSQL")
                second = call([python, "-m", "pytest", *EVERY_CORE, *options], env={"TEST_DATABASE_URL": url})
                code = code if second == NO_TESTS else second
    else:
        say("Not run on PostgreSQL, because the tests on SQLite failed.")
    return _closing(code, options)


@contextmanager
def _postgres(variable: str = "TEST_POSTGRES_URL") -> Iterator[str]:
    """The URL of the server that a variable names, or of one of our own; empty without either."""
    named, program = os.environ.get(variable, ""), initdb()
    with nullcontext(named) if named or not program else temporary_server(program) as url:
        yield url


def bench(python: Path, options: Sequence[str]) -> int:
    """The measurements, on PostgreSQL too where a server can be had; `options` go to benchmarks/run.py."""
    with _postgres("BENCH_POSTGRES_URL") as url:
        env = {"BENCH_POSTGRES_URL": url} if url else {}
        return call([python, "-m", "benchmarks.run", *options], env=env)


def _closing(code: int, options: Sequence[str]) -> int:
    absent = missing()
    for part in absent:
        say(f"Not run - {part}")
    if not set(PROVE) <= set(options):
        say("Not run - slow proofs (faults, load, full matrix); to run them: make prove")
    if any(part.can_be_installed for part in absent) and os.environ.get("HUB_SKIP_NOTHING"):
        return code or 1
    return code
