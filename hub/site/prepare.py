"""Owns getting a clone's site ready to be served: translations, database, set-up, demo, search index."""

import os
import sys

import django


def main() -> None:
    """Does what is still missing; safe to repeat, also after it was killed half-way."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.site.settings.dev")
    from .messages import compile_messages
    from .settings.env import BASE_DIR, VAR_DIR

    VAR_DIR.mkdir(exist_ok=True)
    compile_messages(BASE_DIR)
    django.setup()
    _prepare()


def _prepare() -> None:
    from django.conf import settings
    from django.core.management import call_command

    _say("Bringing the database up to date (half a minute, the first time) ...")
    call_command("migrate", interactive=False, verbosity=0)
    call_command("setup_hub")
    if settings.HUB_DEMO:
        _demo()
    _index()


def _demo() -> None:
    """Once: whoever deletes a firm of the demo does not meet it again."""
    from django.core.management import call_command

    from cluster_pages.actions.seed_people import log_in_lines
    from directory.models import Firm

    if not Firm.objects.filter(is_demo=True).exists():
        call_command("seed_demo")
        return
    for line in log_in_lines():
        _say(line)


def _index() -> None:
    """An index that was never built is built now; one that was stopped while it caught up goes on."""
    from django.core.management import call_command

    from search import registry
    from search.models import SearchIndex
    from search.pending import drain

    built = set(SearchIndex.objects.values_list("name", flat=True))
    if any(search.index not in built for search in registry.all()):
        call_command("rebuild_search")
    for search in registry.all():
        drain(search.index)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
