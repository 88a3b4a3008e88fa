"""Owns how Wagtail asks the table of rights: one policy for what belongs to regions, one for the rest."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model, Q, QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from hub.days import today
from hub.models import Cluster, LeadTerm, Partner, Region, RoleGroup
from hub.permissions import administrators, has_right_anywhere, in_reach, may_appoint, may_edit_ground
from hub.rights import Right
from hub.roles import Person, roles_of

# Wagtail's words for what is done, and the right that each takes. What is not here is refused.
RIGHT_FOR = {
    "view": Right.SEE_DRAFTS,
    "add": Right.ANSWER,
    "change": Right.EDIT,
    "delete": Right.REMOVE,
    "publish": Right.PUBLISH,
    "lock": Right.PUBLISH,
    "unlock": Right.PUBLISH,
}


class RegionPolicy(BasePermissionPolicy):
    """Asks for things with a region. Without a thing, the answer is whether there is any such region."""

    def user_has_permission(self, user: Person, action: str) -> bool:
        """Whether there is anything that the person may do this with."""
        right = RIGHT_FOR.get(action)
        return right is not None and has_right_anywhere(user, right)

    def user_has_permission_for_instance(self, user: Person, action: str, instance: Any) -> bool:
        """Whether the person may do this with this very thing. Everybody may open a lock of their own."""
        right = RIGHT_FOR.get(action)
        if right is None:
            return False
        if action == "unlock" and getattr(instance, "locked_by_id", None) == user.pk:
            right = Right.EDIT
        return roles_of(user).has(right, instance.region_id)

    def instances_user_has_any_permission_for(self, user: Person, actions: Iterable[str]) -> QuerySet[Any]:
        """The things with which the person may do one of these."""
        rights = [RIGHT_FOR[action] for action in actions if action in RIGHT_FOR]
        reached = Q(pk__in=[])
        for right in rights:
            reach = in_reach(user, right)
            if not reach:
                return self.model._default_manager.all()
            reached |= reach
        return self.model._default_manager.filter(reached)

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        """Everybody who holds a role in any region, coordinators and administrators."""
        leads = LeadTerm.objects.on(today()).exclude(region=None).values("user")
        by_group = Q(groups__edited_hub__isnull=False) | Q(groups__hub_role__role=RoleGroup.Role.COORDINATOR)
        everybody = get_user_model()._default_manager.filter(is_active=True)
        return everybody.filter(Q(is_superuser=True) | Q(pk__in=leads) | by_group).distinct()


class PolicyOfOne(RegionPolicy):
    """The same questions about one thing, for a view that forgets to say which it means."""

    def __init__(self, model: type[Model], thing: Any) -> None:
        super().__init__(model)
        self.thing = thing

    def user_has_permission(self, user: Person, action: str) -> bool:
        """Whether the person may do this with the thing."""
        return self.user_has_permission_for_instance(user, action, self.thing)


class RolePolicy(BasePermissionPolicy):
    """Asks one predicate, whatever is done: for what belongs to no region, such as a vocabulary."""

    def __init__(self, model: type[Model], may: Callable[[Person], bool]) -> None:
        super().__init__(model)
        self.may = may

    def user_has_permission(self, user: Person, action: str) -> bool:
        """Whether the predicate is true of the person."""
        return self.may(user)

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        """Administrators; Wagtail asks this only to offer names."""
        return administrators()


def register_policies() -> None:
    """Lets Wagtail ask about regions, clusters and organisations; called once, when the app is ready."""
    register_permission_policy(Partner, RolePolicy(Partner, may_appoint))
    for model in (Region, Cluster):
        register_permission_policy(model, RolePolicy(model, may_edit_ground))
