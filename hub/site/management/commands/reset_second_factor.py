"""Owns the way back in for the only administrator, who can log in on the server but not in the hub."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from hub.actions import SYSTEM
from hub.site.accounts.actions import ResetSecondFactorAction


class Command(BaseCommand):
    """Resets the second factor of one person and ends the sessions; the person is mailed."""

    help = "Removes the app, passkeys and recovery codes of somebody who lost them, and ends all sessions."

    def add_arguments(self, parser: CommandParser) -> None:
        """The user name; a mail address may belong to several."""
        parser.add_argument("username")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        """:raises CommandError: if there is nobody of that name."""
        person = get_user_model()._default_manager.filter(username=username).first()
        if person is None:
            raise CommandError(f"There is nobody with the user name {username}.")
        ResetSecondFactorAction(person=person, actor=SYSTEM, now=timezone.now()).run()
        self.stdout.write(f"The second factor of {username} is reset, and all sessions have ended.")
