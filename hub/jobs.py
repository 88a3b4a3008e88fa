"""Owns the jobs of the ground: mails, old texts, timed publishing, terms, reminders, old sessions."""

from datetime import datetime, timedelta

from django.apps import apps
from django.core.management import call_command
from django.utils.translation import gettext_lazy as _

from hub import delivery
from hub.groups import keep_groups
from hub.publishing import publish_scheduled
from hub.reminders import remind, send_weekly
from hub.worker import Job, register


def register_jobs() -> None:
    """Makes them known to the worker; called once, when the app is ready."""
    for job in (
        Job("hub.mails", _("Send mails"), timedelta(seconds=10), delivery.deliver),
        Job("hub.publishing", _("Publish what is timed"), timedelta(minutes=1), publish_scheduled),
        Job("hub.forgetting", _("Erase old texts of mails"), timedelta(hours=1), delivery.forget),
        Job("hub.terms", _("Begin and end terms of leads"), timedelta(minutes=1), _keep_groups),
        Job("hub.reminders", _("Remind of what waits and is due"), timedelta(minutes=30), remind),
        Job("hub.weekly", _("Write the mails of Monday"), timedelta(minutes=30), send_weekly),
        Job("hub.sessions", _("Clear old sessions"), timedelta(days=1), _clear_sessions),
    ):
        register(job)


def _keep_groups(now: datetime) -> int:
    return keep_groups()


def _clear_sessions(now: datetime) -> int:
    if apps.is_installed("django.contrib.sessions"):
        call_command("clearsessions")
    return 0
