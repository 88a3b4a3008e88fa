"""Owns the wall behind the log-in: without the second factor that is required, a session is nobody's."""

from collections.abc import Callable
from typing import Any

from asgiref.sync import sync_to_async
from django.contrib.auth import get_user
from django.contrib.auth.middleware import get_user as cached_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject

from .second_factor import is_proved, is_required


class SecondFactorMiddleware:
    """Holds for sessions of any age and origin: whoever is given more rights logs in anew.

    Nothing is asked before something asks who the visitor is, so that public pages stay the same for all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        def proved() -> Any:
            # The user itself: what one wrapped twice is, Wagtail's log cannot tell, and writes nothing.
            known = cached_user(request)
            return AnonymousUser() if _is_half_in(request, known) else known

        request.user = SimpleLazyObject(proved)  # type: ignore[assignment]
        request.auser = sync_to_async(proved)
        return self.get_response(request)


def lacks_second_factor(request: HttpRequest) -> bool:
    """Whether somebody is logged in here who counts as nobody."""
    return _is_half_in(request, get_user(request))


def _is_half_in(request: HttpRequest, user: Any) -> bool:
    return user.is_authenticated and is_required(user) and not is_proved(request, user)
