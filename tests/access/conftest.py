"""Owns the one line about the access matrix at the end of a run: how many cells were asked, in which time."""

from typing import Any


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Adds up what the shares of the matrix recorded, on whichever core they ran."""
    told = [dict(report.user_properties) for report in terminalreporter.getreports("passed")]
    shares = [properties for properties in told if "cells" in properties]
    if shares:
        cells, seconds = (sum(share[what] for share in shares) for what in ("cells", "seconds"))
        terminalreporter.write_line(
            f"{cells:,} cells of the access matrix stand, by {seconds:,.0f} s of asking on all cores together"
        )
