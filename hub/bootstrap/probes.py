"""Owns what this machine has for the tests: a browser, PostgreSQL, the open data."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from .console import ROOT

DATA_FILE = "organisations.csv"


@dataclass(frozen=True)
class Missing:
    """A part of the tests that cannot run here, and the one command that brings it."""

    part: str
    why: str
    command: str
    can_be_installed: bool = True

    def __str__(self) -> str:
        return f"{self.part}: {self.why}; to run it: {self.command}"


def chromium() -> str:
    """The path of the browser for the journeys; empty if there is none. `HUB_CHROMIUM` names another one."""
    named = os.environ.get("HUB_CHROMIUM", "")
    return named or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
    )


def data_folder() -> Path | None:
    """The folder with the open data: `HUB_DATA_DIR`, or `../shared/data` beside the clone."""
    folder = Path(os.environ.get("HUB_DATA_DIR") or ROOT.parent / "shared" / "data")
    return folder if (folder / DATA_FILE).exists() else None


def initdb() -> Path | None:
    """The newest PostgreSQL's `initdb` on this machine; Debian and Homebrew keep it out of the path."""
    found = shutil.which("initdb")
    if found:
        return Path(found)
    homes = ("/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt")
    programs = [each for home in homes for each in Path(home).glob("*/bin/initdb")]
    return max(programs, key=_version, default=None)


def _version(program: Path) -> float:
    digits = "".join(letter for letter in program.parents[1].name if letter.isdigit() or letter == ".")
    return float(digits or 0)


def missing() -> list[Missing]:
    """Every part of the tests that this machine cannot run."""
    parts = []
    if not (os.environ.get("TEST_POSTGRES_URL") or initdb()):
        parts.append(Missing("PostgreSQL", "no server is installed", "sudo apt install postgresql"))
    if not chromium():
        parts.append(Missing("Browser journeys", "chromium is not installed", "sudo apt install chromium"))
    if not shutil.which("xgettext"):
        parts.append(
            Missing("Catalogues of translations", "gettext is not installed", "sudo apt install gettext")
        )
    if data_folder() is None:
        parts.append(
            Missing("Real data", f"no {DATA_FILE} found", "HUB_DATA_DIR=<its folder> make test", False)
        )
    return parts
