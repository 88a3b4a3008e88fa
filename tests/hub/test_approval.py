"""Owns the proof that a change of a page waits for those who may publish it, and for nobody else."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from wagtail.models import GroupPagePermission, Page, TaskState, Workflow, WorkflowPage

from hub.approval import approval_task, approvers_of, keep_task, waiting_for
from hub.models import ApprovalTask
from tests.cluster_pages.builders import make_page
from tests.hub import people
from tests.hub.people import again, make_hub

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> Any:
    """A page that Kent's editors may change and Kent's leads may publish."""
    hub, page = make_hub("kent"), make_page("Kent")
    for group, kinds in (
        (hub.editors_group, ["change_page"]),
        (hub.leads_group, ["change_page", "publish_page"]),
    ):
        for kind in kinds:
            GroupPagePermission.objects.create(group=group, page=page, permission=permission(kind))
    keep_task(hub.workflow)
    WorkflowPage.objects.create(page=page, workflow=hub.workflow)
    return page


def permission(kind: str) -> Any:
    return Permission.objects.get(content_type__app_label="wagtailcore", codename=kind)


def submitted(page: Page, by: Any) -> TaskState:
    page.title = "Changed"
    page.save_revision(user=by)
    state = page.get_workflow().start(page, by)
    return state.current_task_state.specific


def test_all_workflows_share_one_task() -> None:
    one, other = Workflow.objects.create(name="One"), Workflow.objects.create(name="Other")

    assert [keep_task(one), keep_task(other), keep_task(one)] == [True, True, False]

    assert ApprovalTask.objects.get() == approval_task()
    assert {task.specific for task in (*one.tasks.all(), *other.tasks.all())} == {approval_task()}


def test_a_waiting_change_is_for_the_leads_of_the_region_and_says_who_has_it(page: Page) -> None:
    lead, editor, other = people.make_lead("kent"), people.make_editor("kent"), people.make_lead("zeeland")

    state = submitted(page, editor)

    waiting = waiting_for(page)
    assert waiting is not None and list(waiting.approvers) == [lead]
    task = state.task.specific
    may = {user: bool(task.get_actions(page, again(user))) for user in (lead, editor, other)}
    assert may == {lead: True, editor: False, other: False}
    assert list(TaskState.objects.reviewable_by(again(lead))) == [state]
    assert not TaskState.objects.reviewable_by(again(other))
    assert not TaskState.objects.reviewable_by(again(editor))


def test_where_no_lead_is_a_coordinator_has_it(page: Page) -> None:
    coordinator = people.make_coordinator()

    assert approvers_of(page) == [coordinator]


def test_a_change_goes_back_only_with_a_reason(page: Page) -> None:
    form = approval_task().get_form_for_action("reject")

    assert not form({"comment": " "}).is_valid()
    assert form({"comment": "The date is wrong."}).is_valid()


def test_approving_publishes_and_returning_tells_the_editor_why(page: Page) -> None:
    lead, editor = people.make_lead("kent"), people.make_editor("kent")
    state = submitted(page, editor)

    state.task.specific.on_action(state, lead, "reject", comment="Not yet.")
    page.refresh_from_db()
    assert page.title == "Kent"
    assert page.current_workflow_state.all_tasks_with_state()[0].task_state.comment == "Not yet."

    page.current_workflow_state.resume(editor)
    again_waiting = page.current_workflow_task_state.specific
    again_waiting.task.specific.on_action(again_waiting, lead, "approve")

    page.refresh_from_db()
    assert page.title == "Changed"
