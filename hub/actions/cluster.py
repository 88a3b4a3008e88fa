"""Owns the life of a cluster: every change of its state has a day and a reason."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from hub.actions.base import Action, ActionRefused, Actor, user_of
from hub.actions.rights import require_administrator
from hub.languages import LANGUAGES
from hub.models import Cluster, ClusterState, ClusterStateChange


class StateUnchanged(ActionRefused):
    """The cluster is in that state already."""


class ChangeOutOfOrder(ActionRefused):
    """The day is in the future, or before the change that came last."""


class ChangeClusterStateAction(Action):
    """Gives a cluster a state from a day on and remembers why, in up to three languages."""

    def __init__(
        self,
        *,
        cluster: Cluster,
        state: ClusterState,
        date: date,
        notes: Mapping[str, str],
        actor: Actor,
        now: datetime,
    ) -> None:
        super().__init__(actor=actor, now=now)
        self.cluster = cluster
        self.change = ClusterStateChange(
            cluster=cluster,
            state=state,
            date=date,
            **{f"note_{language}": notes.get(language, "") for language in LANGUAGES},
        )

    def check(self) -> None:
        """:raises NotAllowed: if the actor is no administrator.
        :raises StateUnchanged: if the cluster is in that state already.
        :raises ChangeOutOfOrder: if the day is in the future or before the last change.
        """
        require_administrator(self.actor)
        self.row = Cluster.objects.select_for_update().get(pk=self.cluster.pk)
        if self.row.state == self.change.state:
            raise StateUnchanged(
                _("%(cluster)s is in this state already: %(state)s.")
                % {"cluster": self.row, "state": self.row.get_state_display()}
            )
        if self.change.date > timezone.localdate(self.now):
            raise ChangeOutOfOrder(_("That day is still to come. Enter the change when it has happened."))
        last = self.row.changes.order_by("-date").first()
        if last is not None and self.change.date < last.date:
            raise ChangeOutOfOrder(
                _("The last change was on %(date)s; this one cannot come before it.")
                % {"date": date_format(last.date)}
            )

    def execute(self) -> ClusterStateChange:
        self.change.save()
        left, self.row.state = self.row.state, self.change.state
        self.row.save(update_fields=["state"])
        self.cluster.state = self.row.state
        log(
            instance=self.row,
            action="hub.cluster.change_state",
            user=user_of(self.actor),
            data={"from": left, "to": self.row.state},
        )
        return self.change
