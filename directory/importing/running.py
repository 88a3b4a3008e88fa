"""Owns the run of an import: every row staged, compared with the register, and written on its own."""

import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from directory.models import ImportProblem, ImportRun
from directory.sentences import Sentence as _
from hub.actions import Actor, user_of
from search.pending import postponed

from .beating import beating
from .brought import Brought
from .comparing import Comparison
from .filling import Terms
from .known import Known
from .mapping import ImportMapping, read_mapping
from .reach import Reach
from .reading import read
from .report import Report
from .staging import Stage, Staged
from .table import FileRefused, Table, shortened
from .writing import Writer

# A file may have more, but nobody reads them; a better mapping makes them fewer.
KEPT_PROBLEMS = 20_000


class Paused(Exception):
    """Raised by `progress` to let others have a turn; the next run goes on, and the numbers add up."""


Progress = Callable[[Sequence[Staged]], Iterable[Staged]]


def import_firms(
    *,
    brought: Brought,
    actor: Actor,
    now: datetime,
    dry_run: bool = False,
    progress: Progress = iter,
    run: ImportRun | None = None,
) -> Report:
    """Imports the firms of a CSV or XLSX file through a TOML mapping; `dry_run` leaves the register as it is.

    A row that cannot be used, or lies in a region that the actor does not lead, never stops the others. Run
    again, also after a kill, the import goes on where it stopped: rows that were taken over and have not
    changed are left alone.
    `progress` wraps the rows on their way. `run` is where the numbers are kept, a new one if there is none.

    :raises FileRefused: if the file cannot be used at all.
    :raises MappingRefused: if the mapping cannot be used, with every reason.
    :raises Paused: if `progress` raised it.
    """
    began = time.monotonic()
    terms = Terms.load()
    known = terms.known()
    rules = read_mapping(brought.mapping, known)
    report = Report(dry_run=dry_run)
    staged = _stage(_read(brought.content, rules), rules, known, now, report)
    if dry_run:
        Comparison(report, staged, Reach.of(actor)).run(progress(staged))
    else:
        rows = progress(staged)
        if run is None:
            run = _begun(brought, actor, now)
            rows = beating(run, rows, len(staged))
        _write(Writer(report, staged, terms=terms, run=run, actor=actor, now=now), rows)
    report.problems.sort(key=lambda problem: problem.line)
    report.seconds = time.monotonic() - began
    if run is not None:
        keep(run, report, now + timedelta(seconds=report.seconds))
    return report


def _begun(brought: Brought, actor: Actor, now: datetime) -> ImportRun:
    user = user_of(actor)
    return ImportRun.objects.create(
        **brought.names(), by_id=user.pk if user else None, started_at=now, since=now
    )


def _write(writer: Writer, rows: Iterable[Staged]) -> None:
    run, report = writer.imported, writer.report
    try:
        with postponed():
            writer.run(rows)
    except Paused:
        run.so_far = report.pause(run.so_far)
        run.save(update_fields=["so_far"])
        raise
    report.resume(run.so_far)


def keep(run: ImportRun, report: Report, now: datetime) -> None:
    """Keeps what an import, or its trial, has come to; problems of an earlier try are replaced."""
    run.counts, run.reasons = report.counts(), report.reasons()
    run.state = ImportRun.State.TRIED if report.dry_run else ImportRun.State.DONE
    run.since, run.finished_at = now, None if report.dry_run else now
    run.done_rows, run.all_rows, run.so_far = report.rows, report.rows, {}
    problems = [
        ImportProblem(
            run=run,
            line=problem.line,
            column=problem.column[:200],
            value=problem.value[:60],
            reason=problem.reason.kept(),
            code=problem.code[:40],
        )
        for problem in report.problems[:KEPT_PROBLEMS]
    ]
    with transaction.atomic():
        run.problems.all().delete()
        ImportProblem.objects.bulk_create(problems, batch_size=500)
        run.save()


def _read(content: bytes, rules: ImportMapping) -> Table:
    table = read(content)
    missing = rules.missing(table.columns)
    if missing:
        raise FileRefused(
            _(
                "The mapping needs columns that the file does not have: %(missing)s. "
                "The file has: %(columns)s."
            )
            % {
                "missing": ", ".join(missing),
                "columns": ", ".join(shortened(column) for column in table.columns if column),
            }
        )
    return table


def _stage(table: Table, rules: ImportMapping, known: Known, now: datetime, report: Report) -> list[Staged]:
    stage = Stage(table.columns, rules, known, now)
    for problem in table.problems:
        if problem.code == "short":
            report.problems.append(problem)
        else:
            report.rows += 1
            report.refuse(problem)
    report.rows += len(table.rows)
    return [stage.row(row) for row in table.rows]
