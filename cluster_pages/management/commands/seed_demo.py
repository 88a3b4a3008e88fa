"""Owns the command that fills a demo."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cluster_pages.actions.seed_demo import SeedDemoAction
from cluster_pages.actions.seed_people import log_in_lines
from hub.actions import SYSTEM


class Command(BaseCommand):
    """Adds the demo's invented firms and log-ins; refuses on a site that is no demo."""

    help = "Adds 133 invented firms and the demo's log-ins. Safe to run again; refuses where HUB_DEMO is off."

    def handle(self, *args: Any, **options: Any) -> None:
        if not getattr(settings, "HUB_DEMO", False):
            raise CommandError(
                "This site is no demo (HUB_DEMO is off): it gets no invented firms and no known passwords."
            )
        added = SeedDemoAction(actor=SYSTEM, now=timezone.now()).run()
        self.stdout.write(f"Added {added} invented firms.")
        for line in log_in_lines():
            self.stdout.write(line)
