"""Owns who looks a change over before the public sees it, and which workflow that is."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.db.models import Q
from wagtail.models import Page, Workflow, WorkflowTask
from wagtail.permissions import policy_registry

from hub.days import today
from hub.models import ApprovalTask, LeadTerm, RoleGroup
from hub.permissions import coordinators, may_publish
from hub.regions import RegionTree
from hub.workflow_names import TASK


class Waiting(NamedTuple):
    """A change that waits for somebody, and since when."""

    approvers: Sequence[Any]
    since: datetime


def put_question() -> None:
    """Lets the task ask the table of rights; called once, when the app is ready."""
    ApprovalTask.may_approve = staticmethod(may_publish)


def approval_task() -> ApprovalTask:
    """The one task of all workflows of ours; made if it is missing."""
    found = ApprovalTask.objects.filter(active=True).order_by("pk").first()
    return found or ApprovalTask.objects.create(name=TASK)


def keep_task(workflow: Workflow) -> bool:
    """Puts the task into a workflow that has none; whether that was so."""
    if workflow.workflow_tasks.exists():
        return False
    WorkflowTask.objects.create(workflow=workflow, task=approval_task(), sort_order=0)
    return True


def approvers_of(thing: Any) -> list[Any]:
    """The people who may publish a page or a firm: its leads; where there is none, coordinators.

    Administrators may, too, but are not bothered while somebody else is there.
    """
    found = _page_approvers(thing) if isinstance(thing, Page) else _leads_of(thing.region_id)
    near = list(found.filter(is_active=True, is_superuser=False).distinct().order_by("pk"))
    return near or list(coordinators().order_by("pk"))


def waiting_for(thing: Any) -> Waiting | None:
    """Who has the change of a thing now, and since when; None if nothing waits."""
    state = thing.current_workflow_task_state
    return Waiting(approvers_of(thing), state.started_at) if state is not None else None


def _page_approvers(page: Page) -> Any:
    may = policy_registry.get(page).users_with_permission_for_instance("publish", page)
    return may.exclude(groups__hub_role__role=RoleGroup.Role.COORDINATOR)


def _leads_of(region_id: int | None) -> Any:
    over = [region.pk for region in RegionTree.above(region_id).path(region_id)] if region_id else []
    terms = LeadTerm.objects.on(today()).filter(Q(region__in=over))
    return get_user_model()._default_manager.filter(lead_terms__in=terms)
