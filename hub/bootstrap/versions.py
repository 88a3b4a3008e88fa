"""Owns what somebody with too old a Python is told; itself readable by Python 3.7."""

from __future__ import annotations

import platform
import shutil
import sys

NEWER = ("3.14", "3.13", "3.12", "3.11")


def advice(arguments: list[str]) -> str:
    """Which Python is needed, and the one command that helps: with a newer one, or to get one."""
    return "This is Python {}; the hub needs 3.11 or newer. Run:\n\n    {}\n".format(
        platform.python_version(), " ".join([_newer(), "-m", "hub", *arguments]) if _newer() else _install()
    )


def _newer() -> str:
    names = ["python" + version for version in NEWER if shutil.which("python" + version)]
    return names[0] if names else ""


def _install() -> str:
    if sys.platform == "darwin":
        return "brew install python@3.13"
    if sys.platform == "win32":
        return "winget install Python.Python.3.13"
    return "sudo apt install python3.11 python3.11-venv"
