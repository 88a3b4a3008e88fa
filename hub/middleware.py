"""Owns that no request in the admin goes by a group that its user should have left."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from hub.groups import keep_groups
from hub.roles import forget_roles, roles_of


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
