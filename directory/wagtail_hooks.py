"""Owns what the register adds to Wagtail's admin: its menu, its dashboard panel, names of log actions."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import include, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup
from wagtail_modeladmin.options import modeladmin_register

from directory.listings import ConfirmationRegister, ImportRegister, MembershipRegister, TransferRegister
from directory.models import Capability, Firm, Sector
from directory.models.firm import FIRMS
from directory.panels import RegisterPanel, firms_wait
from directory.queue import ProposalRegister, proposal_screens
from directory.screens import IMPORTS, TRANSFERS, import_screens, transfer_screens
from directory.viewsets import CapabilityViewSet, FirmViewSet, SectorViewSet
from hub.models import Cluster, Region
from hub.permissions import has_right_anywhere, regions_for
from hub.rights import Right
from hub.scoping import ScopedDeleteBulkAction
from search.marks import waiting

FLAT_REGISTERS = [
    modeladmin_register(each)()
    for each in (
        *(ProposalRegister, TransferRegister, MembershipRegister),
        *(ConfirmationRegister, ImportRegister),
    )
]

# How what happened to a firm reads in its history. Nothing here says anything about a person.
LOG_ACTIONS = (
    ("directory.firm.move", _("Move to another region"), _("Moved to another region")),
    ("directory.transfer.offer", _("Offer to another region"), _("Offered to another region")),
    ("directory.transfer.accept", _("Accept a firm"), _("Accepted by the other region")),
    ("directory.transfer.decline", _("Decline a firm"), _("Declined by the other region")),
    ("directory.transfer.withdraw", _("Withdraw an offer"), _("Offer to another region withdrawn")),
    ("directory.transfer.lapse", _("Let an offer lapse"), _("Offer to another region lapsed")),
    ("directory.firm.rename", _("Change the address"), _("Address changed")),
    ("directory.firm.confirm", _("Confirm"), _("Confirmed as still right")),
    (
        "directory.firm.export",
        _("Export firms"),
        _("Took out all firms in reach, private contacts too"),
    ),
    ("directory.firm.merge", _("Merge two firms"), _("Merged with another firm")),
    ("directory.firm.unmerge", _("Undo a merge"), _("A merge with another firm was undone")),
    ("directory.firm.finish_merge", _("Make a merge final"), _("A merge with another firm became final")),
    ("directory.membership.begin", _("Join a cluster"), _("Joined a cluster")),
    ("directory.membership.end", _("Leave a cluster"), _("Membership ended")),
    ("directory.membership.remove", _("Remove a membership"), _("Membership removed")),
    ("directory.contact.add", _("Add a contact person"), _("Contact person added")),
    ("directory.contact.change", _("Change a contact person"), _("Contact person changed")),
    ("directory.contact.remove", _("Erase a contact person"), _("Contact person erased")),
    (
        "directory.proposal.by_firm",
        _("Change its own profile"),
        _("Profile changed by the firm, to be looked at"),
    ),
    ("directory.proposal.accept", _("Accept a proposal"), _("Proposal accepted")),
    ("directory.proposal.return", _("Return a proposal"), _("Proposal returned")),
    ("directory.proposal.lapse", _("Close a proposal unanswered"), _("Proposal closed: nobody answered it")),
    ("directory.proposal.withdraw", _("Withdraw a proposal"), _("Proposal withdrawn by its sender")),
)


class RegisterGroup(SnippetViewSetGroup):
    """The menu *Register*."""

    items = (FirmViewSet, SectorViewSet, CapabilityViewSet)
    menu_label = _("Register")
    menu_name = "register"
    menu_icon = "hub-firm"
    menu_order = 200

    def get_submenu_items(self) -> list[MenuItem]:
        """With the flat registers at the end."""
        items: list[MenuItem] = super().get_submenu_items()
        flat = (
            each.get_menu_item(order=len(items) + number) for number, each in enumerate(FLAT_REGISTERS, 1)
        )
        return [*items, *flat]


register_snippet(RegisterGroup)


class DeleteFirms(ScopedDeleteBulkAction):
    """Deletes several firms at once."""

    models = [Firm]


# After Wagtail's own, in whose place it comes.
hooks.register("register_bulk_action", DeleteFirms, order=1)


@hooks.register("register_icons")
def register_icons(icons: list[str]) -> list[str]:
    """A picture for firms."""
    return [*icons, "directory/admin/icons/hub-firm.svg"]


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    """The few styles that the admin does not have."""
    return format_html('<link rel="stylesheet" href="{}">', static("hub/css/admin.css"))


@hooks.register("construct_homepage_panels")
def add_register_panel(request: HttpRequest, panels: list[Any]) -> None:
    """The register of their regions in numbers, for those who keep firms."""
    if has_right_anywhere(request.user, Right.SEE_DRAFTS):
        panels.append(RegisterPanel(regions_for(request.user, Right.SEE_DRAFTS)))


@hooks.register("register_admin_urls")
def register_screens() -> list[Any]:
    """The screens on which proposals and offers are answered, and files imported."""
    return [
        path("directory/proposals/", include((proposal_screens(), "directory_proposals"))),
        path("directory/transfers/", include((transfer_screens(), TRANSFERS))),
        path("directory/imports/", include((import_screens(), IMPORTS))),
    ]


@hooks.register("after_edit_snippet")
def say_how_many_firms_wait(request: HttpRequest, instance: Any) -> None:
    """After a change that many firms show: how many of them the search has still to read again."""
    if isinstance(instance, Sector | Capability | Region | Cluster) and (number := waiting(FIRMS)):
        messages.info(request, firms_wait(number))


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """The register's own, beside Wagtail's."""
    for action, label, message in LOG_ACTIONS:
        actions.register_action(action, label, message)
