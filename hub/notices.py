"""Owns that a change which is submitted, approved or returned is told to exactly those who should know."""

from typing import Any

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected

from hub.desk import errand_of, region_of
from hub.links import absolute
from hub.models import ApprovalTask
from hub.names import name_of
from hub.stewards import tell
from hub.stewardship import Event, Party
from hub.walls import asking

# Wagtail's own mails about the same, to the same people, by the names under which it listens.
WAGTAILS = {
    workflow_rejected: "workflow_state_rejected_email_notification",
    workflow_approved: "workflow_state_approved_email_notification",
}


def connect() -> None:
    """Listens to Wagtail; called once, when the app is ready."""
    task_submitted.connect(tell_approvers, dispatch_uid="hub.notices.submitted")
    workflow_approved.connect(tell_author_yes, dispatch_uid="hub.notices.approved")
    workflow_rejected.connect(tell_author_no, dispatch_uid="hub.notices.returned")
    workflow_approved.connect(say_yes, dispatch_uid="hub.notices.said_yes")
    workflow_rejected.connect(say_no, dispatch_uid="hub.notices.said_no")
    _silence_wagtail()


def _silence_wagtail() -> None:
    """Lets nobody get two mails about one decision, whether Wagtail listens already or will."""
    for signal, name in WAGTAILS.items():
        signal.disconnect(sender=WorkflowState, dispatch_uid=name)
        # A name is taken once: where ours stands, Wagtail's does not come in.
        signal.connect(_say_nothing, sender=WorkflowState, dispatch_uid=name)


def _say_nothing(**kwargs: Any) -> None:
    """In the place of Wagtail's mail."""


def tell_approvers(instance: TaskState, user: Any = None, **kwargs: Any) -> None:
    """Writes to those who answer for the region, but not to whoever submitted it."""
    errand = errand_of(instance) if isinstance(instance.task.specific, ApprovalTask) else None
    if errand is None:
        return
    by = instance.workflow_state.requested_by
    tell(
        Event.CHANGE_SUBMITTED,
        about=errand.region_id,
        context={
            "errand": errand,
            "by": name_of(by),
            "url": absolute(errand.url),
        },
        key=errand.key,
        but=user or by,
        now=timezone.now(),
    )


def say_yes(instance: WorkflowState, **kwargs: Any) -> None:
    """Says on the next screen that it is public: Wagtail says nothing, or that something was updated."""
    _say(_("Approved. The public sees it now."))


def say_no(instance: WorkflowState, **kwargs: Any) -> None:
    """Says on the next screen who has the change now."""
    _say(_("Returned. Its editor reads your reason."))


def _say(text: str) -> None:
    request = asking()
    if request is not None:
        messages.success(request, text, fail_silently=True)


def tell_author_yes(instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    """Writes to whoever submitted a change that it is public now."""
    _tell_author(Event.CHANGE_APPROVED, instance, user, "")


def tell_author_no(instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    """Writes to whoever submitted a change why it came back."""
    task: Any = instance.current_task_state
    _tell_author(Event.CHANGE_RETURNED, instance, user, task.comment if task else "")


def _tell_author(event: Event, state: WorkflowState, user: Any, reason: str) -> None:
    thing, author, task = state.content_object, state.requested_by, state.current_task_state
    if thing is None or author is None or task is None:
        return
    tell(
        event,
        about=region_of(state, thing),
        context={
            "title": str(thing),
            "reason": reason,
            "url": absolute(AdminURLFinder().get_edit_url(thing) or ""),
        },
        key=f"change-{task.pk}",
        parties={Party.AUTHOR: [author]},
        but=user,
        now=timezone.now(),
    )
