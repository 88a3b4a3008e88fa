"""Owns the command that imports firms from a CSV or XLSX file."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from directory.importing.brought import Brought
from directory.importing.mapping import MappingRefused
from directory.importing.report import Report
from directory.importing.running import import_firms
from directory.importing.staging import Staged
from directory.importing.table import MAX_BYTES, FileRefused
from hub.actions import SYSTEM

_SHOWN = 50


class Command(BaseCommand):
    """Imports firms; the same file again changes nothing."""

    help = (
        "Imports firms from a CSV or XLSX file through a mapping (see directory/mappings/). "
        "Rows that cannot be used are reported and stop no other; the same file again changes nothing. "
        "Exit code 1: the file or the mapping cannot be used at all."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the CSV or XLSX file")
        parser.add_argument(
            "--mapping", type=Path, required=True, help="the TOML file that says what its columns mean"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
        parser.add_argument(
            "--json", action="store_true", help="print the whole report, with every problem, as JSON"
        )
        parser.add_argument("--all", action="store_true", help="print every problem, not only the first 50")

    def handle(self, *args: Any, **options: Any) -> None:
        """:raises CommandError: if the file or the mapping cannot be used."""
        file, mapping = Path(options["file"]), Path(options["mapping"])
        content = _bytes_of(file)
        rules = _bytes_of(mapping).decode("utf-8-sig", errors="replace")
        quiet = options["json"] or not sys.stderr.isatty()

        def progress(rows: Sequence[Staged]) -> Iterable[Staged]:
            return tqdm(rows, unit=" firms", disable=quiet, file=sys.stderr)

        try:
            report = import_firms(
                brought=Brought(content, file.name, rules, mapping.name),
                actor=SYSTEM,
                now=timezone.now(),
                dry_run=options["dry_run"],
                progress=progress,
            )
        except (FileRefused, MappingRefused) as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
        else:
            self._tell(report, None if options["all"] else _SHOWN)

    def _tell(self, report: Report, most: int | None) -> None:
        for problem in report.problems[:most]:
            self.stdout.write(str(problem))
        more = len(report.problems) - len(report.problems[:most])
        if more:
            self.stdout.write(f"... and {more:,} more: --all or --json shows them.")
        for line in report.sentences():
            self.stdout.write(line)
        self.stdout.write(f"{report.seconds:,.1f} seconds.")


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}. Give the path of a file that can be read.") from error
