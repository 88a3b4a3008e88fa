"""Owns what an editor is told when a page of the hub is opened: who has it, why it came back, what is due."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page, TaskState, WorkflowState

from cluster_pages.models import RegionalHubPage
from cluster_pages.presenting.hubs import home_language_of, original_of
from hub.approval import waiting_for
from hub.days import today
from hub.models import RegionalHub
from hub.names import name_of
from hub.pages import HubPage
from hub.permissions import may_publish, may_review


def tell_editor(request: HttpRequest, page: Page) -> None:
    """Puts what concerns the page above its form; nothing if somebody may not edit it."""
    page = page.specific
    if request.method != "GET" or not isinstance(page, HubPage):
        return
    if not page.permissions_for_user(request.user).can_edit():
        return
    for notice in _waiting(page, request.user):
        messages.warning(request, notice, buttons=_ways_to_answer(request, page))
    for notice in (*_returned(page), *_behind(page)):
        messages.warning(request, notice)
    hub = hub_of_home_page(page)
    if hub is not None and hub.review_due_date < today():
        messages.warning(request, _overdue(request, hub))


def hub_of_home_page(page: Page) -> RegionalHub | None:
    """The hub whose page in its home language this is: there it is reviewed, and nowhere else."""
    if not isinstance(page, RegionalHubPage):
        return None
    return RegionalHub.objects.filter(region=page.region_id, home_language=page.language).first()


def review_url(hub: RegionalHub) -> str:
    """Where somebody says that a hub is still right."""
    return reverse("cluster_pages_review_hub", args=[hub.pk])


def _waiting(page: HubPage, user: Any) -> Iterator[str]:
    waiting = waiting_for(page)
    if waiting is not None and may_publish(user, page):
        yield _("Since %(date)s this change waits for you.") % {"date": date_format(localtime(waiting.since))}
    elif waiting is not None:
        names = ", ".join(map(name_of, waiting.approvers))
        said = {"names": names, "date": date_format(localtime(waiting.since))}
        yield (
            _("Since %(date)s this change waits for: %(names)s.") % said
            if names
            else _("Since %(date)s this change waits, and nobody is there to approve it.") % said
        )


def _ways_to_answer(request: HttpRequest, page: HubPage) -> list[Any]:
    """For whoever decides: what is new, and the answer below it; not for what was never public."""
    if not page.live or not may_publish(request.user, page):
        return []
    url = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", "latest"])
    return [messages.button(url, _("See it field by field"))]


def _returned(page: HubPage) -> Iterator[str]:
    state = page.workflow_states.order_by("-created_at").first()
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return
    rejected = state.task_states.filter(status=TaskState.STATUS_REJECTED).order_by("-finished_at").first()
    if rejected is not None and rejected.comment:
        name = name_of(rejected.finished_by) or "–"
        yield _("%(name)s has returned this change: %(reason)s") % {"name": name, "reason": rejected.comment}


def _behind(page: HubPage) -> Iterator[str]:
    original = original_of(page, home_language_of(page), page.language)
    if original is not None and original.is_newer and original.changed_at:
        yield _("The original has changed on %(date)s; this translation is older and says so.") % {
            "date": date_format(localtime(original.changed_at))
        }


def _overdue(request: HttpRequest, hub: RegionalHub) -> Any:
    facts = {"hub": hub, "url": review_url(hub), "may_review": may_review(request.user, hub)}
    return render_to_string("cluster_pages/admin/overdue.html", facts, request)
