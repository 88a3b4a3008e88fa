"""Owns the goals and whether a set of reports meets them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Report = dict[str, Any]
LARGE, MIDDLE, SMALL = 100_000, 10_000, 133
ONE_PERCENT = 0.01
# What whole pages are beside: see `benchmarks.pages`.
BARE = "bare"
# What a lead waits for in the admin, and in whose Wagtail: see `benchmarks.editing`.
EDITED = ("firm form", "firm draft", "page form", "page draft")
WHOSE = ("ours", "stock")
BESIDE_BARE = {"directory": 0.25, "firm": 0.4, "cluster": 0.4}


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal and what was measured; `at_least` says in which direction it is met.

    `alone` is the same in processor time, as if nothing else had run on the machine, where that is known.
    """

    engine: str
    text: str
    wanted: float
    measured: float
    unit: str = ""
    at_least: bool = False
    where: str = ""
    alone: float | None = None

    @property
    def verdict(self) -> str:
        """`met`, or by how much it is missed."""
        if self._is_met(self.measured):
            return "met"
        by = f"missed by {abs(self.measured - self.wanted) / self.wanted:.0%}"
        return f"{by}, met alone" if self.alone is not None and self._is_met(self.alone) else by

    def _is_met(self, measured: float) -> bool:
        return measured >= self.wanted if self.at_least else measured <= self.wanted


def judged(engine: str, reports: dict[int, Report]) -> list[Goal]:
    """The goals that these reports (by size) can speak to."""
    return [
        *_answers(engine, reports),
        *_stock(engine, reports),
        *_pages(engine, reports),
        *_indexing(engine, reports),
        *_memory(engine, reports),
        *_web(engine, reports),
        *_whole_pages(engine, reports),
        *_editing(engine, reports),
    ]


def _answers(engine: str, reports: dict[int, Report]) -> Iterator[Goal]:
    for size, report in reports.items():
        rows = report.get("cases")
        if size < LARGE or not rows:
            continue
        at = f" at {size:,}"
        words = [row for row in rows if row["words"] != "phrase"]
        phrases = [row for row in rows if row["words"] == "phrase"]
        common = [row for row in words if row["total"] >= size * ONE_PERCENT]
        slowest = max(words, key=lambda row: row["ours"]["cpu95"])
        yield _slowest(engine, f"p95 of the worst query but phrases{at}", 5, words)
        yield _beside(engine, f"p95 of that query beside hand-written SQL{at}", 0.2, [slowest], "sql")
        yield _beside(engine, f"p95 beside tantivy, worst query of 1 % or more{at}", 1, common, "tantivy")
        yield _slowest(engine, f"p95 of the worst phrase{at}", 30, phrases)


def _slowest(engine: str, text: str, wanted: float, rows: list[Report]) -> Goal:
    worst = max(rows, key=lambda row: row["ours"]["cpu95"])
    by_clock = max(row["ours"]["p95"] for row in rows)
    return Goal(engine, text, wanted, by_clock, "ms", where=_name(worst), alone=worst["ours"]["cpu95"])


def _beside(engine: str, text: str, wanted: float, rows: list[Report], other: str) -> Goal:
    def ratio(row: Report, of: str) -> float:
        return float(row["ours"][of] / row[other][of])

    worst = max(rows, key=lambda row: ratio(row, "cpu95"))
    by_clock = max(ratio(row, "p95") for row in rows)
    return Goal(engine, text, wanted, by_clock, "x", where=_name(worst), alone=ratio(worst, "cpu95"))


def _stock(engine: str, reports: dict[int, Report]) -> Iterator[Goal]:
    rows = [row for row in reports.get(MIDDLE, {}).get("cases", ()) if "stock" in row]
    for row in rows:
        by_clock, alone = (row["stock"][of] / row["ours"][of] for of in ("p50", "cpu50"))
        text = f"stock Wagtail / ours at 10,000, {row['words']}"
        yield Goal(engine, text, 500, by_clock, "x", at_least=True, alone=alone)


