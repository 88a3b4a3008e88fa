"""Owns how long the access matrix takes: the spread of every test run, and all its cells in shares."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from .goals import Goal
from .tables import table

MATRIX = "tests/access/test_matrix.py"
SPREAD = "test_the_walls_stand_wherever_somebody_looks"
EVERYWHERE = "test_the_walls_stand_everywhere"
LONGEST_SPREAD = 240  # seconds


def walls() -> tuple[str, list[Goal]]:
    """A table of what the matrix takes on SQLite, on every core, and the goal of its spread.

    :raises SystemExit: if a wall does not stand; pytest has said which.
    """
    with tempfile.TemporaryDirectory(prefix="hub-bench-") as folder:
        report, begun = Path(folder) / "walls.xml", time.monotonic()
        command = [sys.executable, "-m", "pytest", MATRIX, "-m", "prove or not prove", "-n", "auto"]
        if subprocess.run([*command, "-q", "--junitxml", str(report)], stdout=sys.stderr).returncode:
            raise SystemExit("The access matrix does not stand; see above.")
        taken, cases = time.monotonic() - begun, list(_cases(report))
    spread = sum(seconds for name, seconds, _ in cases if name == SPREAD)
    shares = [(seconds, cells) for name, seconds, cells in cases if name.startswith(EVERYWHERE)]
    rows = [
        ("the spread, on one core", "", f"{spread:.0f}"),
        (
            "all cells, on one core after the other",
            f"{sum(cells for _, cells in shares):,}",
            f"{sum(seconds for seconds, _ in shares):,.0f}",
        ),
        ("both, on every core, by the clock", "", f"{taken:,.0f}"),
    ]
    goal = Goal("sqlite", "the spread of the access matrix", LONGEST_SPREAD, spread, "s")
    return f"The access matrix\n\n{table(('run', 'cells', 'seconds'), rows)}", [goal]


def _cases(report: Path) -> Iterator[tuple[str, float, int]]:
    """Name, seconds and cells of each test."""
    # Written by pytest a moment ago.
    for case in ElementTree.parse(report).iter("testcase"):
        cells = [each.get("value", "0") for each in case.iter("property") if each.get("name") == "cells"]
        yield case.get("name", ""), float(case.get("time", "0")), sum(map(int, cells))
