"""Owns processes of their own over a database of their own: begun, followed, killed; none of them sleeps.

They are real processes with connections of their own, and a killed one gets SIGKILL.
"""

import multiprocessing
import shutil
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import django

# A process costs milliseconds where it can be forked from one that has loaded Django, else seconds.
_FORKED = "forkserver" in multiprocessing.get_all_start_methods()
_CONTEXT = multiprocessing.get_context("forkserver" if _FORKED else "spawn")
_SECONDS = 10_000  # milliseconds for a connection of a dead process to end


class Caller:
    """The test, as a process sees it."""

    def __init__(self, ear: Connection, mouth: Connection) -> None:
        self._ear, self._mouth = ear, mouth

    def say(self, what: Any) -> None:
        """Tells the test something, and goes on."""
        self._mouth.send(("said", what))

    def hear(self) -> Any:
        """Waits for the next word of the test."""
        return self._ear.recv()

    def announce(self, execute: Callable[..., Any], *statement: Any) -> Any:
        """Sends a statement to the database once the test lets it go."""
        self._mouth.send(("statement", statement[0]))
        self._ear.recv()
        return execute(*statement)

    def end(self, how: str, what: Any) -> None:
        """Tells the test how the task ended: with an answer, or failed."""
        self._mouth.send((how, what))


# What a process does: it is given its caller and what the test passes on, and what it returns is its answer.
Task = Callable[..., Any]


class Worker:
    """A process at work, as the test sees it."""

    def __init__(
        self, site: "Site", task: Task, words: tuple[Any, ...], *, is_followed: bool = False
    ) -> None:
        self._site = site
        # Two pipes of one way each: what a dead process has said can still be heard.
        self._ear, mouth = _CONTEXT.Pipe(duplex=False)
        ear, self._mouth = _CONTEXT.Pipe(duplex=False)
        work = (site.url, Caller(ear, mouth), is_followed, task, words)
        # Whatever a test that failed left at work ends with the tests, which would wait for it for ever.
        self._process = _CONTEXT.Process(target=_work, args=work, daemon=True)
        self._process.start()
        ear.close()
        mouth.close()
        self.said: list[Any] = []
        self.statements = 0

    def tell(self, what: Any) -> None:
        """Says something to the process."""
        self._mouth.send(what)

    def hear(self) -> Any:
        """Waits for what the process says next."""
        self._until("said")
        return self.said[-1]

    def answer(self) -> Any:
        """Waits for the end of the process; its answer.

        :raises AssertionError: if it failed, with its own words.
        """
        answer = self._until("answer")
        self._process.join()
        return answer

    def kill_at(self, statement: int) -> list[Any]:
        """Kills the process while it is at its so-many-th statement, or a few further; what it had said."""
        with suppress(EOFError):  # it may come to its end before
            while self.statements < statement:
                self._take()
        self._process.kill()
        self._process.join()
        self._site.settle()
        with suppress(EOFError):  # what it still said, it said
            while True:
                self._take()
        return self.said

    def _until(self, wanted: str) -> Any:
        kind, what = self._take()
        while kind != wanted:
            kind, what = self._take()
        return what

    def _take(self) -> tuple[str, Any]:
        kind, what = self._ear.recv()
        if kind == "failed":
            raise AssertionError(what)
        if kind == "said":
            self.said.append(what)
        if kind == "statement":
            self.statements += 1
            with suppress(BrokenPipeError):  # it is dead
                self._mouth.send("go")
        return kind, what


@dataclass(frozen=True)
class Site:
    """A hub over a database that nobody else uses."""

    url: str

    def do(self, task: Task, *words: Any) -> Any:
        """Has a process of its own do something to its end; its answer."""
        return self.begin(task, *words).answer()

    def begin(self, task: Task, *words: Any) -> Worker:
        """A process that begins with something now."""
        return Worker(self, task, words)

    def followed(self, task: Task, *words: Any) -> Worker:
        """A process that sends no statement before the test lets it."""
        return Worker(self, task, words, is_followed=True)

    def statements(self, task: Task, *words: Any) -> int:
        """How many statements a process sends to do something; it is done then."""
        worker = self.followed(task, *words)
        worker.answer()
        return worker.statements

    def settle(self) -> None:
        """Waits until the database has noticed that processes are dead."""
        if self.url.startswith("postgres"):
            # It notices when it next writes to them; what they were at is rolled back.
            _ask(
                self.url,
                f"SELECT pg_terminate_backend(pid, {_SECONDS}) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()",
            )

    @contextmanager
    def copy(self, folder: Path) -> Iterator["Site"]:
        """Another site that begins as this one is now; gone after the block."""
        if not self.url.startswith("postgres"):
            file = folder / "copy.sqlite3"
            shutil.copy(urlsplit(self.url).path, file)
            yield Site(f"sqlite:///{file}")
            return
        with database_beside(self.url, f"copy_of_{_name(self.url)}", template=_name(self.url)) as url:
            yield Site(url)


@contextmanager
def database_beside(url: str, name: str, template: str = "template1") -> Iterator[str]:
    """A database of PostgreSQL on the server that a URL names, gone after the block."""
    server = _named(url, "postgres")
    _ask(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    # A connection that a thread has left behind would keep the template from being copied.
    _ask(
        server,
        f"SELECT pg_terminate_backend(pid, {_SECONDS}) FROM pg_stat_activity "
        f"WHERE datname = '{template}' AND usename = current_user",
    )
    _ask(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield _named(url, name)
    finally:
        _ask(server, f"DROP DATABASE {name} WITH (FORCE)")


def _ask(url: str, question: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(question)


def _name(url: str) -> str:
    return urlsplit(url).path.strip("/")


def _named(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _work(url: str, caller: Caller, is_followed: bool, task: Task, words: tuple[Any, ...]) -> None:
    """The whole life of a process."""
    django.setup()
    from django.db import connection, connections

    from hub.site.settings.base import database

    connections.settings["default"] |= database(url)
    del connections["default"]
    try:
        with connection.execute_wrapper(caller.announce) if is_followed else nullcontext():
            answer = task(caller, *words)
        connections.close_all()
        caller.end("answer", answer)
    except BaseException:
        caller.end("failed", traceback.format_exc())


if _FORKED:
    _CONTEXT.set_forkserver_preload(["tests.faults.ready"])  # type: ignore[attr-defined]
