"""Owns what the ready-made project adds to Wagtail's admin: log-ins."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail_modeladmin.options import modeladmin_register

from hub.site.accounts.screens import LogInRegister, log_in_screens

modeladmin_register(LogInRegister)
hooks.register("register_admin_urls", log_in_screens)

LOG_ACTIONS = (
    ("hub.account.reset_second_factor", _("Reset a second step"), _("Second step reset")),
    ("hub.account.end_sessions", _("End sessions"), _("Sessions ended")),
)


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """How they read in the history of a person."""
    for action, label, message in LOG_ACTIONS:
        actions.register_action(action, label, message)


@hooks.register("register_account_menu_item")
def own_log_in(request: HttpRequest) -> dict[str, Any]:
    """The way from Wagtail's account to the page about the log-in."""
    return {
        "url": reverse("mfa_index"),
        "label": _("Your log-in"),
        "help_text": _("Password, second step, passkeys, and where you are logged in"),
    }
