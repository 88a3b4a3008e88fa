"""Owns the command that reads a mail which came back."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from hub.actions import SYSTEM
from hub.actions.mail import NoteBounceAction, UnknownMail
from hub.bounces import MAX_BYTES, read_bounce


class Command(BaseCommand):
    """Marks the mail that a notification on standard input is about; anything else is passed over.

    It ends well in any case: a mail server that hears of an error would send the notification back, too.
    """

    help = (
        "Reads a delivery status notification (RFC 3464) on standard input and marks its mail as come back."
    )
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        raw = sys.stdin.buffer.read(MAX_BYTES)
        # The rest is read, so that whoever pipes it in is not cut off.
        while sys.stdin.buffer.read(MAX_BYTES):
            pass
        bounce = read_bounce(raw)
        if bounce is None:
            self.stdout.write("No notification of a failure: nothing to do.")
            return
        try:
            NoteBounceAction(
                message_ids=bounce.message_ids, reason=bounce.reason, actor=SYSTEM, now=timezone.now()
            ).run()
        except UnknownMail as refusal:
            self.stdout.write(str(refusal))
        else:
            self.stdout.write("Noted.")