def _pages(engine: str, reports: dict[int, Report]) -> Iterator[Goal]:
    for size, report in reports.items():
        if "page" in report:
            page = report["page"]
            text = f"answer, cards and marks of a page of 20 at {size:,}, p50"
            yield Goal(engine, text, 10, page["p50"], "ms", where=page["words"], alone=page["cpu50"])
        if "edit" in report and size >= LARGE:
            edit = report["edit"]
            text = f"an edit searchable at {size:,}, p50"
            yield Goal(engine, text, 50, edit["p50"], "ms", alone=edit["cpu50"])


def _indexing(engine: str, reports: dict[int, Report]) -> Iterator[Goal]:
    for size, report in reports.items():
        index = report["index"]
        if size >= MIDDLE:
            speed, alone = index["firms_per_second"], size / index["cpu_seconds"]
            yield Goal(engine, f"indexing {size:,}", 1_000, speed, "firms/s", at_least=True, alone=alone)
        if size >= LARGE:
            yield Goal(engine, f"postings per firm at {size:,}", 0.4, index["kb_per_firm"], "KB")
    if MIDDLE in reports and LARGE in reports:
        by_clock, alone = (
            _cost(reports[LARGE], of) / _cost(reports[MIDDLE], of) for of in ("seconds", "cpu_seconds")
        )
        yield Goal(engine, "time per firm at 100,000 beside 10,000", 1.3, by_clock, "x", alone=alone)


def _memory(engine: str, reports: dict[int, Report]) -> Iterator[Goal]:
    for size, report in reports.items():
        if size >= LARGE and "memory" in report and "memory" in reports.get(SMALL, {}):
            more = report["memory"]["VmRSS"] - reports[SMALL]["memory"]["VmRSS"]
            yield Goal(engine, f"a web process at {size:,} beside 133", 60, more, "MB more, resident")
            more = report["memory"]["RssAnon"] - reports[SMALL]["memory"]["RssAnon"]
            yield Goal(engine, f"of it its own at {size:,}", 60, more, "MB more, without pages of files")


def _web(engine: str, reports: dict[int, Report]) -> Iterator[Goal]:
    small = reports.get(SMALL, {}).get("web")
    if not small:
        return
    text, speed = "whole pages at 133", small["requests_per_second"]
    yield Goal(engine, text, 80, speed, "requests/s", at_least=True, alone=_capacity(small))
    for size, report in reports.items():
        if size > SMALL and "web" in report:
            ratio = report["web"]["requests_per_second"] / speed
            alone = _capacity(report["web"]) / _capacity(small)
            text = f"whole pages at {size:,} beside 133"
            yield Goal(engine, text, 0.8, ratio, "x", at_least=True, alone=alone)


def _whole_pages(engine: str, reports: dict[int, Report]) -> Iterator[Goal]:
    for size, report in reports.items():
        pages = report.get("pages", {})
        for name, wanted in BESIDE_BARE.items() if pages else ():
            by_clock, alone = beside(pages[name], pages[BARE])
            text = f"whole page beside a bare one of Wagtail at {size:,}, {name}"
            yield Goal(engine, text, wanted, by_clock, "x", at_least=True, alone=alone)


def _editing(engine: str, reports: dict[int, Report]) -> Iterator[Goal]:
    for size, report in reports.items():
        times = report.get("editing")
        for what in EDITED if times and size >= MIDDLE else ():
            ours, stock = (times[f"{what} {whose}"] for whose in WHOSE)
            by_clock, alone = (ours[of] / stock[of] for of in ("p50", "cpu50"))
            yield Goal(engine, f"{what} beside stock at {size:,}", 1.3, by_clock, "x", alone=alone)


def beside(page: Report, other: Report) -> tuple[float, float]:
    """How many times as many of a page are served as of another: by the clock, and in processor time."""
    return (
        float(page["requests_per_second"] / other["requests_per_second"]),
        _capacity(page) / _capacity(other),
    )


def _capacity(web: Report) -> float:
    """Pages a second of two workers that nothing disturbs; the database's own processes are not in it."""
    return 2_000 / float(web["cpu_ms_per_request"])


def _cost(report: Report, of: str) -> float:
    return float(report["index"][of]) / int(report["size"])


def _name(row: Report) -> str:
    return f"{row['words']}, {row['filters']} filters"
