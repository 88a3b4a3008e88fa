"""Owns the task of a workflow in which somebody else looks a change over before the public sees it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm
from wagtail.models import Task, TaskState


class ReturnForm(TaskStateCommentForm):
    """Why a change goes back to its editor, who reads it."""

    comment = forms.CharField(
        label=_("Why"),
        help_text=_("The editor reads this. Say what to change."),
        max_length=1_000,
        widget=forms.Textarea({"rows": 3}),
    )


class ApprovalTask(Task):
    """A change waits for whoever may publish the thing it changes: a page, a firm. No group is named here."""

    # Who that is, is asked above the models: `hub.approval` puts the question here when the app is ready.
    may_approve: ClassVar[Callable[[Any, Any], bool]] = staticmethod(lambda user, thing: False)

    class Meta:
        verbose_name = _("approval by whoever may publish")
        verbose_name_plural = _("approvals by whoever may publish")

    @classmethod
    def get_description(cls) -> Any:
        """For those who make workflows."""
        return _("Whoever may publish the page or the firm approves the change, or returns it with a reason")

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        """Approvers open what they decide about."""
        return type(self).may_approve(user, obj)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """While a change waits, only its approvers touch it: they decide about what they have read."""
        return not type(self).may_approve(user, obj)

    def get_actions(self, obj: Any, user: Any) -> Sequence[tuple[str, Any, bool]]:
        """What an approver can do; others nothing."""
        if not type(self).may_approve(user, obj):
            return []
        # Wagtail puts "and Publish" behind the first, because nobody else has to agree.
        return [("approve", _("Approve"), False), ("reject", _("Return with a reason"), True)]

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> Any:
        """:raises PermissionDenied: if what waits is not the person's to decide.

        Wagtail asks about the thing that the address names, and then decides about the task that it names.
        """
        if not type(self).may_approve(user, task_state.workflow_state.content_object):
            raise PermissionDenied
        return super().on_action(task_state, user, action_name, **kwargs)

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        """Nothing goes back without a reason."""
        return ReturnForm if action == "reject" else TaskStateCommentForm

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        """The changes that wait for this person. Each is asked about: there are never many."""
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        states = waiting.select_related("workflow_state").prefetch_related("workflow_state__content_object")
        things: Mapping[int, Any] = {state.pk: state.workflow_state.content_object for state in states}
        may = type(self).may_approve
        mine = [pk for pk, thing in things.items() if thing is not None and may(user, thing)]
        return waiting.filter(pk__in=mine)
