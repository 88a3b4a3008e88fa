"""Owns the jobs of the pages: what they forget in time."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from cluster_pages.actions.writing import forget_senders
from hub.worker import Job, register

SENDERS = "cluster_pages.senders"


def register_jobs() -> None:
    """Makes them known to the worker; called once, when the app is ready."""
    register(Job(SENDERS, _("Forget who wrote to leads"), timedelta(hours=1), forget_senders))
