"""Owns the run of an import: every row staged, compared with the register, and written on its own."""

import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from directory.models import ImportRun
from hub.actions import Actor, user_of
from search.pending import postponed

from .comparing import Comparison
from .filling import Terms
from .known import Known
from .mapping import ImportMapping, read_mapping
from .reading import read
from .report import Report
from .staging import Stage, Staged
from .table import FileRefused, Table, shortened
from .writing import Writer

Progress = Callable[[Sequence[Staged]], Iterable[Staged]]


def import_firms(
    *,
    content: bytes,
    file_name: str,
    mapping: str,
    mapping_name: str,
    actor: Actor,
    now: datetime,
    dry_run: bool = False,
    progress: Progress = iter,
) -> Report:
    """Imports the firms of a CSV or XLSX file through a TOML mapping; `dry_run` writes nothing.

    A row that cannot be used never stops the others. Run again, also after a kill, the import goes on where
    it stopped: rows that were taken over and have not changed are left alone.
    `progress` wraps the rows on their way.

    :raises FileRefused: if the file cannot be used at all.
    :raises MappingRefused: if the mapping cannot be used, with every reason.
    """
    began = time.monotonic()
    terms = Terms.load()
    known = terms.known()
    rules = read_mapping(mapping, known)
    report = Report(dry_run=dry_run)
    staged = _stage(_read(content, rules), rules, known, now, report)
    if dry_run:
        Comparison(report, staged).run(progress(staged))
    else:
        user = user_of(actor)
        names = {"file_name": file_name[-200:], "mapping_name": mapping_name[-200:]}
        run = ImportRun.objects.create(**names, by_id=user.pk if user else None, started_at=now)
        with postponed():
            Writer(report, staged, terms=terms, run=run, actor=actor, now=now).run(progress(staged))
        run.counts, run.reasons = report.counts(), report.reasons()
        run.finished_at = now + timedelta(seconds=time.monotonic() - began)
        run.save()
    report.problems.sort(key=lambda problem: problem.line)
    report.seconds = time.monotonic() - began
    return report


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
