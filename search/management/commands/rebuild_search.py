"""Owns the command that builds an index anew."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from search import pending, registry
from search.backends.building import Overtaken


class Command(BaseCommand):
    """Builds indexes anew beside those that answer, then swaps; searches go on meanwhile."""

    help = "Builds the search index anew. Searches and edits go on meanwhile; a killed rebuild does no harm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("index", nargs="*", help="which indexes; all, if none is named")

    def handle(self, *args: Any, **options: Any) -> None:
        for name in options["index"] or [search.index for search in registry.all()]:
            try:
                search = registry.get(name)
            except LookupError as unknown:
                raise CommandError(str(unknown)) from None
            with tqdm(desc=name, unit=" things", disable=not sys.stderr.isatty()) as bar:

                def show(done: int, total: int, bar: Any = bar) -> None:
                    bar.total = total
                    bar.update(done - bar.n)

                try:
                    built = search.store.rebuild(search, show)
                except Overtaken as overtaken:
                    raise CommandError(str(overtaken)) from None
            pending.drain(name)
            self.stdout.write(f"{name}: {built:,} things are in the index.")
