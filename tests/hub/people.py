"""Owns builders of people with a role (leads, editors, coordinators), and of the hub of a region."""

import itertools
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, Workflow

from hub.groups import keep_groups
from hub.models import Cluster, LeadTerm, Region, RegionalHub, RoleGroup
from hub.roles import forget_roles
from tests.directory.builders import make_cluster, make_region

_numbers = itertools.count(1)
PASSWORD = "correct horse battery staple"


def make_user(name: str = "", **values: Any) -> Any:
    """Somebody who logs in and holds no role."""
    name = name or f"person-{next(_numbers)}"
    first, _dash, last = name.title().partition("-")
    given = {"email": f"{name}@people.example", "first_name": first, "last_name": last} | values
    return get_user_model().objects.create_user(name, password=PASSWORD, **given)


def make_administrator(name: str = "") -> Any:
    """Somebody who may do everything."""
    return make_user(name, is_superuser=True)


def make_hub(region: Region | str = "kent", *, home_language: str = "en", **values: Any) -> RegionalHub:
    """The hub of a region without any page; made if it is missing."""
    region = make_region(region) if isinstance(region, str) else region
    found = RegionalHub.objects.filter(region=region).first()
    if found is not None:
        return found
    given: dict[str, Any] = {"home_language": home_language, "review_due_date": date(2027, 5, 1)} | values
    return RegionalHub.objects.create(
        region=region,
        leads_group=make_group(f"Leads of {region}"),
        editors_group=make_group(f"Editors of {region}"),
        collection=Collection.get_first_root_node().add_child(instance=Collection(name=str(region))),
        workflow=Workflow.objects.create(name=f"Approval in {region}"),
        **given,
    )


def make_group(name: str) -> Group:
    """A group whose members may enter the admin."""
    group = Group.objects.create(name=name)
    group.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    return group


def make_lead(
    region: Region | str = "kent", name: str = "", *, role: LeadTerm.Role = LeadTerm.Role.LEAD, **term: Any
) -> Any:
    """Somebody whose term as lead of a region is open; the region has a hub afterwards."""
    hub, user = make_hub(region), make_user(name)
    LeadTerm.objects.create(
        **{"user": user, "region": hub.region, "role": role, "from_date": date(2026, 1, 1)} | term
    )
    keep_groups()
    return user


def make_deputy(region: Region | str = "kent", name: str = "") -> Any:
    """Somebody whose term as deputy of a region is open."""
    return make_lead(region, name, role=LeadTerm.Role.DEPUTY)


def make_ended_lead(region: Region | str = "kent", name: str = "") -> Any:
    """Somebody who was lead of a region and is not any more."""
    return make_lead(region, name, from_date=date(2024, 1, 1), to_date=date(2025, 12, 31))


def make_editor(region: Region | str = "kent", name: str = "") -> Any:
    """Somebody who edits the hub and the firms of a region."""
    user = make_user(name)
    make_hub(region).editors_group.user_set.add(user)
    return user


def make_cluster_lead(cluster: Cluster | str = "food-drink", name: str = "") -> Any:
    """Somebody who leads a cluster in all regions."""
    cluster = make_cluster(cluster) if isinstance(cluster, str) else cluster
    user = make_user(name)
    LeadTerm.objects.create(user=user, cluster=cluster, from_date=date(2026, 1, 1))
    role_group(RoleGroup.Role.CLUSTER_LEAD, cluster)
    keep_groups()
    return user


def make_coordinator(name: str = "") -> Any:
    """Somebody of the lead partner, who sees every region."""
    return _in_group(make_user(name), RoleGroup.Role.COORDINATOR)


def make_communicator(name: str = "") -> Any:
    """Somebody of the communications team."""
    return _in_group(make_user(name), RoleGroup.Role.COMMUNICATIONS)


def role_group(role: RoleGroup.Role, cluster: Cluster | None = None) -> Group:
    """The group of a role, made if it is missing."""
    found = RoleGroup.objects.filter(role=role, cluster=cluster).select_related("group").first()
    if found is not None:
        return found.group
    group = make_group(f"{role.label} {cluster or ''}".strip())
    RoleGroup.objects.create(role=role, cluster=cluster, group=group)
    return group


def again(user: Any) -> Any:
    """The same person as a next request reads them."""
    forget_roles(user)
    return get_user_model().objects.get(pk=user.pk)


def _in_group(user: Any, role: RoleGroup.Role) -> Any:
    role_group(role).user_set.add(user)  # type: ignore[attr-defined]
    return user
