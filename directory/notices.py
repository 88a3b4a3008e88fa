"""Owns what stands above the form of a firm: who has its change and since when, and why one came back."""

from typing import Any

from wagtail.models import TaskState, WorkflowState

from directory.models import Firm
from hub.approval import waiting_for
from hub.permissions import may_publish


def notices_of(firm: Firm, user: Any) -> dict[str, Any]:
    """What somebody reads who opens the firm."""
    return {"decides": may_publish(user, firm), "change": waiting_for(firm), "returned": returned(firm)}


def returned(firm: Firm) -> TaskState | None:
    """The answer that sent the present change back to its editor, with the reason; None if none did."""
    state = firm.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return None
    found: TaskState | None = (
        TaskState.objects.filter(workflow_state=state, status=TaskState.STATUS_REJECTED)
        .select_related("finished_by")
        .order_by("-finished_at", "-pk")
        .first()
    )
    return found
