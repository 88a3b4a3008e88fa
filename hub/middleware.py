"""Owns what every request in the admin passes: groups that its user should have left, walls of regions."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from wagtail.admin.auth import permission_denied

from hub.groups import keep_groups
from hub.roles import forget_roles, roles_of
from hub.walls import asked_by, may_enter


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
        if match is None or not request.user.is_authenticated:
            return None
        if not request.path_info.startswith(reverse("wagtailadmin_home")):
            return None
        if may_enter(request.user, match.namespace, kwargs):
            return None
        answer: HttpResponseBase = permission_denied(request)
        return answer
