"""Owns what becomes of what somebody wrote, or answered, while another changed the same page or firm.

Wagtail's form looks for others in the browser, every ten seconds; its server lets whoever comes later win
without a word. Here the later text is kept as a draft, the earlier one stays what it was, and the two can be
compared: nobody publishes or approves over what they have not read.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import DraftStateMixin, Page, Revision

from hub.names import name_of
from hub.permissions import may_publish

logger = logging.getLogger("hub.refused")
# What a form may ask for beyond keeping a draft.
FURTHER = ("action-publish", "action-submit", "action-restart-workflow", "action-workflow-action")
KEPT = (301, 302, 303)


def address_about(thing: Any, name: str, *args: Any) -> str:
    """Where Wagtail's admin does something with this page or firm."""
    if isinstance(thing, Page):
        return reverse(f"wagtailadmin_pages:{name}", args=[thing.pk, *args])
    return reverse(thing.snippet_viewset.get_url_name(name), args=[thing.pk, *args])


def act_on_what_was_read(
    request: HttpRequest, thing: Any, act: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """Does what a form asks if its sender has read the newest version, and keeps a draft otherwise."""
    # What is saved by itself is refused by Wagtail in this case, and its form says so.
    if not isinstance(thing, DraftStateMixin) or not request.accepts("text/html"):
        return act()
    newest = _unread(request, thing)
    if newest is None:
        return _say_if_not_published(request, thing, act)
    if "decided" in request.POST:
        messages.warning(request, f"{_what_happened(newest)} {_nothing_decided()}")
        return HttpResponseRedirect(address_about(thing, "revisions_compare", "live", "latest"))
    told = request.POST.copy()
    for name in FURTHER:
        told.pop(name, None)
    request.POST = told  # type: ignore[assignment]
    answer = act()
    _say(request, thing, newest, is_kept=answer.status_code in KEPT)
    return answer


def _unread(request: HttpRequest, thing: Any) -> Revision | None:
    """The newest version, if it is another one than the form was opened with or has saved since."""
    newest, known = thing.latest_revision_id, request.POST.get("overwrite_revision_id")
    if newest is None:
        return None
    if known:
        return thing.latest_revision if known != str(newest) else None
    opened, at = request.POST.get("loaded_revision_id"), request.POST.get("loaded_revision_created_at")
    if not opened or (opened == str(newest) and at in (None, _made_at(newest))):
        return None
    return thing.latest_revision


def _made_at(revision_pk: int) -> str:
    # Without its content: a version that was read, as most are, is not looked into.
    at = Revision.objects.values_list("created_at", flat=True).get(pk=revision_pk)
    return str(at.isoformat())


def _say(request: HttpRequest, thing: Any, newest: Revision, *, is_kept: bool) -> None:
    words = _kept_as_draft() if is_kept else _not_saved_yet()
    compare = address_about(thing, "revisions_compare", newest.pk, "latest")
    buttons = [messages.button(compare, _("Compare the two"))] if is_kept else []
    messages.warning(request, f"{_what_happened(newest)} {words}", buttons=buttons)


def _what_happened(newest: Revision) -> str:
    by, at = newest.user, date_format(localtime(newest.created_at), "DATETIME_FORMAT")
    if by is None:
        return _("While you had this open, another version was saved (%(at)s).") % {"at": at}
    said = {"name": name_of(by), "at": at}
    return _("While you had this open, %(name)s saved another version (%(at)s).") % said


def _kept_as_draft() -> str:
    return _(
        "Nothing is lost: what you wrote is kept as a draft, the other version is in the history, and the "
        "public sees what it saw. Compare the two, take over what is missing, then publish or submit."
    )


def _not_saved_yet() -> str:
    return _("What you wrote is still in the form below, and not saved yet.")


def _nothing_decided() -> str:
    return _("Nothing was decided: please read what is new, and answer then.")


def _say_if_not_published(
    request: HttpRequest, thing: Any, act: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """Wagtail keeps a draft where somebody may not publish, as if nothing more had been asked."""
    is_refused = "action-publish" in request.POST and not may_publish(request.user, thing)
    answer = act()
    if is_refused and answer.status_code in KEPT:
        action = request.resolver_match.view_name if request.resolver_match else ""
        logger.info("refused", extra={"action": action, "reason": "NotAllowed"})
        messages.warning(
            request,
            _(
                "You may not publish this any more. What you wrote is kept as a draft, and the public sees "
                "what it saw. Submit it: then whoever leads the region looks it over."
            ),
        )
    return answer
