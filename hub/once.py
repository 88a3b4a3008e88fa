"""Owns that what is sent twice about a page or a firm is done once, and what two send, one after the other.

Wagtail looks at a thing, then changes it: two clicks that arrive together both find it as it was, and publish
it twice. So whatever is sent about a thing waits until nobody else is at it, and a form that had its effect
leads where it led before.
"""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import ResolverMatch
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from hub.keys import key_of
from hub.meanwhile import act_on_what_was_read
from hub.models import SentForm
from hub.screens import is_turned_away
from hub.walls import ABOUT_PAGES

MEMORY = timedelta(minutes=5)  # a second click comes within seconds
_LONGEST = 500  # characters of an address


class OnceMiddleware:
    """Stands before the views of the admin that change a page, or a thing of a region."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """What the view says, or said to the first of two equal forms; None where nothing is changed."""
        match = request.resolver_match
        rows = _rows(match) if match is not None and request.method == "POST" else None
        if rows is None:
            return None
        with transaction.atomic():
            # Held until the transaction ends. No key: what refers to the thing need not wait.
            list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk"))
            return _once(
                request, lambda: _act(request, rows.first(), partial(view, request, *args, **kwargs))
            )


def _rows(match: ResolverMatch) -> QuerySet[Any] | None:
    """The page or the thing that an address is about."""
    if match.namespace == ABOUT_PAGES[0] and "page_id" in match.kwargs:
        return Page.objects.filter(pk=match.kwargs["page_id"])
    model = getattr(getattr(match.func, "view_class", None), "guarded_model", None)
    key = key_of(model, match.kwargs.get("pk")) if model is not None else None
    return model._default_manager.filter(pk=key) if model is not None and key is not None else None


def _act(request: HttpRequest, thing: Any, act: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    # A page or firm that is not there, or not for this person, is for the view to refuse.
    return act() if thing is None else act_on_what_was_read(request, thing, act)


def _once(request: HttpRequest, act: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """What is done leads on; what is not shows its form again, or says why not, and may be sent again."""
    digest = _digest(request)
    if not digest:
        return act()
    now = timezone.now()
    SentForm.objects.filter(at__lt=now - MEMORY).delete()
    try:
        with transaction.atomic():
            sent = SentForm.objects.create(digest=digest, at=now)
    except IntegrityError:
        messages.info(request, _("This was sent twice; it was done once."))
        return HttpResponseRedirect(SentForm.objects.get(pk=digest).then or request.path)
    answer = act()
    if answer.status_code in (301, 302, 303) and not is_turned_away(request):
        sent.then = answer.headers["Location"][:_LONGEST]
        sent.save(update_fields=["then"])
    else:
        sent.delete()
    return answer


def _digest(request: HttpRequest) -> str:
    """Of who sends what to where; empty if it is not from a form. Each time a page is shown, the key against
    forgery in its form is another one: only the very same form, sent again, has the same digest."""
    if not request.POST.get("csrfmiddlewaretoken"):
        return ""
    sent = repr((request.user.pk, request.get_full_path(), sorted(request.POST.lists())))
    return hashlib.sha256(sent.encode()).hexdigest()


def ask_once(request: HttpRequest, page: Page) -> None:
    """A page whose change waits is saved, and waits on; Wagtail would begin a second approval, and fail."""
    lock = page.get_lock()
    if not request.POST.get("action-submit") or not page.workflow_in_progress:
        return
    if lock is None or not lock.for_user(request.user):
        told = request.POST.copy()
        del told["action-submit"]
        request.POST = told  # type: ignore[assignment]
        messages.info(request, waits_already())


def waits_already() -> str:
    """What somebody reads who submits a change that waits."""
    return _("This change waits for approval already; what you have written is part of it now.")
