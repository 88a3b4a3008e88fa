"""Owns the lock files: one for running, one for working on the code, the same on every system."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from .console import ROOT, call, say
from .environment import DEV_LOCK, PYTHON, RUN_LOCK

Words = list["str | Path"]
EXTRAS = {RUN_LOCK: ("site", "postgres"), DEV_LOCK: ("site", "postgres", "dev", "bench")}
PLATFORMS = ("x86_64-unknown-linux-gnu", "x86_64-pc-windows-msvc", "aarch64-apple-darwin")
PYTHONS = ("3.11", "3.14")
OPTIONS = (
    "--universal", "--python-version", "3.11", "--fork-strategy", "fewest", "--generate-hashes",
    "--no-annotate", "--custom-compile-command", "make lock", "--quiet",
)  # fmt: skip


def lock(options: Sequence[str], *, folder: Path = ROOT) -> int:
    """Writes both lock files into a folder; versions locked there stay unless `options` says `--upgrade`."""
    for name in (DEV_LOCK, RUN_LOCK):
        extras = [word for extra in EXTRAS[name] for word in ("--extra", extra)]
        # What runs the site is what it is developed with.
        same: Words = ["--constraint", folder / DEV_LOCK] if name == RUN_LOCK else []
        words = [ROOT / "pyproject.toml", *OPTIONS, *extras, *same, *options, "--output-file", folder / name]
        if code := call([PYTHON, "-m", "uv", "pip", "compile", *words]):
            return code
    return 0


def check() -> int:
    """0 if both locks say what pyproject.toml asks for and can be had as wheels on every system we name."""
    return _is_current() or _installs_everywhere()


def _is_current() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for each in EXTRAS:
            shutil.copy(ROOT / each, folder)
        if code := lock((), folder=folder):
            return code
        stale = [each for each in EXTRAS if (folder / each).read_bytes() != (ROOT / each).read_bytes()]
    if stale:
        say(f"{' and '.join(stale)} no longer fit pyproject.toml. Run: make lock")
        return 1
    return 0


def _installs_everywhere() -> int:
    for name, platform, python in itertools.product(EXTRAS, PLATFORMS, PYTHONS):
        if not _installs(name, platform, python):
            say(f"{name} has no wheels for {platform}, Python {python}; the lines above say of what.")
            return 1
        say(f"ok  {name} on {platform}, Python {python}")
    return 0


def _installs(name: str, platform: str, python: str) -> bool:
    options = ("--dry-run", "--require-hashes", "--only-binary", ":all:", "--quiet")
    with tempfile.TemporaryDirectory() as empty:
        target = ("--python-platform", platform, "--python-version", python, "--target", empty)
        return call([PYTHON, "-m", "uv", "pip", "install", *options, *target, "-r", ROOT / name]) == 0
