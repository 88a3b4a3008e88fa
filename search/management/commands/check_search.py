"""Owns the command that compares an index with the database, and mends it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import pending, registry
from search.backends.checking import Differences, differences
from search.faceted import FacetedSearch
from search.marks import note


class Command(BaseCommand):
    """Says in plain words where an index differs from what is published; exits with 1 if it does."""

    help = "Compares every document and posting of the search index with the database; --repair mends it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="mend what differs")

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = [search for search in registry.all() if not self._is_right(search)]
        if wrong and options["repair"]:
            for search in wrong:
                self._mend(search)
            wrong = [search for search in wrong if not self._is_right(search)]
        if wrong:
            names = ", ".join(search.index for search in wrong)
            raise CommandError(f"The index differs: {names}. `check_search --repair` mends it.")

    def _is_right(self, search: FacetedSearch) -> bool:
        found = differences(search.index, search.facets, search)
        self.stdout.write(
            f"{search.index}: {'; '.join(_told(found)) or 'the index is as the database says'}."
        )
        return not found

    def _mend(self, search: FacetedSearch) -> None:
        found = differences(search.index, search.facets, search)
        if found.postings or found.is_unbuilt:
            search.store.rebuild(search)
        else:
            note(search.index, found.things)
        pending.drain(search.index)
        self.stdout.write(f"{search.index}: mended.")


def _told(found: Differences) -> list[str]:
    counts = {
        "published but not in the index": len(found.missing),
        "changed since the index looked": len(found.outdated),
        "in the index but not published": len(found.surplus),
        "terms posted for the wrong documents": found.postings,
    }
    told = [f"{what}: {count:,}" for what, count in counts.items() if count]
    return ["there is no index yet", *told] if found.is_unbuilt else told
