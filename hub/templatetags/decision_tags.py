"""Owns the answer that stands below the comparison of a change that waits."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse

from hub.meanwhile import address_about

register = template.Library()


@register.inclusion_tag("hub/admin/_decision.html", takes_context=True)
def decision(context: Context) -> dict[str, Any]:
    """The ways to answer, for whoever may, below what they would answer: not below older versions."""
    thing, shown = context["view"].object, str(context["view"].revision_id_b)
    state = getattr(thing, "current_workflow_task_state", None)
    if state is None or shown not in ("latest", str(thing.latest_revision_id)):
        return {}
    offered = {name for name, *_rest in state.task.specific.get_actions(thing, context["request"].user)}
    if not offered >= {"approve", "reject"}:
        return {}
    return {
        "approve_url": address_about(thing, "workflow_action", "approve", state.pk),
        "return_url": address_about(thing, "workflow_action", "reject", state.pk),
        "read": thing.latest_revision,
        "next_url": reverse("wagtailadmin_home"),
        "csrf_token": context["csrf_token"],
    }
