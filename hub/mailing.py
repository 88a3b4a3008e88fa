"""Owns the two ends of Django's own mail: what anybody sends goes into the outbox; the demo's goes nowhere.

`EMAIL_BACKEND = "hub.mailing.OutboxBackend"`, and the backend that really sends in `HUB_MAIL_BACKEND`.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from hub.languages import current_language

from .outbox import store

# It may be a link for a new password, which shall not lie here and in backups. All tries take 41 hours.
MAY_HOLD_A_KEY = timedelta(days=2)


class OutboxBackend(BaseEmailBackend):
    """Stores mails of Django and Wagtail (a new password, something to approve), so that no screen waits.

    Text and recipients are kept, one row each; attachments and other forms of the text are not.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many were stored."""
        now, language = timezone.now(), current_language()
        for message in email_messages:
            for recipient in message.recipients():
                store(
                    kind="site.message",
                    to=recipient,
                    language=language,
                    subject=str(message.subject),
                    body=str(message.body),
                    reply_to=next(iter(message.reply_to), ""),
                    forget_after=MAY_HOLD_A_KEY,
                    now=now,
                )
        return len(email_messages)


class KeepingBackend(BaseEmailBackend):
    """Sends nothing: the demo's mails stay under *Mails*."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """None was sent."""
        return 0
