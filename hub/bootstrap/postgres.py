"""Owns a PostgreSQL server for one run of the tests: temporary folder, free local port, gone after."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .console import CannotGoOn
from .ports import HOST, next_free

FIRST_PORT = 55_432
SECONDS_TO_START = 60.0
# Nothing of it outlives the run, so nothing has to reach the disk.
FAST = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "shared_buffers=256MB",
    "max_connections=60",
)


@contextmanager
def temporary_server(initdb: Path) -> Iterator[str]:
    """The URL of an empty server that stops when the block is left.

    :raises CannotGoOn: if PostgreSQL does not start here; the message holds its own words.
    """
    folder = Path(tempfile.mkdtemp(prefix="hub-postgres-"))
    try:
        with _started(initdb, folder) as port:
            yield f"postgres://hub@{HOST}:{port}/hub"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _started(initdb: Path, folder: Path) -> Iterator[int]:
    somebody = _somebody_else(folder)
    data, log, port = folder / "data", folder / "log", next_free(FIRST_PORT)
    locale = ["--locale=C.UTF-8"] if sys.platform == "linux" else []
    made = subprocess.run(
        [initdb, "-D", data, "-U", "hub", "--auth=trust", "--no-sync", "--encoding=UTF8", *locale],
        cwd=folder, capture_output=True, text=True, **somebody,
    )  # fmt: skip
    if made.returncode:
        raise CannotGoOn(f"PostgreSQL could not be set up for the tests: {made.stderr.strip()}")
    settings = [f"listen_addresses={HOST}", f"port={port}", f"unix_socket_directories={folder}", *FAST]
    options = [word for setting in settings for word in ("-c", setting)]
    with log.open("w") as output:
        server = subprocess.Popen(
            [initdb.with_name("postgres" + initdb.suffix), "-D", data, *options],
            cwd=folder, stdout=output, stderr=output, start_new_session=True, **somebody,
        )  # fmt: skip
    try:
        _wait(server, port, log)
        yield port
    finally:
        _stop(server)


def _somebody_else(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses root, so root lends the folder to another user and starts it as that one."""
    if os.name == "nt" or os.geteuid() != 0:
        return {}
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    entry = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _wait(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and server.poll() is None:
        with socket.socket() as trial:
            if trial.connect_ex((HOST, port)) == 0 and "ready to accept" in log.read_text(errors="replace"):
                return
        time.sleep(0.05)
    raise CannotGoOn(f"PostgreSQL did not start for the tests: {log.read_text(errors='replace').strip()}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    """Asks for a fast shutdown, which ends open connections; after 20 seconds it is killed."""
    if os.name == "nt":
        server.terminate()
    else:
        server.send_signal(signal.SIGINT)
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
