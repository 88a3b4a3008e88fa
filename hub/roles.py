"""Owns who somebody is today: the roles a person holds and the regions and clusters they hold them for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.utils.functional import LazyObject, empty

from hub.days import today
from hub.models import LeadTerm, RoleGroup
from hub.regions import RegionTree
from hub.rights import OWN_REGION, RIGHTS, Right, Role, Scope

Person = AbstractBaseUser | AnonymousUser
NOWHERE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Roles:
    """The roles of one person on one day. A region stands for itself: those below it are in here, too."""

    general: frozenset[Role] = frozenset()
    regions: Mapping[Role, frozenset[int]] = field(default_factory=dict)
    clusters: frozenset[int] = NOWHERE
    # Wagtail's groups still hold the person for a term that is over; see `hub.middleware`.
    is_behind: bool = False

    @property
    def held(self) -> frozenset[Role]:
        """All roles that the person holds anywhere."""
        cluster_lead = {Role.CLUSTER_LEAD} if self.clusters else set()
        return self.general | self.regions.keys() | cluster_lead

    @property
    def reach_of_office(self) -> frozenset[int]:
        """The regions that the person leads, as lead or deputy."""
        held = self.regions
        return held.get(Role.LEAD, NOWHERE) | held.get(Role.DEPUTY, NOWHERE)

    def scope_everywhere(self, right: Right) -> frozenset[Scope]:
        """How far the roles that have no region let the person go."""
        return frozenset(RIGHTS[right][role] for role in self.general)

    def reach(self, right: Right) -> frozenset[int] | None:
        """The regions in whose things the person has this right; None if everywhere, regions or none."""
        if self.scope_everywhere(right) & {Scope.ALL, Scope.NOT_OF_ADMINISTRATORS}:
            return None
        mine = (pks for role, pks in self.regions.items() if RIGHTS[right][role] in OWN_REGION)
        return NOWHERE.union(*mine)

    def has(self, right: Right, region_id: int | None) -> bool:
        """Whether the right reaches a thing of this region, or of none."""
        reach = self.reach(right)
        return reach is None or (region_id is not None and region_id in reach)


NOBODY = Roles()


def roles_of(user: Person) -> Roles:
    """Who this person is today; asked of the database once for each user object, so once a request."""
    if not user.is_authenticated or not user.is_active:
        return NOBODY
    kept = vars(_bare(user))
    known: Roles | None = kept.get("_hub_roles")
    if known is None:
        known = kept["_hub_roles"] = _read(user)
    return known


def forget_roles(user: Person) -> None:
    """Lets `roles_of` and Wagtail ask again: what this person may do has just changed."""
    kept = vars(_bare(user))
    for name in [name for name in kept if name == "_hub_roles" or "_perm" in name]:
        del kept[name]


def _bare(user: Any) -> Any:
    """The user within what Django and others wrap around the one of a request; `vars()` sees the wrapping."""
    while isinstance(user, LazyObject):
        if user._wrapped is empty:
            user._setup()
        user = user._wrapped
    return user


def _read(user: Any) -> Roles:
    edited: set[int] = set()
    grouped: set[tuple[int | None, int | None]] = set()
    general: set[Role] = set()
    rows = user.groups.values_list(
        "edited_hub__region", "led_hub__region", "hub_role__role", "hub_role__cluster"
    )
    for edits, leads, role, cluster in rows:
        if edits is not None:
            edited.add(edits)
        if role in _BY_GROUP:
            general.add(_BY_GROUP[role])
        grouped |= {(leads, None), (None, cluster)} - {(None, None)}
    if user.is_superuser:
        general.add(Role.ADMINISTRATOR)
    regions, clusters = _held(user)
    reached = _with_those_below({Role.EDITOR: edited, **regions})
    led = frozenset().union(*(pks for role, pks in reached.items() if role != Role.EDITOR))
    is_behind = any(region not in led and cluster not in clusters for region, cluster in grouped)
    return Roles(frozenset(general), reached, frozenset(clusters), is_behind)


def _held(user: Any) -> tuple[Mapping[Role, set[int]], set[int]]:
    """The regions of this person's open terms, by role, and the clusters."""
    clusters: set[int] = set()
    regions: dict[Role, set[int]] = {Role.LEAD: set(), Role.DEPUTY: set()}
    terms = LeadTerm.objects.on(today()).filter(user=user)
    for region, cluster, role in terms.values_list("region", "cluster", "role"):
        if region is None:
            clusters.add(cluster)
        else:
            regions[_BY_TERM[role]].add(region)
    return regions, clusters


def _with_those_below(regions: Mapping[Role, set[int]]) -> Mapping[Role, frozenset[int]]:
    held = {role: pks for role, pks in regions.items() if pks}
    if not held:
        return {}
    tree = RegionTree.load()
    return {role: frozenset(tree.within(pks)) for role, pks in held.items()}


_BY_GROUP: Mapping[str, Role] = {
    RoleGroup.Role.COMMUNICATIONS: Role.COMMUNICATIONS,
    RoleGroup.Role.COORDINATOR: Role.COORDINATOR,
}
_BY_TERM: Mapping[str, Role] = {LeadTerm.Role.LEAD: Role.LEAD, LeadTerm.Role.DEPUTY: Role.DEPUTY}
