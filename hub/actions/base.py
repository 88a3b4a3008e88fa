"""Owns the shape of every action: who does it is always said, and it happens wholly or not at all."""

import logging
from datetime import datetime
from enum import Enum
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

logger = logging.getLogger("hub.refused")


class System(Enum):
    """What the hub does by itself: set-up, imports from the command line, the worker."""

    SYSTEM = "system"


SYSTEM = System.SYSTEM
Actor = AbstractBaseUser | System


class ActionRefused(Exception):
    """The action may not happen now; the message is fit for a person."""


class NotAllowed(ActionRefused):
    """This person may not do that."""


class Action:
    """Changes something in one transaction: `check()` says why not, `execute()` does it, `run()` both."""

    def __init__(self, *, actor: Actor, now: datetime) -> None:
        self.actor = actor
        self.now = now

    def check(self) -> None:
        """:raises ActionRefused: with the reason, if it may not happen."""

    def execute(self) -> Any:
        """What the action does; called by `run()`, after `check()`, in the same transaction."""
        raise NotImplementedError

    def run(self) -> Any:
        """Checks and executes in one transaction.

        :raises ActionRefused: with the reason; nothing is changed, and one line without details is logged.
        """
        try:
            with transaction.atomic():
                self.check()
                return self.execute()
        except ActionRefused as refusal:
            logger.info("refused", extra={"action": type(self).__name__, "reason": type(refusal).__name__})
            raise


def user_of(actor: Actor) -> AbstractBaseUser | None:
    """The user to write into a log or a revision; None when the hub acts by itself."""
    return None if isinstance(actor, System) else actor
