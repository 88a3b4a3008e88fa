"""Owns the server that is measured, gunicorn with two workers, and the small client beside it."""

import http.client
import itertools
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

WORKERS = 2
CLIENTS = 4
START_SECONDS = 60


@dataclass(slots=True)
class Served:
    """What a server gave: how long each answer took, by the clock, and what all of them cost."""

    taken: list[float] = field(default_factory=list)
    elapsed: float = 0.0
    spent: float = 0.0

    def as_json(self) -> dict[str, float]:
        """What the report keeps; times of one request in ms."""
        ordered = sorted(self.taken)
        p50, p95 = (round(ordered[int(len(ordered) * share)] * 1000, 1) for share in (0.5, 0.95))
        return {
            "requests_per_second": round(len(ordered) / self.elapsed, 1),
            "p50": p50,
            "p95": p95,
            "cpu_ms_per_request": round(self.spent / len(ordered) * 1000, 2),
        }


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs."""

    port: int
    process: int

    def ask(self, paths: Sequence[str], seconds: float, served: Served) -> None:
        """Asks for the pages in turn, several at a time, for some seconds, and adds what was served."""
        start, spent = time.perf_counter(), self._processor_seconds()
        served.taken += _ask(self.port, paths, seconds)
        served.elapsed += time.perf_counter() - start
        served.spent += self._processor_seconds() - spent

    def leads_to(self, path: str) -> str:
        """Where an address leads; itself if it answers."""
        response = answer(self.port, path)
        return str(response.headers["Location"]) if response.status == 302 else path

    def _processor_seconds(self) -> float:
        """What the workers have used; the database's own processes are not in it."""
        workers = Path(f"/proc/{self.process}/task/{self.process}/children").read_text().split()
        used = (Path(f"/proc/{worker}/schedstat").read_text().split()[0] for worker in workers)
        return sum(map(int, used)) / 1e9


@contextmanager
def serving() -> Iterator[Server]:
    """The site on the database of this measurement."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "hub.site.wsgi:application", "--workers", str(WORKERS)]
    command += ["--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
    server = subprocess.Popen(command, env=os.environ | {"DJANGO_SETTINGS_MODULE": "benchmarks.settings"})
    try:
        _wait_for(port)
        yield Server(port, server.pid)
    finally:
        server.terminate()
        server.wait(timeout=30)


def answer(port: int, path: str) -> http.client.HTTPResponse:
    """One answer, read to its end."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
        return response
    finally:
        connection.close()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            answer(port, "/en/firms/")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError("gunicorn did not answer")


def _ask(port: int, paths: Sequence[str], seconds: float) -> list[float]:
    taken: list[float] = []
    failures: list[BaseException] = []
    deadline = time.perf_counter() + seconds

    def client(first: int) -> None:
        for path in itertools.islice(itertools.cycle(paths), first, None):
            start = time.perf_counter()
            if start >= deadline:
                return
            try:
                _get(port, path)
            except Exception as failure:
                failures.append(failure)
                return
            taken.append(time.perf_counter() - start)

    threads = [threading.Thread(target=client, args=(number * 7,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return taken


def _get(port: int, path: str) -> None:
    status = answer(port, path).status
    if status != 200:
        raise RuntimeError(f"{path} answered {status}")
