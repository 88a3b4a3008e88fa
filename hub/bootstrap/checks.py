"""Owns the fast half: everything that can be known about the code without a server, two checks at a time."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from .console import ROOT, say, with_environment

# The slow ones first, so that the two of them run beside all the others.
STEPS = (
    ("types", ("-m", "mypy")),
    ("pure tests", ("-m", "pytest", "-m", "pure", "-q")),
    ("migrations", ("manage.py", "makemigrations", "--check", "--dry-run")),
    (
        "contracts",
        (
            "-c",
            "import sys; from importlinter.cli import lint_imports_command as run; sys.exit(run())",
            "--no-cache",
        ),
    ),
    ("lint", ("-m", "ruff", "check", ".")),
    ("format", ("-m", "ruff", "format", "--check", ".")),
)


@dataclass(frozen=True)
class Outcome:
    """How one check ended, what it said, and how long it took in seconds."""

    name: str
    passed: bool
    output: str
    seconds: float


def check(python: Path) -> int:
    """Runs every check, prints what each failing one said, and counts the failures."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        outcomes = [
            _report(future.result()) for future in [pool.submit(_run, python, *step) for step in STEPS]
        ]
    failed = [outcome.name for outcome in outcomes if not outcome.passed]
    say(f"Failed: {', '.join(failed)}." if failed else "All checks passed.")
    return len(failed)


def _run(python: Path, name: str, arguments: Sequence[str]) -> Outcome:
    start = time.monotonic()
    settings = with_environment({"DJANGO_SETTINGS_MODULE": "hub.site.settings.test"})
    done = subprocess.run(
        [python, *arguments], cwd=ROOT, env=settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        encoding="utf-8", errors="replace",
    )  # fmt: skip
    return Outcome(name, done.returncode == 0, done.stdout.strip(), time.monotonic() - start)


def _report(outcome: Outcome) -> Outcome:
    last = outcome.output.splitlines()[-1:] or [""]
    verdict = "ok    " if outcome.passed else "FAILED"
    say(f"{verdict} {outcome.name} ({outcome.seconds:.0f} s) {last[0].strip('= ')}")
    if not outcome.passed:
        say(outcome.output)
    return outcome
