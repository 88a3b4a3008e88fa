"""Owns that groups of leads hold those whose terms are open; Wagtail's rights on pages go by groups."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group

from hub.days import today
from hub.models import LeadTerm, RegionalHub, RoleGroup
from hub.regions import RegionTree


def keep_groups() -> int:
    """Puts holders of open terms into their groups and takes all others out; how many came or went.

    A lead of Flanders is in the groups of the hubs of East and West Flanders, too.
    """
    open_terms = LeadTerm.objects.on(today()).filter(user__is_active=True)
    terms = list(open_terms.values_list("user", "region", "cluster"))
    tree = RegionTree.load()
    changed = 0
    for hub in RegionalHub.objects.select_related("leads_group").order_by("pk"):
        over = {region.pk for region in tree.path(hub.region_id)}
        changed += _keep(hub.leads_group, (user for user, region, _cluster in terms if region in over))
    for row in RoleGroup.objects.filter(role=RoleGroup.Role.CLUSTER_LEAD).select_related("group"):
        leads = (user for user, region, cluster in terms if region is None and cluster == row.cluster_id)
        changed += _keep(row.group, leads)
    return changed


def _keep(group: Group, wanted: Iterable[int]) -> int:
    members: Any = group.user_set
    present, wanted = set(members.order_by().values_list("pk", flat=True)), set(wanted)
    members.remove(*(present - wanted))
    members.add(*(wanted - present))
    return len(present ^ wanted)
