"""Owns how a proposal is answered: accepted, which does what it asks, or returned with a reason."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from wagtail.log_actions import log

from directory.models import Firm, Proposal
from directory.proposing.mails import tell_sender
from hub.actions import Action, ActionRefused, Actor, user_of
from hub.permissions import may_answer_proposals, may_decide

from . import carrying_out
from .carrying_out import Way
from .proposing import AlreadyDecided, close, decided_message, locked
from .rights import May, require_for


class ReasonMissing(ActionRefused):
    """Whoever sent it cannot know why it is returned."""


class SaysMoreNow(ActionRefused):
    """The sender has added something that whoever answers has not seen."""


class _AnswerAction(Action):
    """One answer to one proposal."""

    may: May = staticmethod(may_decide)

    def __init__(self, *, proposal: Proposal, actor: Actor, now: datetime) -> None:
        super().__init__(actor=actor, now=now)
        self.proposal = proposal

    def check(self) -> None:
        """:raises NotAllowed: if the actor does not answer for the region in which the firm is now.
        :raises AlreadyDecided: if it does not wait any more.
        """
        self.proposal = locked(self.proposal)
        require_for(self.actor, self.may, self.proposal.subject)
        if self.proposal.state != Proposal.State.WAITING:
            raise AlreadyDecided(decided_message(self.proposal))

    def decide(self, state: str, action: str, **values: Any) -> Proposal:
        """Writes the answer down, in the history of the firm if there is one, and tells the sender."""
        user = user_of(self.actor)
        close(self.proposal, state, self.now, decided_by=user, **values)
        about = Firm.objects.filter(pk=self.proposal.firm_id or 0).first() or self.proposal
        log(instance=about, action=action, user=user, data={"kind": self.proposal.kind})
        tell_sender(state, self.proposal, self.now)
        return self.proposal


class AcceptProposalAction(_AnswerAction):
    """Does what a proposal asks, wholly or not at all; `seen` is the version that somebody looked at."""

    def __init__(
        self, *, proposal: Proposal, way: Way = Way.PUBLISH, seen: str = "", actor: Actor, now: datetime
    ) -> None:
        super().__init__(proposal=proposal, actor=actor, now=now)
        self.way = way
        self.seen = seen
        if way is Way.INTO_DRAFT and proposal.kind == Proposal.Kind.CORRECT:
            # Nobody outside sees a draft.
            self.may = may_answer_proposals

    def check(self) -> None:
        """:raises SaysMoreNow: if it says something else than what was looked at."""
        super().check()
        if self.seen and self.seen != self.proposal.version:
            raise SaysMoreNow(
                _("The sender has added something since you opened this page. Look at it again, then answer.")
            )

    def execute(self) -> Proposal:
        """The accepted proposal.

        :raises ActionRefused: if what it asks cannot be done now; then nothing is changed.
        """
        values: Mapping[str, Any] = {}
        if self.way is not Way.BY_HAND:
            values = _EFFECTS[self.proposal.kind](self.proposal, self.way, self.actor, self.now) or {}
        return self.decide(Proposal.State.ACCEPTED, "directory.proposal.accept", **values)


class ReturnProposalAction(_AnswerAction):
    """Says no, and why. A draft that the firm saved through its link is no longer the one to publish."""

    def __init__(self, *, proposal: Proposal, reason: str, actor: Actor, now: datetime) -> None:
        super().__init__(proposal=proposal, actor=actor, now=now)
        self.reason = reason.strip()

    def check(self) -> None:
        """:raises ReasonMissing: without a reason."""
        super().check()
        if not self.reason:
            raise ReasonMissing(_("Say why: whoever sent it reads this."))

    def execute(self) -> Proposal:
        """The returned proposal."""
        carrying_out.put_draft_aside(self.proposal)
        return self.decide(Proposal.State.RETURNED, "directory.proposal.return", reason=self.reason)


_Effect = Callable[[Proposal, Way, Actor, datetime], Mapping[str, Any] | None]
_EFFECTS: Mapping[str, _Effect] = {
    Proposal.Kind.CORRECT: carrying_out.correct,
    Proposal.Kind.CLOSED: carrying_out.unpublish,
    Proposal.Kind.DUPLICATE: carrying_out.require_merged,
    Proposal.Kind.REMOVE: carrying_out.remove,
    Proposal.Kind.MINE: carrying_out.send_edit_link,
    Proposal.Kind.LIST: carrying_out.add_firm,
    Proposal.Kind.JOIN: carrying_out.join,
}
