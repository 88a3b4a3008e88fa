"""Owns how fast whole pages are served: gunicorn with two workers, and a small client beside it."""

import http.client
import itertools
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

from .answers import Case

WORKERS = 2
CLIENTS = 4
SECONDS = 8.0
WARM_UP_SECONDS = 2.0
START_SECONDS = 60


def requests_per_second(cases: list[Case]) -> dict[str, float]:
    """How many result pages a second are served, every case in turn, and how many ms one takes."""
    with _served() as (port, server):
        place = _place(port)
        paths = [f"{place}?{query(case)}" for case in cases]
        _ask(port, paths, WARM_UP_SECONDS)
        start, spent = time.perf_counter(), _processor_seconds(server)
        taken = _ask(port, paths, SECONDS)
        elapsed, spent = time.perf_counter() - start, _processor_seconds(server) - spent
    ordered = sorted(taken)
    p50, p95 = (round(ordered[int(len(ordered) * share)] * 1000, 1) for share in (0.5, 0.95))
    return {
        "requests_per_second": round(len(taken) / elapsed, 1),
        "p50": p50,
        "p95": p95,
        "cpu_ms_per_request": round(spent / len(taken) * 1000, 2),
    }


def query(case: Case) -> str:
    """What the address of a case's first page ends in."""
    pairs = [("q", case.state.text)] if case.state.text else []
    pairs += [
        (facet, value) for facet, values in sorted(case.state.chosen.items()) for value in sorted(values)
    ]
    return urlencode(pairs, quote_via=quote)


def _place(port: int) -> str:
    """Where the register is searched: `/en/firms/` leads to the page that the hub has for it."""
    response = _answer(port, "/en/firms/")
    return str(response.headers["Location"]) if response.status == 302 else "/en/firms/"


@contextmanager
def _served() -> Iterator[tuple[int, int]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "hub.site.wsgi:application", "--workers", str(WORKERS)]
    command += ["--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
    server = subprocess.Popen(command, env=os.environ | {"DJANGO_SETTINGS_MODULE": "benchmarks.settings"})
    try:
        _wait_for(port)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(timeout=30)


def _processor_seconds(server: int) -> float:
    """What the workers of a server have used."""
    workers = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    used = (Path(f"/proc/{worker}/schedstat").read_text().split()[0] for worker in workers)
    return sum(map(int, used)) / 1e9


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            _answer(port, "/en/firms/")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError("gunicorn did not answer")


def _ask(port: int, paths: list[str], seconds: float) -> list[float]:
    """Asks for the pages in turn, several at a time, for some seconds."""
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
    status = _answer(port, path).status
    if status != 200:
        raise RuntimeError(f"{path} answered {status}")


def _answer(port: int, path: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
        return response
    finally:
        connection.close()
