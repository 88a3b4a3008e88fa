"""Owns what is kept of sessions: where they came from, as long as they last and no longer."""

from datetime import datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_out
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hub.worker import Job, register


def register_upkeep() -> None:
    """Called once, when the app is ready."""
    register(
        Job("site.sessions", _("Forget where ended sessions came from"), timedelta(hours=1), forget_ended)
    )
    user_logged_out.connect(_forget, dispatch_uid="hub.site.accounts")


def forget_ended(now: datetime) -> int:
    """Forgets the sessions that have ended by themselves; how many."""
    lasting = Session.objects.filter(expire_date__gt=now).values("session_key")
    gone, _by_model = UserSession.objects.exclude(session_key__in=lasting).delete()
    return gone


def _forget(sender: Any, request: HttpRequest, **told: Any) -> None:
    UserSession.objects.filter(session_key=request.session.session_key).delete()
