"""Owns the export with everything in it: who takes out which firms, and that it is written down."""

from django.utils.translation import gettext as _
from wagtail.log_actions import log

from directory.models import Firm, FirmQuerySet
from hub.actions import Action, user_of
from hub.actions.rights import require
from hub.permissions import in_reach, may_export
from hub.rights import Right


class ExportFirmsAction(Action):
    """Gives all firms in the actor's reach, private contacts included, and logs how many these are."""

    def check(self) -> None:
        """:raises NotAllowed: if there is no region whose firms the actor may take out."""
        require(
            self.actor,
            may_export,
            _("Only leads can export the firms of their region with everything in it."),
        )

    def execute(self) -> FirmQuerySet:
        """The firms by name, not read yet."""
        firms = Firm.objects.standing().order_by("name", "pk")
        user = user_of(self.actor)
        if user is not None:
            firms = firms.filter(in_reach(user, Right.EXPORT))
            log(instance=user, action="directory.firm.export", user=user, data={"firms": firms.count()})
        return firms
