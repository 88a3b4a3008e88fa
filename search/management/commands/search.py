"""Owns the search from a command line."""

import json
from argparse import ArgumentParser
from collections import defaultdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import registry
from search.documents import LANGUAGES
from search.faceted import FacetedSearch
from search.results import Results
from search.state import SORTS, BadSearch

SHOWN_VALUES = 5


class Command(BaseCommand):
    """Answers a search as the site would."""

    help = 'Searches: manage.py search "3d printing" --filter region=flanders --sort name'

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query", help="words, \"phrases\", -not; '' for everything")
        parser.add_argument("--index", default="firms")
        parser.add_argument("--filter", action="append", default=[], metavar="FACET=VALUE")
        parser.add_argument("--widen", action="append", default=[], metavar="FACET")
        parser.add_argument("--sort", choices=SORTS, default="relevance")
        parser.add_argument("--lang", choices=LANGUAGES, default="en", help="the language of labels")
        parser.add_argument("--store", choices=["database"], default="database")
        parser.add_argument("--page", default="1")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            search = registry.get(options["index"])
            results = search.search(search.read(_parameters(search, options)))
        except LookupError as unknown:
            raise CommandError(str(unknown)) from None
        except BadSearch as refused:
            limit = f" (at most {refused.limit})" if refused.limit else ""
            raise CommandError(f"This search cannot be run: {refused.reason}{limit}.") from None
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(results), ensure_ascii=False, indent=1))
        else:
            self._print(search, results, options["lang"])

    def _print(self, search: FacetedSearch, results: Results, language: str) -> None:
        self.stdout.write(search.noun % {"count": results.total})
        for hit in results.hits:
            where = f"  [{', '.join(hit.found)}]" if hit.found else ""
            self.stdout.write(f"{hit.score:>4}  {hit.card.get('name', hit.key)}{where}")
        for facet in search.shown_facets:
            counts = sorted(results.counts.get(facet.name, {}).items(), key=lambda pair: (-pair[1], pair[0]))
            told = (f"{search.label(facet.name, value, language)} {count}" for value, count in counts)
            self.stdout.write(f"{facet.name}: {', '.join(list(told)[:SHOWN_VALUES]) or '-'}")


def _parameters(search: FacetedSearch, options: dict[str, Any]) -> dict[str, list[str]]:
    known = {facet.name for facet in search.shown_facets}
    parameters: dict[str, list[str]] = defaultdict(list)
    parameters |= {"q": [options["query"]], "sort": [options["sort"]], "page": [options["page"]]}
    for given in options["filter"]:
        facet, _, value = given.partition("=")
        if facet not in known or not value:
            raise CommandError(f"--filter {given}: give FACET=VALUE, with one of {', '.join(sorted(known))}.")
        parameters[facet].append(value)
    for facet in options["widen"]:
        if facet not in search.widening:
            raise CommandError(f"--widen {facet}: give one of {', '.join(search.widening)}.")
        parameters[search.widening[facet]].append("1")
    return parameters


def _as_json(results: Results) -> dict[str, Any]:
    return {
        "total": results.total,
        "facets": {name: dict(counts) for name, counts in results.counts.items()},
        "hits": [
            {"id": hit.key, "name": hit.card.get("name", ""), "found": list(hit.found)}
            for hit in results.hits
        ],
    }
