"""Owns whether an address of this machine is free."""

from __future__ import annotations

import socket
import sys

from .console import CannotGoOn, this_command

HOST = "127.0.0.1"


def require_free(port: int, *command: str) -> None:
    """Passes if nobody listens on the port.

    :raises CannotGoOn: with the same command on a port that is free.
    """
    if not is_free(port):
        raise CannotGoOn(
            f"Port {port} is taken by another program (perhaps this hub, in another window).",
            this_command(*command, "--port", str(next_free(port + 1))),
        )


def is_free(port: int) -> bool:
    """Whether a server could listen here now."""
    with socket.socket() as trial:
        if sys.platform != "win32":
            # As servers do: a port whose last connection has just been closed counts as free.
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError:
            return False
    return True


def next_free(port: int) -> int:
    """The first free port from this one on; 0 if there is none below 65,536."""
    return next((each for each in range(port, 65_536) if is_free(each)), 0)
