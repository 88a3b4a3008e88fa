"""Owns what the hub adds to Wagtail's admin: clusters, regions, mails, jobs, icons, names of log actions."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import ModelLogEntry
from wagtail.snippets.action_menu import ActionMenuItem
from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import modeladmin_register

from hub.home import arrange
from hub.inner_api import only_own_files
from hub.mails import MailRegister, mail_screens
from hub.models import ClusterState
from hub.once import ask_once
from hub.panels import MailsPanel, WorkerPanel
from hub.people.menu import PEOPLE
from hub.people.partners import partner_viewset
from hub.people.screens import people_screens
from hub.permissions import may_see_mails
from hub.reports import show_own_work
from hub.scoping import ScopedPublishMenuItem, ScopedUnpublishMenuItem, has_regions, scope_menu
from hub.viewsets import ClusterViewSet, RegionViewSet
from hub.walls import hide_drafts_of_others, refuse_to_move, refuse_unpublished

register_snippet(ClusterViewSet)
register_snippet(RegionViewSet)
modeladmin_register(MailRegister)
show_own_work()
# After Wagtail's own, whose endpoints it replaces.
hooks.register("construct_admin_api", only_own_files, order=10)
hooks.register("register_admin_urls", mail_screens)
hooks.register("register_admin_urls", people_screens)
# After every room has added its panels.
hooks.register("construct_homepage_panels", arrange, order=100)
hooks.register("register_admin_menu_item", lambda: PEOPLE)
hooks.register("register_admin_viewset", lambda: partner_viewset)
hooks.register("construct_snippet_action_menu", scope_menu)
hooks.register("construct_page_chooser_queryset", hide_drafts_of_others)
hooks.register("before_serve_document", refuse_unpublished)
hooks.register("before_move_page", refuse_to_move)
hooks.register("before_edit_page", ask_once)

# How what happened to a mail reads in the log; nothing here says who it was for.
LOG_ACTIONS = (
    ("hub.mail.retry", _("Send a mail again"), _("Mail sent again")),
    ("hub.mail.discard", _("Give a mail up"), _("Mail given up")),
    ("hub.mail.bounce", _("Note that a mail came back"), _("Mail came back")),
    ("hub.lead.appoint", _("Appoint a lead"), _("Lead or deputy appointed")),
    ("hub.hub.provision", _("Give a region a hub"), _("Hub of the region made")),
    ("hub.hub.review", _("Review a hub"), _("Hub reviewed: still right")),
    ("hub.invitation.send", _("Invite somebody"), _("Somebody was invited")),
    ("hub.invitation.withdraw", _("Withdraw an invitation"), _("Invitation withdrawn")),
    ("hub.invitation.accept", _("Accept an invitation"), _("Invitation accepted")),
    ("hub.editor.end", _("End the work of an editor"), _("An editor of the region has ended")),
    ("hub.lead.stand_down", _("End the term of a lead"), _("Term of a lead or deputy ended")),
)


@hooks.register("register_icons")
def register_icons(icons: list[str]) -> list[str]:
    """Pictures for the menu."""
    return [*icons, "hub/admin/icons/hub-region.svg", "hub/admin/icons/hub-cluster.svg"]


@hooks.register("register_account_settings_panel")
def add_mails_panel(request: HttpRequest, user: Any, profile: Any) -> MailsPanel:
    """Each person's choice of mails."""
    return MailsPanel(request, user, profile)


@hooks.register("register_snippet_action_menu_item")
def publish_item(model: type[Any]) -> ActionMenuItem | None:
    """Publish, where the policy of regions says who may."""
    return ScopedPublishMenuItem(order=30) if has_regions(model) else None


@hooks.register("register_snippet_action_menu_item")
def unpublish_item(model: type[Any]) -> ActionMenuItem | None:
    """Unpublish, where the policy of regions says who may."""
    return ScopedUnpublishMenuItem(order=20) if has_regions(model) else None


@hooks.register("construct_homepage_panels")
def add_worker_panel(request: HttpRequest, panels: list[Any]) -> None:
    """What happens by itself, for those who would have to act if it did not."""
    if may_see_mails(request.user):
        panels.append(WorkerPanel())


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """How a change of a cluster's state, what was done to a mail, and who leads read in the log."""
    for action, label, message in LOG_ACTIONS:
        actions.register_action(action, label, message)

    @actions.register_action("hub.cluster.change_state")
    class ChangeState(LogFormatter):
        label = _("Change the state of a cluster")

        def format_message(self, entry: ModelLogEntry) -> Any:
            states: dict[str, Promise | str] = dict(ClusterState.choices)
            return _("State changed from %(left)s to %(now)s") % {
                "left": states.get(entry.data.get("from"), "?"),
                "now": states.get(entry.data.get("to"), "?"),
            }
