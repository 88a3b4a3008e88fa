"""Owns what runs beside the server of a clone and ends with it, however that ends."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from .console import ROOT, with_environment


def start_worker(python: Path, env: Mapping[str, str]) -> int:
    """Starts the worker; its lifeline, a file descriptor.

    The worker ends when nobody holds the lifeline any more. Whoever becomes the server inherits it, so the
    system closes it with the server: after Ctrl-C, after a signal, and after `kill -9`, too.
    """
    end, lifeline = os.pipe()
    command = [str(python), "manage.py", "run_worker", "--until-eof"]
    subprocess.Popen(command, cwd=ROOT, env=with_environment(env), stdin=end)
    os.close(end)
    # Only now: the worker must not hold its own.
    os.set_inheritable(lifeline, True)
    return lifeline
