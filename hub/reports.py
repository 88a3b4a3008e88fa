"""Owns whose work Wagtail's two reports of what waits show: each person's own pages, and firms as well.

Wagtail asks about all firms at once, a right that nobody below administrators has, and offers the names of
everybody who ever submitted anything. Its own addresses come before those of any hook, and a site that
installs us has them too: so its views are told, instead of being replaced.
"""

from typing import Any

import django_filters
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest
from wagtail.admin.views.reports import workflows
from wagtail.models import Page, TaskState, Workflow, WorkflowState, get_default_page_content_type
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_workflow_enabled_models

from hub.roles import Person
from hub.scoping import has_regions


def own_work(user: Person, at: str = "") -> Q:
    """The workflow states of what a person edits or may see; `at` is the way to them, such as `state__`."""
    pages = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
    kind = f"{at}base_content_type"
    found = Q(**{kind: get_default_page_content_type(), f"{at}object_id__in": _keys(pages)})
    for model in get_workflow_enabled_models():
        policy, of_this = policy_registry.get_by_type(model), Q(**{kind: _kind_of(model)})
        if has_regions(model):
            own = policy.instances_user_has_permission_for(user, "view")
            found |= of_this & Q(**{f"{at}object_id__in": _keys(own)})
        elif policy.user_has_permission(user, "change"):
            found |= of_this
    return found


def own_states(user: Person) -> QuerySet[WorkflowState]:
    """The workflows that such things have gone through, and are in."""
    return WorkflowState.objects.filter(own_work(user))


def _keys(things: QuerySet[Any]) -> QuerySet[Any]:
    # States name their thing in text, and PostgreSQL compares no text with numbers.
    keys: QuerySet[Any] = things.order_by().values_list(Cast("pk", output_field=CharField()), flat=True)
    return keys


def _kind_of(model: type[Any]) -> ContentType:
    return ContentType.objects.get_for_model(model)


def _authors(request: HttpRequest) -> QuerySet[Any]:
    people = get_user_model()._default_manager
    return people.filter(pk__in=own_states(request.user).values("requested_by")).order_by("pk")


def _workflows(request: HttpRequest) -> QuerySet[Workflow]:
    return Workflow.objects.filter(pk__in=own_states(request.user).values("workflow")).order_by("name")


class OwnWorkflowFilters(workflows.WorkflowReportFilterSet):
    """Wagtail's, with no name in them of another region."""

    workflow = django_filters.ModelChoiceFilter(queryset=_workflows)
    requested_by = django_filters.ModelChoiceFilter(queryset=_authors)


class OwnTaskFilters(workflows.WorkflowTasksReportFilterSet):
    """The same for the report by task."""

    workflow = django_filters.ModelChoiceFilter(
        field_name="workflow_state__workflow", queryset=_workflows, label=Workflow._meta.verbose_name
    )


def _states_of_reader(self: workflows.WorkflowView) -> QuerySet[WorkflowState]:
    """What the report by workflow lists."""
    return (
        own_states(self.request.user)
        .select_related("workflow", "requested_by")
        .prefetch_related("content_object", "content_object__latest_revision")
        .order_by("-created_at")
    )


def _tasks_of_reader(self: workflows.WorkflowTasksView) -> QuerySet[TaskState]:
    """What the report by task lists."""
    thing = "workflow_state__content_object"
    return (
        TaskState.objects.filter(own_work(self.request.user, "workflow_state__"))
        .select_related("workflow_state", "task")
        .prefetch_related(thing, f"{thing}__latest_revision")
        .order_by("-started_at")
    )


def show_own_work() -> None:
    """Tells Wagtail's two views; called once, with the hooks."""
    workflows.WorkflowView.get_queryset = _states_of_reader
    workflows.WorkflowView.filterset_class = OwnWorkflowFilters
    workflows.WorkflowTasksView.get_queryset = _tasks_of_reader
    workflows.WorkflowTasksView.filterset_class = OwnTaskFilters
