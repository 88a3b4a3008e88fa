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

    sys.stdout.write("Bringing the database up to date (a quarter of a minute, the first time) ...\n")
    sys.stdout.flush()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("setup_hub")
    if settings.HUB_DEMO:
        call_command("seed_demo")
    _index()


def _index() -> None:
    from django.core.management import call_command

    call_command("rebuild_search")


if __name__ == "__main__":
    main()
