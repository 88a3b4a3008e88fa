"""Owns helping out whoever lost a phone or left a session open: reset the second factor, end sessions."""

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from hub.actions import Action, ActionRefused, Actor, NotAllowed, System, user_of
from hub.links import absolute
from hub.names import language_of, name_of
from hub.outbox import post
from hub.permissions import is_administrator, may_reset_access


class OwnAccess(ActionRefused):
    """Somebody looks after the own log-in on the own page, which asks for the password first."""


class _AccessAction(Action):
    """Something about the log-in of one person, under a lock on the row; all that is open ends with it."""

    log_action = ""
    mail = ""

    def __init__(self, *, person: Any, actor: Actor, now: datetime) -> None:
        super().__init__(actor=actor, now=now)
        self.person = person

    def check(self) -> None:
        """:raises NotAllowed: if the actor may not do this for this person.
        :raises OwnAccess: if that is the actor.
        """
        self.row = get_user_model()._default_manager.select_for_update().get(pk=self.person.pk)
        if isinstance(self.actor, System):
            return
        if not may_reset_access(self.actor, self.row):
            # The reason gives away nothing that a list of people does not show.
            of_one_above = is_administrator(self.row)
            raise NotAllowed(
                _("Only an administrator can do this for an administrator.")
                if of_one_above
                else _("Only coordinators and administrators can do this.")
            )
        if self.actor.pk == self.row.pk:
            raise OwnAccess(_("This is your own log-in. Look after it under “Your log-in”."))

    def execute(self) -> Any:
        """Ends the sessions, notes it and writes to the person."""
        self.row.sessions_from = self.now
        self.row.save(update_fields=["sessions_from"])
        # The sessions themselves count no more; what is listed of them goes too.
        UserSession.objects.filter(user=self.row).delete()
        log(
            instance=self.row, action=self.log_action, user=user_of(self.actor), title=self.row.get_username()
        )
        if self.row.email:
            self._write()
        return self.row

    def _write(self) -> None:
        language = language_of(self.row)
        with translation.override(language):
            url = absolute(reverse("mfa_index"))
            by = _("An administrator") if isinstance(self.actor, System) else name_of(self.actor)
        post(
            kind=self.mail,
            to=self.row.email,
            language=language,
            context={"by": by, "account_url": url},
            now=self.now,
        )


class ResetSecondFactorAction(_AccessAction):
    """Removes app, passkeys and recovery codes of somebody who lost them; all sessions end."""

    log_action = "hub.account.reset_second_factor"
    mail = "site.account.reset"

    def execute(self) -> Any:
        """Removes the factors, then as for the end of sessions."""
        Authenticator.objects.filter(user=self.row).delete()
        return super().execute()


class EndSessionsAction(_AccessAction):
    """Logs somebody out on every device and remembers none of them; the second factor stays."""

    log_action = "hub.account.end_sessions"
    mail = "site.account.sessions_ended"
