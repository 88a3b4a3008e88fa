"""Owns the command that sets up the hub."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cluster_pages.actions.set_up_hub import SetUpHubAction
from hub.actions import SYSTEM


class Command(BaseCommand):
    """Adds the locales, regions, clusters, vocabulary terms and pages that are missing."""

    help = (
        "Adds the locales, regions, clusters, vocabulary terms and pages that are missing. Safe to run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = SetUpHubAction(actor=SYSTEM, now=timezone.now()).run()
        self.stdout.write(
            f"Added {done.locales} locales, {done.regions} regions, {done.clusters} clusters, "
            f"{done.terms} vocabulary terms and {done.pages} pages; the rest was there already."
        )
