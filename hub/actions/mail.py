"""Owns what people do to a mail of the outbox: try again, give up, and hear that it came back."""

from datetime import datetime

from django.utils.translation import gettext as _
from wagtail.log_actions import log

from hub.actions.base import Action, ActionRefused, Actor, user_of
from hub.actions.rights import require
from hub.models import MailState, OutgoingMail
from hub.permissions import may_see_mails


class MailIsSettled(ActionRefused):
    """The mail is in a state in which that cannot be done."""


class UnknownMail(ActionRefused):
    """No mail of ours has that Message-ID."""


class _MailAction(Action):
    """Something that happens to one mail, under a lock on its row."""

    def __init__(self, *, mail: OutgoingMail, actor: Actor, now: datetime) -> None:
        super().__init__(actor=actor, now=now)
        self.mail = mail

    def check(self) -> None:
        """:raises NotAllowed: if the actor may not see mails."""
        require(self.actor, may_see_mails, _("Only administrators can change this."))
        self.row = OutgoingMail.objects.select_for_update().get(pk=self.mail.pk)

    def _note(self, action: str) -> None:
        # The log keeps the kind: the subject may hold a name.
        log(instance=self.row, action=action, user=user_of(self.actor), title=self.row.kind)


class RetryMailAction(_MailAction):
    """Sends a mail again that failed or was given up; it gets all its tries anew."""

    def check(self) -> None:
        """:raises NotAllowed: if the actor may not see mails.
        :raises MailIsSettled: if it was sent, or waits anyway, or its text is erased.
        """
        super().check()
        if self.row.is_forgotten:
            raise MailIsSettled(_("The text of this mail is erased, so it cannot be sent again."))
        if self.row.state not in (MailState.FAILED, MailState.BOUNCED, MailState.DISCARDED):
            raise MailIsSettled(_("This mail has not failed; there is nothing to try again."))

    def execute(self) -> OutgoingMail:
        OutgoingMail.objects.filter(pk=self.row.pk).update(
            state=MailState.WAITING, tries=0, due_at=self.now, settled_at=None, reason="", lease="",
            leased_until=None,
        )  # fmt: skip
        self._note("hub.mail.retry")
        return self.row


class DiscardMailAction(_MailAction):
    """Gives a mail up: it is not sent any more."""

    def check(self) -> None:
        """:raises NotAllowed: if the actor may not see mails.
        :raises MailIsSettled: if it was sent or given up.
        """
        super().check()
        if self.row.state not in (MailState.WAITING, MailState.FAILED, MailState.BOUNCED):
            raise MailIsSettled(_("This mail is settled already; there is nothing to give up."))

    def execute(self) -> OutgoingMail:
        # Without its lease, a worker that is sending it just now cannot write over this.
        OutgoingMail.objects.filter(pk=self.row.pk).update(
            state=MailState.DISCARDED, settled_at=self.now, lease="", leased_until=None
        )
        self._note("hub.mail.discard")
        return self.row


class NoteBounceAction(Action):
    """Marks the mail that a server sent back, with its reason."""

    def __init__(self, *, message_ids: tuple[str, ...], reason: str, actor: Actor, now: datetime) -> None:
        super().__init__(actor=actor, now=now)
        self.message_ids = message_ids
        self.reason = reason

    def check(self) -> None:
        """:raises UnknownMail: if none of ours has one of these Message-IDs."""
        known = OutgoingMail.objects.select_for_update().filter(message_id__in=self.message_ids)
        self.row = known.order_by("pk").first()
        if self.row is None:
            raise UnknownMail(_("No mail of this hub has that Message-ID."))

    def execute(self) -> OutgoingMail:
        assert self.row is not None  # noqa: S101 - check() has run
        reason = "" if self.row.is_forgotten else self.reason
        OutgoingMail.objects.filter(pk=self.row.pk).update(
            state=MailState.BOUNCED, settled_at=self.now, reason=reason[:500], lease="", leased_until=None
        )
        log(instance=self.row, action="hub.mail.bounce", user=user_of(self.actor), title=self.row.kind)
        return self.row
