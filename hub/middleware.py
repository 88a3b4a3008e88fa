"""Owns what every request in the admin passes: groups that its user should have left, walls, the log."""

import logging
from collections.abc import Callable
from functools import cache
from html import unescape
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from django.apps import apps
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponseBase
from django.urls import ResolverMatch, reverse
from django.utils.translation import activate, gettext, gettext_noop, override
from wagtail.admin.auth import permission_denied

from hub.groups import keep_groups
from hub.languages import LANGUAGES
from hub.names import language_of
from hub.roles import forget_roles, roles_of
from hub.screens import is_turned_away
from hub.walls import asked_by, may_enter, may_handle

logger = logging.getLogger("hub.refused")
# What Wagtail says, and what we say for it: why, whether anything was changed, and what to do now.
PLAINLY: Final = {
    "Sorry, you do not have permission to access this area.": gettext_noop(
        "This is not for you to open or to change: it belongs to another region, or to another role. Nothing "
        "was changed. If something is wrong there, tell the lead of that region, or the coordinator."
    ),
    "You do not have permission to access the admin.": gettext_noop(
        "Your role here has ended, or has not begun: nothing was opened, and nothing was changed."
    ),
}


class RefusalsMiddleware:
    """Leaves one line in the log when somebody who is logged in is turned away in the admin.

    Our own views and Wagtail's refuse in many ways; here all of them pass, and nobody else notes it. The line
    says which screen it was: many of one kind on a day are somebody who tries doors, or a link that should
    not be shown.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        match = request.resolver_match
        if match is not None and _is_refused(request, response, match):
            reason = "NotFound" if response.status_code == 404 else "NotAllowed"
            logger.info("refused", extra={"action": match.view_name, "reason": reason})
            _say_plainly(request)
        return response


def _is_refused(request: HttpRequest, response: HttpResponseBase, match: ResolverMatch) -> bool:
    home = reverse("wagtailadmin_home")
    if not request.path_info.startswith(home) or not request.user.is_authenticated:
        return False
    if response.status_code == 404:
        # Not to find a thing may be a refusal; an address that names none is mistyped.
        return bool(match.args or match.kwargs)
    if response.status_code == 403:
        return True
    where = urlsplit(response.headers.get("Location", ""))
    if where.path != home:
        # To the door: they have a log-in, and no business in the admin.
        return response.status_code == 302 and parse_qs(where.query).get("next") == [request.get_full_path()]
    return is_turned_away(request)  # to the dashboard, with the reason above it


def _say_plainly(request: HttpRequest) -> None:
    """Says why and what to do now, where Wagtail only says no, in the language of whoever reads it."""
    queued = getattr(get_messages(request), "_queued_messages", [])
    if not request.accepts("text/html"):
        queued.clear()  # a form that saved itself: nobody reads it before the click that is told the same
    for said in queued:
        # It is HTML already: in French there is an apostrophe in it.
        plain = _plainly_by_language().get(unescape(str(said.message)).strip())
        if plain is not None:
            with override(language_of(request.user)):
                said.message = gettext(plain)


@cache
def _plainly_by_language() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with override(language):
            found |= {gettext(wagtails): plain for wagtails, plain in PLAINLY.items()}
    return found


class TermsMiddleware:
    """Takes a lead whose term is over out of the groups of leads, should the worker not have done so yet.

    Terms end at midnight and the worker comes a minute later, or never if it stands still; what our own
    rules grant ends at midnight anyway. Asks nothing more than `roles_of` asks for those rules.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(reverse("wagtailadmin_home")) and roles_of(request.user).is_behind:
            keep_groups()
            forget_roles(request.user)
        return self.get_response(request)


class WallsMiddleware:
    """Stops a request in the admin about a page with which its user has nothing to do.

    Wagtail asks before it shows or changes a page, but not before it asks back, and there its title stands.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(reverse("wagtailadmin_home")):
            return self.get_response(request)
        with asked_by(request):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """A refusal as Wagtail gives it; None lets the request pass, to the log-in if need be."""
        match = request.resolver_match
        # The path first: whoever asks for the user of a public page makes it differ by cookie.
        if match is None or not request.path_info.startswith(reverse("wagtailadmin_home")):
            return None
        if not request.user.is_authenticated:
            return None
        _speak_to(request.user)
        if may_enter(request.user, match.namespace, kwargs) and _may_handle_many(request, match):
            return None
        answer: HttpResponseBase = permission_denied(request)
        return answer


def _speak_to(user: Any) -> None:
    # Wagtail does so too, but inside of its views: its page for what is not found is made outside.
    profile = getattr(user, "wagtail_userprofile", None)
    if profile is not None:
        activate(profile.get_preferred_language())


def _may_handle_many(request: HttpRequest, match: ResolverMatch) -> bool:
    # Wagtail names in its question also what it would then leave alone.
    if match.view_name != "wagtail_bulk_action":
        return True
    try:
        model = apps.get_model(match.kwargs["app_label"], match.kwargs["model_name"])
    except LookupError:
        return True  # Wagtail says that nothing is there.
    return may_handle(request.user, model, request.GET.getlist("id"))
