"""Owns who belongs to which cluster: joining, leaving, and taking out what was entered by mistake."""

from datetime import date, datetime

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from directory.models import Firm, Membership
from directory.models.firm import FIRMS
from hub.actions import Action, ActionRefused, Actor, user_of
from hub.models import Cluster
from hub.permissions import may_publish
from search.pending import mark

from .rights import locked_firm, require_for


class AlreadyMember(ActionRefused):
    """The firm belongs to the cluster in some of those days already."""


class LeavesBeforeItJoins(ActionRefused):
    """The last day comes before the first."""


class JoinClusterAction(Action):
    """Makes a firm a member of a cluster from a day on, or for a time that is over."""

    def __init__(
        self,
        *,
        firm: Firm,
        cluster: Cluster,
        from_date: date,
        to_date: date | None = None,
        source: str = "",
        actor: Actor,
        now: datetime,
    ) -> None:
        super().__init__(actor=actor, now=now)
        self.membership = Membership(
            firm=firm, cluster=cluster, from_date=from_date, to_date=to_date, source=source
        )

    def check(self) -> None:
        """:raises NotAllowed: if the actor may not publish the firm: everybody sees its memberships.
        :raises LeavesBeforeItJoins: if the last day comes before the first.
        :raises AlreadyMember: if the firm was a member of this cluster on any of those days.
        """
        joins = self.membership
        require_for(self.actor, may_publish, locked_firm(joins.firm))
        _check_order(joins.from_date, joins.to_date)
        overlapping = Membership.objects.filter(
            Q(to_date=None) | Q(to_date__gte=joins.from_date), firm=joins.firm, cluster=joins.cluster
        )
        if joins.to_date:
            overlapping = overlapping.filter(from_date__lte=joins.to_date)
        earlier = overlapping.first()
        if earlier is not None:
            raise AlreadyMember(
                _("%(firm)s joined %(cluster)s on %(date)s already.")
                % {"firm": joins.firm, "cluster": joins.cluster, "date": date_format(earlier.from_date)}
            )

    def execute(self) -> Membership:
        self.membership.save()
        _note(self.membership, "directory.membership.begin", self.actor)
        return self.membership


class EndMembershipAction(Action):
    """Ends a membership on a day: its last one."""

    def __init__(self, *, membership: Membership, to_date: date, actor: Actor, now: datetime) -> None:
        super().__init__(actor=actor, now=now)
        self.membership = membership
        self.to_date = to_date

    def check(self) -> None:
        """:raises NotAllowed: if the actor may not publish the firm: everybody sees its memberships.
        :raises LeavesBeforeItJoins: if the day comes before the first.
        """
        require_for(self.actor, may_publish, locked_firm(self.membership.firm))
        _check_order(self.membership.from_date, self.to_date)

    def execute(self) -> Membership:
        self.membership.to_date = self.to_date
        self.membership.save(update_fields=["to_date"])
        _note(self.membership, "directory.membership.end", self.actor)
        return self.membership


class RemoveMembershipAction(Action):
    """Takes out a membership that never was; one that is over is ended instead."""

    def __init__(self, *, membership: Membership, actor: Actor, now: datetime) -> None:
        super().__init__(actor=actor, now=now)
        self.membership = membership

    def check(self) -> None:
        """:raises NotAllowed: if the actor may not publish the firm: everybody sees its memberships."""
        require_for(self.actor, may_publish, locked_firm(self.membership.firm))

    def execute(self) -> None:
        _note(self.membership, "directory.membership.remove", self.actor)
        self.membership.delete()


def _check_order(from_date: date, to_date: date | None) -> None:
    if to_date is not None and to_date < from_date:
        raise LeavesBeforeItJoins(
            _("The last day cannot come before %(date)s, the first one.") % {"date": date_format(from_date)}
        )


def _note(membership: Membership, action: str, actor: Actor) -> None:
    log(
        instance=membership.firm,
        action=action,
        user=user_of(actor),
        data={"cluster": membership.cluster.slug},
    )
    mark(FIRMS, [membership.firm_id])
