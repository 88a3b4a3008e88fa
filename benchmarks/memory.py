"""Owns how much memory a process takes that only answers searches; run as a process of its own."""

import json
import os
from pathlib import Path


def resident() -> dict[str, float]:
    """This process's memory in MB: all that is resident, and what is its own (not pages of files)."""
    lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return {name: round(int(lines[name].split()[0]) / 1024, 1) for name in ("VmRSS", "RssAnon")}


def main() -> None:
    """Loads everything as a web process does, asks every case, phrases included, and prints what it takes."""
    import django

    django.setup()
    from django.core.handlers.wsgi import WSGIHandler
    from django.urls import get_resolver

    from search.state import SearchState

    from .answers import Case, cases
    from .engine import Engine

    WSGIHandler()
    get_resolver().url_patterns  # noqa: B018 - imports every view, as the first request does
    engine = Engine()
    everything = engine.answer(Case("empty", 0, SearchState()))
    for _again in range(3):
        for case in cases(everything.counts):
            engine.page(case)
    print(json.dumps(resident()))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    main()
