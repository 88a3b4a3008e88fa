"""Owns `make bench`: a worker per engine and size, tables of what they measured, and the goals beside it.

    python -m benchmarks.run [--sizes 133,10000,100000] [--engines sqlite,postgres] [--json FILE]
    python -m benchmarks.run --pages
    python -m benchmarks.run --editing
    python -m benchmarks.run --walls

The second measures whole pages only, over one small register on SQLite, in two minutes; the third forms and
drafts in the admin, with 10,000 firms and 1,000 pages; the fourth how long the proof of all walls takes.

PostgreSQL is measured where BENCH_POSTGRES_URL names a server on which databases may be made.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from .goals import BARE, EDITED, WHOSE, Goal, Report, beside, judged
from .tables import table
from .walls import walls

SIZES = "133,10000,100000"
PARTS = "answers,page,edit,editing,memory,web,pages"
CLOCKS = (("by the clock", "p50", "p95"), ("in processor time", "cpu50", "cpu95"))
CONTENDERS = ("ours", "cold", "sql", "tantivy", "stock")


def main() -> None:
    """Measures and prints; ends with an error if a contender's totals or counts differ from ours."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default=SIZES)
    parser.add_argument("--engines", default="sqlite,postgres")
    parser.add_argument("--parts", default=PARTS, help=f"what to measure beside indexing: {PARTS}")
    parser.add_argument("--json", type=Path, help="a file to write everything to")
    parser.add_argument(
        "--pages", action="store_true", help="the same as --parts pages --sizes 133 --engines sqlite"
    )
    parser.add_argument(
        "--editing", action="store_true", help="the same as --parts editing --sizes 10000 --engines sqlite"
    )
    parser.add_argument("--walls", action="store_true", help="only how long the access matrix takes")
    options = parser.parse_args()
    if options.walls:
        print("\n\n".join(_walls()))
        return
    if options.editing:
        options.parts, options.sizes, options.engines = "editing", "10000", "sqlite"
    if options.pages:
        options.parts, options.sizes, options.engines = "pages", "133", "sqlite"
    sizes = [int(size) for size in options.sizes.split(",")]
    reports: dict[str, dict[int, Report]] = {}
    for engine in _available(options.engines.split(",")):
        for size in sizes:
            reports.setdefault(engine, {})[size] = _measured(engine, size, options.parts)
            if options.json:
                options.json.write_text(_as_json(reports))
    tables = [
        *_case_tables(reports),
        _other_table(reports),
        *_page_tables(reports),
        *_editing_tables(reports),
    ]
    print("\n\n".join([*tables, goal_table(_goals(reports))]))
    if (options.parts, options.sizes) == (PARTS, SIZES):
        print("\n\n".join(["", *_walls()]))


def _walls() -> Iterator[str]:
    what, goals = walls()
    yield what
    yield goal_table(goals)


def goal_table(goals: list[Goal]) -> str:
    """The goals, what was measured, and whether they are met."""
    rows = []
    for goal in goals:
        sign = ">=" if goal.at_least else "<="
        wanted = f"{sign} {goal.wanted:g} {goal.unit}"
        alone = "" if goal.alone is None else _figure(goal.alone)
        rows.append((goal.engine, goal.text, wanted, _figure(goal.measured), alone, goal.where, goal.verdict))
    return table(("engine", "goal", "wanted", "measured", "alone", "where", "verdict"), rows)


def _figure(number: float) -> str:
    return f"{number:.3g}" if number < 1_000 else f"{number:,.0f}"


def _available(engines: list[str]) -> list[str]:
    if "postgres" in engines and not os.environ.get("BENCH_POSTGRES_URL"):
        print(
            "PostgreSQL is left out: set BENCH_POSTGRES_URL=postgres://user@host:port/database",
            file=sys.stderr,
        )
        return [engine for engine in engines if engine != "postgres"]
    return engines


