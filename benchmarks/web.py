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
from urllib.parse import quote, urlencode

from .answers import Case
from .timing import Times

WORKERS = 2
CLIENTS = 4
SECONDS = 8.0
WARM_UP_SECONDS = 2.0
START_SECONDS = 60


def requests_per_second(cases: list[Case]) -> dict[str, float]:
    """How many result pages a second are served, every case in turn, and how many ms one takes."""
    paths = [address(case) for case in cases]
    with _served() as port:
        _ask(port, paths, WARM_UP_SECONDS)
        start = time.perf_counter()
        taken = _ask(port, paths, SECONDS)
        elapsed = time.perf_counter() - start
    return {"requests_per_second": round(len(taken) / elapsed, 1)} | Times.of(taken).as_json()


def address(case: Case) -> str:
    """The path of a case's first page."""
    pairs = [("q", case.state.text)] if case.state.text else []
    pairs += [
        (facet, value) for facet, values in sorted(case.state.chosen.items()) for value in sorted(values)
    ]
    return "/en/firms/?" + urlencode(pairs, quote_via=quote)


@contextmanager
def _served() -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "hub.site.wsgi:application", "--workers", str(WORKERS)]
    command += ["--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
    server = subprocess.Popen(command, env=os.environ | {"DJANGO_SETTINGS_MODULE": "benchmarks.settings"})
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            _get(port, "/en/firms/")
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
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
        if response.status != 200:
            raise RuntimeError(f"{path} answered {response.status}")
    finally:
        connection.close()
