"""Owns *Still right*: somebody says that what the register shows of a firm is still true."""

from datetime import datetime

from django.utils.translation import gettext as _
from wagtail.log_actions import log

from directory.models import Confirmation, Firm
from directory.models.firm import FIRMS
from hub.actions import Action, ActionRefused, Actor, user_of
from hub.actions.rights import require_administrator
from search.pending import mark


class NothingToConfirm(ActionRefused):
    """The register shows nothing of this firm."""


class ConfirmFirmAction(Action):
    """Notes that somebody looked at what is shown of a firm and found it right."""

    def __init__(self, *, firm: Firm, actor: Actor, now: datetime, by_firm: bool = False) -> None:
        super().__init__(actor=actor, now=now)
        self.firm = firm
        self.by_firm = by_firm

    def check(self) -> None:
        """:raises NotAllowed: if the actor is no administrator.
        :raises NothingToConfirm: if the firm is not published.
        """
        require_administrator(self.actor)
        if not Firm.objects.select_for_update().filter(pk=self.firm.pk, live=True).exists():
            raise NothingToConfirm(
                _("%(firm)s is not published, so there is nothing to confirm yet.") % {"firm": self.firm}
            )

    def execute(self) -> Confirmation:
        user = user_of(self.actor)
        confirmation = Confirmation.objects.create(
            firm=self.firm, at=self.now, by_id=user.pk if user else None, is_by_firm=self.by_firm
        )
        log(instance=self.firm, action="directory.firm.confirm", user=user)
        mark(FIRMS, [self.firm.pk])
        return confirmation
