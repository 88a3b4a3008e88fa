"""Owns giving a firm to another region."""

from datetime import datetime

from django.utils.translation import gettext as _
from wagtail.log_actions import log

from directory.models import Firm
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
        left = Region.objects.filter(pk=self.row.region_id).first()
        Firm.objects.filter(pk=self.row.pk).update(region=self.to)
        self.row.region = self.firm.region = self.to
        log(
            instance=self.row,
            action="directory.firm.move",
            user=user_of(self.actor),
            data={"from": left.slug if left else "", "to": self.to.slug},
            content_changed=True,
        )
        mark(FIRMS, [self.row.pk])
        return self.firm
