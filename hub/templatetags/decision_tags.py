"""Owns the answer that stands below the comparison of a change that waits."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from wagtail.models import Page, TaskState

register = template.Library()


@register.inclusion_tag("hub/admin/_decision.html", takes_context=True)
def decision(context: Context) -> dict[str, Any]:
    """The ways to answer, for whoever may, below what they would answer: not below older versions."""
    thing, shown = context["view"].object, str(context["view"].revision_id_b)
    state = getattr(thing, "current_workflow_task_state", None)
    if state is None or shown not in ("latest", str(state.revision_id)):
        return {}
    offered = {name for name, *_rest in state.task.specific.get_actions(thing, context["request"].user)}
    if not offered >= {"approve", "reject"}:
        return {}
    return {
        "approve_url": _address(thing, "approve", state),
        "return_url": _address(thing, "reject", state),
        "next_url": reverse("wagtailadmin_home"),
        "csrf_token": context["csrf_token"],
    }


def _address(thing: Any, action: str, state: TaskState) -> str:
    is_page = isinstance(thing, Page)
    name = (
        "wagtailadmin_pages:workflow_action"
        if is_page
        else thing.snippet_viewset.get_url_name("workflow_action")
    )
    return reverse(name, args=[thing.pk, action, state.pk])
