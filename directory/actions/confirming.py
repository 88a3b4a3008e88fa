"""Owns *Still right*: somebody says that what the register shows of a firm is still true."""

from datetime import datetime

from django.utils.translation import gettext as _
from wagtail.log_actions import log

from directory.models import Confirmation, Firm
from directory.models.firm import FIRMS
from hub.actions import Action, ActionRefused, Actor, user_of
from hub.days import today
from hub.permissions import may_publish
from search.pending import mark

from .rights import locked_firm, require_for


class NothingToConfirm(ActionRefused):
    """The register shows nothing of this firm."""


class ConfirmFirmAction(Action):
    """Notes that somebody looked at what is shown of a firm and found it right."""

    def __init__(self, *, firm: Firm, actor: Actor, now: datetime, by_firm: bool = False) -> None:
        super().__init__(actor=actor, now=now)
        self.firm = firm
        self.by_firm = by_firm

    def check(self) -> None:
        """:raises NotAllowed: if the actor may not publish the firm: everybody sees when it was confirmed.
        :raises NothingToConfirm: if the firm is not published.
        """
        row = locked_firm(self.firm)
        require_for(self.actor, may_publish, row)
        if not row.live:
            raise NothingToConfirm(
                _("%(firm)s is not published, so there is nothing to confirm yet.") % {"firm": self.firm}
            )

    def execute(self) -> Confirmation:
        """The confirmation; one person's second click on the same day finds the first."""
        user = user_of(self.actor)
        last = self.firm.confirmations.order_by("-at", "-pk").first() if user else None
        if last is not None and last.by == user and today(last.at) == today(self.now):
            return last
        confirmation = Confirmation.objects.create(
            firm=self.firm, at=self.now, by_id=user.pk if user else None, is_by_firm=self.by_firm
        )
        log(instance=self.firm, action="directory.firm.confirm", user=user)
        mark(FIRMS, [self.firm.pk])
        return confirmation
