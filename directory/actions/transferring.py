"""Owns giving a firm to another region with the consent of both: offered, then accepted, or not."""

from datetime import datetime

from django.utils.translation import gettext as _
from wagtail.log_actions import log

from directory.models import Firm, FirmTransfer, Merge
from directory.transfers import tell_answered, tell_offered
from hub.actions import SYSTEM, Action, ActionRefused, Actor, user_of
from hub.actions.rights import require
from hub.models import Region
from hub.permissions import may_accept_move, may_offer_move

from .moving import FirmNotMovable, move_to
from .rights import locked_firm, require_for

State = FirmTransfer.State


class OfferedAlready(ActionRefused):
    """The firm waits for the answer of a region."""


class TransferClosed(ActionRefused):
    """The offer does not wait for an answer any more."""


class ReasonMissing(ActionRefused):
    """Whoever offered the firm cannot know why it is declined."""


class OfferFirmAction(Action):
    """Offers a firm to another region; it stays where it is until that one accepts."""

    def __init__(self, *, firm: Firm, to: Region, actor: Actor, now: datetime) -> None:
        super().__init__(actor=actor, now=now)
        self.firm = firm
        self.to = to

    def check(self) -> None:
        """:raises NotAllowed: if the actor does not lead the region in which the firm is now.
        :raises FirmNotMovable: if it lies in no region, in that one, or is kept aside after a merge.
        :raises OfferedAlready: while another offer waits.
        """
        self.row = locked_firm(self.firm)
        require_for(self.actor, may_offer_move, self.row)
        if self.row.region_id is None or self.row.region_id == self.to.pk:
            words = _("%(firm)s is in %(region)s already, or in no region from which it could be offered.")
            raise FirmNotMovable(words % {"firm": self.row, "region": self.to})
        if Merge.objects.open().filter(merged=self.row).exists():
            raise FirmNotMovable(_("This firm is kept aside after a merge."))
        waiting = self.row.transfers.waiting().select_related("to_region").first()
        if waiting is not None:
            words = _("%(firm)s is offered to %(region)s already. Withdraw that first.")
            raise OfferedAlready(words % {"firm": self.row, "region": waiting.to_region})

    def execute(self) -> FirmTransfer:
        """The offer, of which the other region hears."""
        user = user_of(self.actor)
        transfer = FirmTransfer.objects.create(
            firm=self.row,
            from_region_id=self.row.region_id,
            to_region=self.to,
            offered_by_id=user.pk if user else None,
            offered_at=self.now,
        )
        _note(transfer, "offer", self.actor)
        tell_offered(transfer, self.now)
        return transfer


class _EndAction(Action):
    """Ends one offer, once."""

    state: State
    verb: str

    def __init__(self, *, transfer: FirmTransfer, actor: Actor, now: datetime, reason: str = "") -> None:
        super().__init__(actor=actor, now=now)
        self.transfer = transfer
        self.reason = reason.strip()

    def check(self) -> None:
        """:raises NotAllowed: if the actor does not answer for the region in question.
        :raises TransferClosed: if it does not wait any more.
        """
        # The firm first, as everywhere, so that no two actions wait for each other.
        self.firm = locked_firm(self.transfer.firm)
        rows = FirmTransfer.objects.select_for_update(of=("self",)).select_related("from_region", "to_region")
        self.transfer = rows.get(pk=self.transfer.pk)
        self.require_right()
        if not self.transfer.is_open:
            words = _("This offer is closed: %(state)s.")
            raise TransferClosed(words % {"state": self.transfer.get_state_display()})

    def require_right(self) -> None:
        """:raises NotAllowed: if the actor does not answer for the region that was asked."""
        words = _("Only the lead of %(region)s answers this offer, or the coordinator.")
        to = self.transfer.to_region
        require(self.actor, lambda user: may_accept_move(user, to), words % {"region": to})

    def execute(self) -> FirmTransfer:
        """The offer as it ended."""
        transfer, user = self.transfer, user_of(self.actor)
        transfer.state, transfer.reason, transfer.decided_at = self.state, self.reason, self.now
        transfer.decided_by_id = user.pk if user else None
        transfer.save(update_fields=["state", "reason", "decided_at", "decided_by"])
        _note(transfer, self.verb, self.actor)
        tell_answered(transfer, self.now)
        return transfer


class AcceptTransferAction(_EndAction):
    """Takes the firm over: from now on it belongs to the new region, drafts and open workflows included."""

    state, verb = State.ACCEPTED, "accept"

    def check(self) -> None:
        """:raises FirmNotMovable: if the firm is not where it was when it was offered."""
        super().check()
        if self.firm.region_id != self.transfer.from_region_id:
            raise FirmNotMovable(_("The firm is not in the region that offered it any more."))

    def execute(self) -> FirmTransfer:
        """The accepted offer."""
        transfer = super().execute()
        move_to(self.firm, self.transfer.to_region, self.actor)
        return transfer


class DeclineTransferAction(_EndAction):
    """Says no, and why."""

    state, verb = State.DECLINED, "decline"

    def check(self) -> None:
        """:raises ReasonMissing: without a reason."""
        super().check()
        if not self.reason:
            raise ReasonMissing(_("Say why: whoever offered the firm reads this."))


class WithdrawTransferAction(_EndAction):
    """Takes an offer back; whoever leads the firm's region may."""

    state, verb = State.WITHDRAWN, "withdraw"

    def require_right(self) -> None:
        """:raises NotAllowed: if the actor does not lead the region in which the firm is now."""
        require_for(self.actor, may_offer_move, self.firm)


class LapseTransferAction(_EndAction):
    """Ends an offer that nobody answered in sixty days, or whose firm went another way."""

    state, verb = State.LAPSED, "lapse"

    def __init__(self, *, transfer: FirmTransfer, now: datetime) -> None:
        super().__init__(transfer=transfer, actor=SYSTEM, now=now)


def lapse_transfers(now: datetime) -> int:
    """Ends the offers whose time is over; how many."""
    ended = 0
    for transfer in FirmTransfer.objects.due(now).select_related("firm").order_by("pk"):
        try:
            LapseTransferAction(transfer=transfer, now=now).run()
        except ActionRefused:
            continue  # answered at this moment
        ended += 1
    return ended


def _note(transfer: FirmTransfer, verb: str, actor: Actor) -> None:
    told = {"from": transfer.from_region.slug, "to": transfer.to_region.slug}
    log(instance=transfer.firm, action=f"directory.transfer.{verb}", user=user_of(actor), data=told)
