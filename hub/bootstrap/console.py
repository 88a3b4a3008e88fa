"""Owns how the commands of a clone speak, start programs and give up."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class CannotGoOn(Exception):
    """Something is missing; the message names the one command that helps."""

    def __init__(self, why: str, command: str = "") -> None:
        super().__init__(f"{why} Run:\n\n    {command}\n" if command else why)


def say(line: str) -> None:
    """Prints one line at once, also into a pipe."""
    print(line, flush=True)


def call(command: Sequence[str | Path], *, env: Mapping[str, str] | None = None) -> int:
    """Runs a program in the clone's folder with this process's output; its exit code."""
    try:
        return subprocess.run([str(part) for part in command], cwd=ROOT, env=with_environment(env)).returncode
    except KeyboardInterrupt:
        return 130


def with_environment(extra: Mapping[str, str] | None) -> dict[str, str]:
    """This process's environment with `extra` on top; programs print in UTF-8 everywhere."""
    return {**os.environ, "PYTHONUTF8": "1", **(extra or {})}


def this_command(*arguments: str) -> str:
    """How the reader would type a command of the clone."""
    python = "py" if sys.platform == "win32" else "python3"
    return " ".join([python, "-m", "hub", *arguments])
