"""Owns the walls around what belongs to a region: every view of it asks about the very thing first.

A viewset of such things derives from `ScopedSnippetViewSet`, and its model has a `RegionPolicy` registered in
`AppConfig.ready()`. Wagtail's own views ask about the type at most, or not at all.
"""

from functools import cached_property, wraps
from typing import Any, ClassVar

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState, WorkflowState
from wagtail.permissions import policy_registry
from wagtail.snippets.action_menu import ActionMenuItem, PublishMenuItem, UnpublishMenuItem
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.views import snippets
from wagtail.snippets.views.chooser import SnippetChooserViewSet

from hub.permissions import in_reach
from hub.policies import PolicyOfOne, RegionPolicy
from hub.rights import Right

# What each of Wagtail's views does with the thing, in the words of a policy; the first that fits counts.
DOES: tuple[tuple[type[Any], str], ...] = (
    (snippets.IndexView, "view"),
    (snippets.CreateView, "add"),
    (snippets.PreviewOnCreateView, "add"),
    (snippets.EditView, "change"),
    (snippets.PreviewOnEditView, "change"),
    (snippets.ConfirmWorkflowCancellationView, "change"),
    (snippets.DeleteView, "delete"),
    (snippets.UsageView, "view"),
    (snippets.HistoryView, "view"),
    (snippets.InspectView, "view"),
    (snippets.PreviewRevisionView, "view"),
    (snippets.RevisionsCompareView, "view"),
    (snippets.WorkflowPreviewView, "view"),
    (snippets.WorkflowHistoryView, "view"),
    (snippets.WorkflowHistoryDetailView, "view"),
    (snippets.RevisionsUnscheduleView, "publish"),
    (snippets.UnpublishView, "publish"),
    (snippets.WorkflowActionView, "publish"),
    (snippets.CollectWorkflowActionDataView, "publish"),
    (snippets.ReorderView, "publish"),
    (snippets.LockView, "lock"),
    (snippets.UnlockView, "unlock"),
)


class UnknownView(TypeError):
    """A view of which nobody has said what it does with the thing."""


def does(view_class: type[Any]) -> str:
    """What a view does with the thing.

    :raises UnknownView: if nobody has said so in `DOES`; then the site does not start.
    """
    for known, action in DOES:
        if issubclass(view_class, known):
            return action
    raise UnknownView(f"{view_class.__name__} is not in hub.scoping.DOES: what does it do with the thing?")


class Guard:
    """Mixed into every view: asks about the very thing, read afresh, before the view looks at it."""

    guarded_model: ClassVar[type[Model]]
    action: ClassVar[str]
    guarded: Any = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """:raises PermissionDenied: unless the person may do here what the view does."""
        policy = policy_registry.get_by_type(self.guarded_model)
        if "pk" in kwargs:
            self.guarded = get_object_or_404(self.guarded_model, pk=unquote(str(kwargs["pk"])))
            policy = PolicyOfOne(self.guarded_model, self.guarded)
        if not policy.user_has_permission(request.user, self.action):
            raise PermissionDenied
        if "task_state_id" in kwargs:
            # Wagtail takes the task of any other thing, too: one's own firm would open the approval of all.
            own = WorkflowState.objects.for_instance(self.guarded)
            get_object_or_404(TaskState, pk=kwargs["task_state_id"], workflow_state__in=own)
        super().setup(request, *args, **kwargs)  # type: ignore[misc]

    @cached_property
    def permission_policy(self) -> Any:
        """What the view itself asks then: about this thing, where there is one."""
        if self.guarded is None:
            return policy_registry.get_by_type(self.guarded_model)
        return PolicyOfOne(self.guarded_model, self.guarded)


class ScopedChooserViewSet(SnippetChooserViewSet):
    """Lets somebody choose what they may see, drafts included; Wagtail would show everything to everybody."""

    def construct_view(self, view_class: Any, **kwargs: Any) -> Any:
        """Wagtail's view over the rows that the policy gives."""
        model = self.model

        class Scoped(view_class):
            def get_object_list(self) -> QuerySet[Any]:
                policy = policy_registry.get_by_type(model)
                seen: QuerySet[Any] = policy.instances_user_has_permission_for(self.request.user, "view")
                return seen

            def get_objects(self, pks: Any) -> QuerySet[Any]:
                return self.get_object_list().filter(pk__in=pks)

            def get_object(self, pk: Any) -> Any:
                return get_object_or_404(self.get_object_list(), pk=unquote(str(pk)))

        view = super().construct_view(Scoped, **kwargs)

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not policy_registry.get_by_type(model).user_has_permission(request.user, "view"):
                raise PermissionDenied
            answer: HttpResponseBase = view(request, *args, **kwargs)
            return answer

        return guarded


