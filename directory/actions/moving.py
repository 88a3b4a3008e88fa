"""Owns giving a firm to another region."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _
from wagtail.log_actions import log

from directory.models import Firm, FirmTransfer
from directory.models.firm import FIRMS
from hub.actions import Action, ActionRefused, Actor, user_of
from hub.actions.rights import require
from hub.models import Region
from hub.permissions import may_move_at_once
from search.pending import mark

from .rights import locked_firm


class FirmNotMovable(ActionRefused):
    """The firm cannot go to that region."""


class MoveFirmAction(Action):
    """Gives a firm to another region; drafts written before stay with the new one."""

    def __init__(self, *, firm: Firm, to: Region, actor: Actor, now: datetime) -> None:
        super().__init__(actor=actor, now=now)
        self.firm = firm
        self.to = to

    def check(self) -> None:
        """:raises NotAllowed: if the actor needs the consent of the other region.
        :raises FirmNotMovable: if the firm is in that region already.
        """
        words = _("Only the coordinator moves a firm at once. Offer it to the lead of the other region.")
        require(self.actor, may_move_at_once, words)
        self.row = locked_firm(self.firm)
        if self.row.region_id == self.to.pk:
            raise FirmNotMovable(
                _("%(firm)s is in %(region)s already.") % {"firm": self.row, "region": self.to}
            )

    def execute(self) -> Firm:
        """The firm in its new region; an offer that waited is over."""
        end_offers([self.row.pk], self.now)
        move_to(self.row, self.to, self.actor)
        self.firm.region = self.to
        return self.firm


def move_to(firm: Firm, to: Region, actor: Actor) -> None:
    """Gives a locked firm to another region, whose people answer for it from now on, whatever is open."""
    left = Region.objects.filter(pk=firm.region_id or 0).first()
    Firm.objects.filter(pk=firm.pk).update(region=to)
    firm.region = to
    log(
        instance=firm,
        action="directory.firm.move",
        user=user_of(actor),
        data={"from": left.slug if left else "", "to": to.slug},
        content_changed=True,
    )
    mark(FIRMS, [firm.pk])


def end_offers(firms: Collection[int], now: datetime) -> None:
    """Ends the offers of firms that go another way."""
    waiting = FirmTransfer.objects.waiting().filter(firm__in=list(firms))
    waiting.update(state=FirmTransfer.State.LAPSED, decided_at=now)
