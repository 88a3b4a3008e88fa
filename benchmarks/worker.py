"""Owns one measurement: an engine and a size, in a process and a database of their own."""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

import django

from .answers import Answer, Case, cases, difference
from .timing import REPETITIONS, Stopwatch, Times

STOCK_AT_MOST = 10_000  # firms: stock search takes seconds beyond
STOCK_ASKED = ("rare", "9 %", "30 %", "two words", "prefix")
STOCK_REPETITIONS = 3
COLD_REPETITIONS = 10
EDITS = 30
BATCH = 1_000


class Limit(Protocol):
    """What the best of others would do with the same terms."""

    def fill(self, rows: Any) -> None: ...

    def answer(self, case: Case, query: Any) -> Answer: ...


def main() -> None:
    """Measures, and writes a report as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True, help="an empty folder for this run's files")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--parts", default="answers,page,edit,memory,web,pages")
    options = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    django.setup()
    report = measure(options.size, options.folder, options.parts.split(","))
    options.out.write_text(json.dumps(report))


def measure(size: int, folder: Path, parts: list[str]) -> dict[str, Any]:
    """The report over a register of `size` firms; `parts` says what is measured beside the indexing."""
    from .engine import Engine

    engine = Engine()
    report: dict[str, Any] = {"size": size, "load": os.getloadavg()[0], "index": _index(engine, size)}
    everything = engine.answer(_whole())
    report["facets"] = engine.counted(everything)
    asked = cases(everything.counts)
    if "answers" in parts:
        report["cases"] = _answers(engine, asked, size, folder)
    if "page" in parts:
        report["page"] = _page(engine, asked)
    if "edit" in parts:
        report["edit"] = _edits(engine)
    if "memory" in parts:
        report["memory"] = _memory()
    if "web" in parts:
        from .web import requests_per_second

        say("web")
        report["web"] = requests_per_second(asked)
    if "editing" in parts:
        from .editing import editing

        say("editing in the admin")
        report["editing"] = editing(_stopwatch())
    if "pages" in parts:
        from .pages import whole_pages

        say("whole pages")
        report["pages"] = whole_pages(asked)
    return report


def say(what: str) -> None:
    """One line of progress."""
    print(f"  {time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


def _whole() -> Case:
    from search.state import SearchState

    return Case("empty", 0, SearchState())


def _index(engine: Any, size: int) -> dict[str, Any]:
    from django.core.management import call_command

    from .corpus import fill

    say("migrating and filling")
    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("setup_hub", verbosity=0, stdout=StringIO())
    fill(size)
    say("indexing")
    seconds, cpu_seconds = _stopwatch().take(engine.rebuild)
    return {
        "seconds": round(seconds, 2),
        "cpu_seconds": round(cpu_seconds, 2),
        "firms_per_second": round(size / seconds),
        "kb_per_firm": round(engine.posting_bytes() / size / 1000, 3),
    }


def _answers(engine: Any, asked: list[Case], size: int, folder: Path) -> list[dict[str, Any]]:
    say("reading for the limits")
    stopwatch = _stopwatch()
    limits = _limits(engine, folder)
    stock = _stock(engine) if size <= STOCK_AT_MOST else None
    rows = []
    for case in asked:
        say(f"measuring {case.name}")
        query = engine.parsed(case)
        expected = engine.answer(case)
        for name, limit in limits.items():
            wrong = difference(expected, limit.answer(case, query))
            if wrong:
                raise SystemExit(f"{case.name}: {name} and we disagree: {wrong}")
        calls = {"ours": partial(engine.answer, case)}
        calls |= {name: partial(limit.answer, case, query) for name, limit in limits.items()}
        times = stopwatch.interleaved(calls)
        times["cold"] = stopwatch.repeat(partial(engine.cold, case), COLD_REPETITIONS)
        if stock and case.filters == 0 and case.words in STOCK_ASKED:
            times["stock"] = stopwatch.repeat(partial(stock.answer, case), STOCK_REPETITIONS)
        rows.append(
            {"words": case.words, "filters": case.filters, "total": expected.total}
            | {name: each.as_json() for name, each in times.items()}
        )
    return rows


def _limits(engine: Any, folder: Path) -> dict[str, Limit]:
    from django.db import connection

    from .limits.postgres_tsvector import PostgresTsvector
    from .limits.sqlite_fts5 import SqliteFts5
    from .limits.tantivy_index import TantivyIndex

    is_postgres = connection.vendor == "postgresql"
    limits: dict[str, Limit] = {
        "sql": PostgresTsvector() if is_postgres else SqliteFts5(folder / "fts5.sqlite3"),
        "tantivy": TantivyIndex(folder / "tantivy"),
    }
    rows = list(_rows(engine))
    for name, limit in limits.items():
        say(f"filling {name}")
        limit.fill(rows)
    return limits


def _stock(engine: Any) -> Any:
    from .limits.stock.wagtail_search import StockWagtail

    say("filling stock Wagtail")
    stock = StockWagtail()
    stock.fill(_documents(engine))
    return stock


def _documents(engine: Any) -> Iterator[Any]:
    keys = iter(list(engine.search.keys()))
    while batch := list(islice(keys, BATCH)):
        yield from engine.search.documents(batch)


def _rows(engine: Any) -> Iterator[Any]:
    from .limits.feed import row_of

    for kept in engine.kept():
        yield row_of(*kept)


def _page(engine: Any, asked: list[Case]) -> dict[str, Any]:
    """What a page of twenty costs: the answer, fetching the cards, marking what was found in them."""
    say("marking pages")
    stopwatch = _stopwatch()
    worst: dict[str, Any] = {}
    for case in asked:
        if case.filters == 0 and case.words not in ("empty", "rare", "phrase"):
            times = stopwatch.interleaved({"page": partial(engine.page, case)}, repetitions=REPETITIONS // 4)[
                "page"
            ]
            if not worst or times.p50 > worst["p50"]:
                worst = {"words": case.words, **times.as_json()}
    return worst


def _edits(engine: Any) -> dict[str, Any]:
    """From the start of a save to the first search that finds the new word."""
    from django.db import transaction

    from directory.models import FirmProfile
    from search.pending import drain, mark
    from search.state import SearchState

    from .engine import INDEX

    say("editing")
    stopwatch = _stopwatch()
    taken = []
    for number, profile in enumerate(FirmProfile.objects.order_by("pk")[:EDITS]):
        word = f"xylograph{number}q"
        case = Case("edit", 0, SearchState(text=word))

        def edit(profile: FirmProfile = profile, case: Case = case) -> None:
            profile.description = f"{case.state.text} {profile.description}"
            with transaction.atomic():
                profile.save()
                mark(INDEX, [profile.firm_id])
            drain(INDEX)
            if engine.answer(case).ids != (profile.firm_id,):
                raise SystemExit(f"an edit of firm {profile.firm_id} was not found")

        taken.append(stopwatch.take(edit))
    return Times.of(taken).as_json()


def _stopwatch() -> Stopwatch:
    from django.db import connection

    if connection.vendor != "postgresql":
        return Stopwatch()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return Stopwatch(int(cursor.fetchone()[0]))


def _memory() -> dict[str, float]:
    say("memory")
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.memory"],
        check=True,
        capture_output=True,
        text=True,
        env=os.environ,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    main()