class ScopedIndexView(snippets.IndexView):
    """A list whose rows lead only to what the person may do with each."""

    def get_edit_url(self, instance: Any) -> str | None:
        """The form, for whoever may edit this thing."""
        url: str | None = super().get_edit_url(instance)
        return url if self.user_has_permission_for_instance("change", instance) else None

    def get_delete_url(self, instance: Any) -> str | None:
        """The question before deleting, for whoever may delete this thing."""
        url: str | None = super().get_delete_url(instance)
        return url if self.user_has_permission_for_instance("delete", instance) else None


class HubSnippetViewSet(snippets.SnippetViewSet):
    """Views whose way from home is in the reader's language."""

    @property
    def breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Wagtail says these words once, while it starts, in the language of the server."""
        home, *others = super().breadcrumbs_items
        return [{**home, "label": _("Home")}, *others]


class ScopedSnippetViewSet(HubSnippetViewSet):
    """Views of things that belong to regions, each behind the guard."""

    chooser_viewset_class = ScopedChooserViewSet
    copy_view_enabled = False

    def construct_view(self, view_class: Any, **kwargs: Any) -> Any:
        """Wagtail's view with the guard before it."""
        wall = {"guarded_model": self.model, "action": does(view_class)}
        guarded = type(view_class.__name__, (Guard, view_class), wall)
        return super().construct_view(guarded, **kwargs)

    def rows(self) -> QuerySet[Any]:
        """All things with what the list shows of them."""
        return self.model._default_manager.all()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Those that the person may see."""
        return self.rows().filter(in_reach(request.user, Right.SEE_DRAFTS))


class ScopedDeleteBulkAction(DeleteBulkAction):
    """Deletes several things at once, each of which the person may delete; of others nothing is said.

    A subclass names its `models` and is registered after Wagtail's own.
    """

    def get_all_objects_in_listing_query(self, parent_id: Any) -> Any:
        """The keys of what the person may delete."""
        deletable = self.permission_policy.instances_user_has_permission_for(self.request.user, "delete")
        return deletable.values_list("pk", flat=True)

    def get_actionable_objects(self) -> Any:
        """The things asked for that the person may delete, and none of the others."""
        things, _others = super().get_actionable_objects()
        if not things:
            raise PermissionDenied
        return things, {"items_with_no_access": []}


class _AskedOfOne:
    """A menu item that asks the policy about the thing; Wagtail asks for a permission of Django's."""

    def is_shown(self, context: Any) -> bool:
        thing = context.get("instance")
        if thing is None or context.get("locked_for_user"):
            return False
        policy = policy_registry.get_by_type(context["model"])
        return bool(policy.user_has_permission_for_instance(context["request"].user, "publish", thing))


class ScopedPublishMenuItem(_AskedOfOne, PublishMenuItem):
    """Publish, for whoever may publish this thing."""


class ScopedUnpublishMenuItem(_AskedOfOne, UnpublishMenuItem):
    """Unpublish, for whoever may publish this thing."""

    def is_shown(self, context: Any) -> bool:
        """Only what is live can be taken off the site."""
        return context["view"] == "edit" and bool(context["instance"].live) and super().is_shown(context)


def scope_menu(items: list[ActionMenuItem], request: HttpRequest, context: Any) -> None:
    """Takes Wagtail's two items out of the menu below a form where ours stand beside them."""
    if has_regions(context["model"]):
        items[:] = [item for item in items if type(item) not in (PublishMenuItem, UnpublishMenuItem)]


def has_regions(model: type[Model]) -> bool:
    """Whether things of this model belong to regions, so that ours is the policy for them."""
    return isinstance(policy_registry.get_by_type(model), RegionPolicy)
