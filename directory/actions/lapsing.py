"""Owns how a proposal ends that nobody answers."""

from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _
from wagtail.log_actions import log

from directory.models import Firm, Proposal
from directory.proposing.forgetting import forget
from directory.proposing.mails import tell_sender
from hub.actions import SYSTEM, Action, ActionRefused

from .carrying_out import put_draft_aside
from .proposing import AlreadyDecided, close, decided_message, locked

PATIENCE: Final = timedelta(days=365)


class StillYoung(ActionRefused):
    """Somebody may still answer it."""


class LapseProposalAction(Action):
    """Closes a proposal that has waited for a year, says so to its sender, and erases who that was."""

    def __init__(self, *, proposal: Proposal, now: datetime) -> None:
        super().__init__(actor=SYSTEM, now=now)
        self.proposal = proposal

    def check(self) -> None:
        """:raises AlreadyDecided: if it does not wait any more.
        :raises StillYoung: if it has waited for less than a year.
        """
        self.proposal = locked(self.proposal)
        if self.proposal.state != Proposal.State.WAITING:
            raise AlreadyDecided(decided_message(self.proposal))
        if self.proposal.sent_at > self.now - PATIENCE:
            raise StillYoung(_("This proposal has not waited for a year."))

    def execute(self) -> None:
        """Nothing is left of it but what is counted."""
        put_draft_aside(self.proposal)
        close(self.proposal, Proposal.State.LAPSED, self.now)
        about = Firm.objects.filter(pk=self.proposal.firm_id or 0).first() or self.proposal
        log(instance=about, action="directory.proposal.lapse", data={"kind": self.proposal.kind})
        tell_sender("unanswered", self.proposal, self.now)
        forget(Proposal.objects.filter(pk=self.proposal.pk), self.now)
