"""Owns the command that sets up the hub."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cluster_pages.actions.set_up_hub import SetUpHubAction
from hub.actions import SYSTEM


class Command(BaseCommand):
    """Adds what is missing of a hub: ground, words, pages, regional hubs, groups."""

    help = (
        "Adds the locales, regions, clusters, vocabulary terms, pages, hubs of the partner regions and "
        "groups of roles that are missing. Safe to run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = SetUpHubAction(actor=SYSTEM, now=timezone.now()).run()
        self.stdout.write(
            f"Added {done.locales} locales, {done.regions} regions, {done.clusters} clusters, "
            f"{done.terms} vocabulary terms and {done.pages} pages, {done.hubs} regional hubs "
            f"and {done.roles} groups of roles; the rest was there already."
        )
