"""Owns what the hub adds to Wagtail's admin: clusters, regions, icons, names of log actions."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import ModelLogEntry
from wagtail.snippets.models import register_snippet

from hub.models import ClusterState
from hub.viewsets import ClusterViewSet, RegionViewSet

register_snippet(ClusterViewSet)
register_snippet(RegionViewSet)


@hooks.register("register_icons")
def register_icons(icons: list[str]) -> list[str]:
    """Pictures for the menu."""
    return [*icons, "hub/admin/icons/hub-region.svg", "hub/admin/icons/hub-cluster.svg"]


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """How a change of a cluster's state reads in its history."""

    @actions.register_action("hub.cluster.change_state")
    class ChangeState(LogFormatter):
        label = _("Change the state of a cluster")

        def format_message(self, entry: ModelLogEntry) -> Any:
            states: dict[str, Promise | str] = dict(ClusterState.choices)
            return _("State changed from %(left)s to %(now)s") % {
                "left": states.get(entry.data.get("from"), "?"),
                "now": states.get(entry.data.get("to"), "?"),
            }
