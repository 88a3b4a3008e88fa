"""Owns the goals and whether a set of reports meets them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Report = dict[str, Any]
LARGE, MIDDLE, SMALL = 100_000, 10_000, 133
ONE_PERCENT = 0.01


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal and what was measured; `at_least` says in which direction it is met."""

    engine: str
    text: str
    wanted: float
    measured: float
    unit: str = ""
    at_least: bool = False
    where: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the goal is reached."""
        return self.measured >= self.wanted if self.at_least else self.measured <= self.wanted

    @property
    def verdict(self) -> str:
        """`met`, or by how much it is missed."""
        if self.is_met:
            return "met"
        return f"missed by {abs(self.measured - self.wanted) / self.wanted:.0%}"


def judged(engine: str, reports: dict[int, Report]) -> list[Goal]:
    """The goals that these reports (by size) can speak to."""
    return [
        *_answers(engine, reports),
        *_stock(engine, reports),
        *_pages(engine, reports),
        *_indexing(engine, reports),
        *_memory(engine, reports),
        *_web(engine, reports),
    ]


def _answers(engine: str, reports: dict[int, Report]) -> Iterator[Goal]:
    for size, report in reports.items():
        rows = report.get("cases")
        if size < LARGE or not rows:
            continue
        at = f" at {size:,}"
        words = [row for row in rows if row["words"] != "phrase"]
        worst = _most(words, lambda row: row["ours"]["p95"])
        yield Goal(
            engine,
            f"p95 of the worst query but phrases{at}",
            5,
            worst["ours"]["p95"],
            "ms",
            where=_name(worst),
        )
        worst = _most(words, lambda row: row["ours"]["p95"] / row["sql"]["p95"])
        ratio = worst["ours"]["p95"] / worst["sql"]["p95"]
        yield Goal(
            engine, f"p95 beside hand-written SQL, worst query{at}", 0.2, ratio, "x", where=_name(worst)
        )
        common = [row for row in rows if row["total"] >= size * ONE_PERCENT]
        worst = _most(common, lambda row: row["ours"]["p95"] / row["tantivy"]["p95"])
        ratio = worst["ours"]["p95"] / worst["tantivy"]["p95"]
        yield Goal(
            engine, f"p95 beside tantivy, worst query of 1 % or more{at}", 1, ratio, "x", where=_name(worst)
        )
        worst = _most((row for row in rows if row["words"] == "phrase"), lambda row: row["ours"]["p95"])
        yield Goal(engine, f"p95 of the worst phrase{at}", 30, worst["ours"]["p95"], "ms", where=_name(worst))


def _stock(engine: str, reports: dict[int, Report]) -> Iterator[Goal]:
    rows = [row for row in reports.get(MIDDLE, {}).get("cases", ()) if "stock" in row]
    if rows:
        for which, pick in (("best", max), ("worst", min)):
            row = pick(rows, key=lambda row: row["stock"]["p50"] / row["ours"]["p50"])
            ratio = row["stock"]["p50"] / row["ours"]["p50"]
            text = f"stock Wagtail / ours at 10,000, {which} query"
            yield Goal(engine, text, 500, ratio, "x", at_least=True, where=_name(row))


def _pages(engine: str, reports: dict[int, Report]) -> Iterator[Goal]:
    for size, report in reports.items():
        if "page" in report:
            page = report["page"]
            text = f"answer, cards and marks of a page of 20 at {size:,}, p50"
            yield Goal(engine, text, 10, page["p50"], "ms", where=page["words"])
        if "edit" in report and size >= LARGE:
            yield Goal(engine, f"an edit searchable at {size:,}, p50", 50, report["edit"]["p50"], "ms")


def _indexing(engine: str, reports: dict[int, Report]) -> Iterator[Goal]:
    for size, report in reports.items():
        if size >= MIDDLE:
            speed = report["index"]["firms_per_second"]
            yield Goal(engine, f"indexing {size:,}", 1_000, speed, "firms/s", at_least=True)
        if size >= LARGE:
            yield Goal(engine, f"postings per firm at {size:,}", 0.4, report["index"]["kb_per_firm"], "KB")
    if MIDDLE in reports and LARGE in reports:
        ratio = _speed(reports[MIDDLE]) / _speed(reports[LARGE])
        yield Goal(engine, "time per firm at 100,000 beside 10,000", 1.3, ratio, "x")


def _memory(engine: str, reports: dict[int, Report]) -> Iterator[Goal]:
    for size, report in reports.items():
        if size >= LARGE and "memory" in report and "memory" in reports.get(SMALL, {}):
            more = report["memory"]["VmRSS"] - reports[SMALL]["memory"]["VmRSS"]
            yield Goal(engine, f"a web process at {size:,} beside 133", 60, more, "MB more, resident")
            more = report["memory"]["RssAnon"] - reports[SMALL]["memory"]["RssAnon"]
            yield Goal(engine, f"of it its own at {size:,}", 60, more, "MB more, without pages of files")


def _web(engine: str, reports: dict[int, Report]) -> Iterator[Goal]:
    small = reports.get(SMALL, {}).get("web")
    if small:
        speed = small["requests_per_second"]
        yield Goal(engine, "whole pages at 133", 80, speed, "requests/s", at_least=True)
    for size, report in reports.items():
        if small and size > SMALL and "web" in report:
            ratio = report["web"]["requests_per_second"] / small["requests_per_second"]
            yield Goal(engine, f"whole pages at {size:,} beside 133", 0.8, ratio, "x", at_least=True)


def _speed(report: Report) -> float:
    return float(report["index"]["firms_per_second"])


def _most(rows: Any, key: Any) -> Report:
    found: Report = max(rows, key=key)
    return found


def _name(row: Report) -> str:
    return f"{row['words']}, {row['filters']} filters"
