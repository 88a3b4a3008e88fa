"""Owns `.venv`: filled once from a lock file with hashes, made anew if a run was killed while filling it."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import platform
import subprocess
import sys
from pathlib import Path

from .console import ROOT, CannotGoOn, call, say

VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
RUN_LOCK = "requirements.lock"
DEV_LOCK = "requirements-dev.lock"

# The first is written last and says which locks are installed; the second stands only while pip works.
INSTALLED = VENV / "hub-installed"
INSTALLING = VENV / "hub-installing"


def ensure(lock: str) -> Path:
    """The interpreter of an environment that holds what `lock` says; does nothing when it does already.

    :raises CannotGoOn: if no environment can be made here, or a package cannot be had.
    """
    if INSTALLING.exists() or not _works():
        _create()
    if digest(lock) not in _installed():
        _install(lock)
    return PYTHON


def digest(lock: str) -> str:
    """What stands in the stamp for one lock: its name and its content."""
    return f"{lock} {hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()}"


def _installed() -> set[str]:
    return set(INSTALLED.read_text(encoding="utf-8").splitlines()) if INSTALLED.exists() else set()


def _works() -> bool:
    if not PYTHON.exists():
        return False
    try:
        found = subprocess.run(
            [PYTHON, "-c", "import pip, sys; print(*sys.version_info[:2])"], capture_output=True, text=True
        )
    except OSError:
        return False
    return found.returncode == 0 and tuple(map(int, found.stdout.split())) >= (3, 11)


def _create() -> None:
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if missing:
        raise CannotGoOn(f"This Python comes without {' and '.join(missing)}.", _venv_package())
    say(f"Making .venv with Python {platform.python_version()} ...")
    # From inside an environment that is about to be emptied, the Python below it must do it.
    python = getattr(sys, "_base_executable", "") or sys.executable
    if call([python, "-m", "venv", "--clear", VENV]):
        raise CannotGoOn("The environment could not be made; the lines above say why.")


def _venv_package() -> str:
    if sys.platform == "linux":
        return "sudo apt install python{}.{}-venv".format(*sys.version_info[:2])
    return "brew install python@3.13" if sys.platform == "darwin" else "winget install Python.Python.3.13"


def _install(lock: str) -> None:
    count = sum(1 for line in (ROOT / lock).read_text(encoding="utf-8").splitlines() if "==" in line)
    say(f"Installing {count} packages from {lock} (once, usually under a minute) ...")
    INSTALLED.unlink(missing_ok=True)
    INSTALLING.touch()
    options = (
        "--require-hashes",
        "--no-deps",
        "--only-binary",
        ":all:",
        "--disable-pip-version-check",
        "--no-input",
    )
    if call([PYTHON, "-m", "pip", "install", "--quiet", *options, "-r", ROOT / lock]):
        INSTALLING.unlink()
        raise CannotGoOn(
            "Not everything could be installed; the lines above say why. It is safe to try again."
        )
    locks = [RUN_LOCK, DEV_LOCK] if lock == DEV_LOCK else [lock]
    stamp = INSTALLED.with_suffix(".new")
    stamp.write_text("\n".join(map(digest, locks)) + "\n", encoding="utf-8")
    stamp.replace(INSTALLED)
    INSTALLING.unlink()