def _measured(engine: str, size: int, parts: str) -> Report:
    print(f"{engine}, {size:,} firms", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(prefix="hub-bench-") as name, _scratch(engine, Path(name)) as url:
        out = Path(name) / "report.json"
        command = [sys.executable, "-m", "benchmarks.worker", "--size", str(size), "--parts", parts]
        command += ["--folder", name, "--out", str(out)]
        if subprocess.run(command, env=os.environ | {"DATABASE_URL": url}).returncode:
            raise SystemExit(f"{engine}, {size:,} firms: the measurement failed; see above.")
        report: Report = json.loads(out.read_text())
        return report


@contextmanager
def _scratch(engine: str, folder: Path) -> Iterator[str]:
    if engine == "sqlite":
        yield f"sqlite:///{folder / 'bench.sqlite3'}"
        return
    import psycopg

    server = os.environ["BENCH_POSTGRES_URL"]
    name = f"hub_bench_{os.getpid()}"
    maintenance = urlunsplit(urlsplit(server)._replace(path="/postgres"))
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _case_tables(reports: dict[str, dict[int, Report]]) -> Iterator[str]:
    for engine, by_size in reports.items():
        for size, report in by_size.items():
            for title, first, second in (
                ("by the clock", "p50", "p95"),
                ("in processor time", "cpu50", "cpu95"),
            ):
                rows = [_case_row(row, first, second) for row in report.get("cases", ())]
                if rows:
                    heads = ("query", "filters", "hits", *CONTENDERS)
                    yield f"{engine}, {size:,} firms: p50 / p95 in ms, {title}\n\n{table(heads, rows)}"


def _case_row(row: Report, first: str, second: str) -> tuple[str, ...]:
    times = (
        f"{row[name][first]:.2f} / {row[name][second]:.2f}" if name in row else "" for name in CONTENDERS
    )
    return (row["words"], str(row["filters"]), f"{row['total']:,}", *times)


def _other_table(reports: dict[str, dict[int, Report]]) -> str:
    rows = []
    for engine, by_size in reports.items():
        for size, report in by_size.items():
            index = report["index"]
            page, edit, memory, web = (report.get(part, {}) for part in ("page", "edit", "memory", "web"))
            rows.append(
                (engine, f"{size:,}", f"{index['firms_per_second']:,}", str(index["kb_per_firm"]), _p50(page),
                 _p50(edit), str(memory.get("VmRSS", "")), str(memory.get("RssAnon", "")),
                 str(web.get("requests_per_second", "")))
            )  # fmt: skip
    heads = (
        "engine",
        "firms",
        "indexed firms/s",
        "KB postings/firm",
        "page ms",
        "edit ms",
        "RSS MB",
        "own MB",
        "pages/s",
    )
    return table(heads, rows)


def _page_tables(reports: dict[str, dict[int, Report]]) -> Iterator[str]:
    heads = ("page", "requests/s", "p95 ms", "processor ms", "beside bare", "in processor time")
    for engine, by_size in reports.items():
        for size, report in by_size.items():
            pages = report.get("pages", {})
            rows = [_page_row(name, page, pages[BARE]) for name, page in pages.items()]
            if rows:
                yield f"{engine}, {size:,} firms: whole pages\n\n{table(heads, rows)}"


def _page_row(name: str, page: Report, bare: Report) -> tuple[str, ...]:
    measured = (page[of] for of in ("requests_per_second", "p95", "cpu_ms_per_request"))
    return (name, *map(str, measured), *(f"{ratio:.2f}x" for ratio in beside(page, bare)))


def _editing_tables(reports: dict[str, dict[int, Report]]) -> Iterator[str]:
    for engine, by_size in reports.items():
        for size, report in by_size.items():
            rows = [
                (what, *(f"{times[f'{what} {whose}'][of]:.1f}" for of in ("p50", "cpu50") for whose in WHOSE))
                for what in EDITED
                if (times := report.get("editing"))
            ]
            if rows:
                heads = ("p50 in ms", "ours", "stock", "ours, processor", "stock, processor")
                yield f"{engine}, {size:,} firms: editing in the admin\n\n{table(heads, rows)}"


def _p50(times: dict[str, Any]) -> str:
    return f"{times['p50']:.1f}" if times else ""


def _goals(reports: dict[str, dict[int, Report]]) -> list[Goal]:
    return [goal for engine, by_size in reports.items() for goal in judged(engine, by_size)]


def _as_json(reports: dict[str, dict[int, Report]]) -> str:
    goals = [
        asdict(goal) | {"measured": round(goal.measured, 4), "verdict": goal.verdict}
        for goal in _goals(reports)
    ]
    return json.dumps({"reports": reports, "goals": goals}, indent=1) + "\n"


if __name__ == "__main__":
    main()
