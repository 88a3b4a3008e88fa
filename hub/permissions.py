"""Owns who may do what: the only place that asks. The table itself is in `hub.rights`.

A predicate takes what the question is about: a thing of a region (a firm, a proposal), or a region. What
belongs to no region belongs to the coordinator. Pages of clusters, later events and news, are a matter of
Wagtail's permissions on their subtree, given to the groups of these roles.
"""

from typing import Any, Protocol

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from hub.models import Invitation, LeadTerm, Region, RegionalHub, RoleGroup
from hub.rights import Right, Role, Scope
from hub.roles import Person, roles_of

PAGE_RIGHTS = frozenset({"add", "change", "publish", "lock", "unlock", "bulk_delete"})
_PAGES = PagePermissionPolicy()


class OfRegion(Protocol):
    """Something that belongs to a region, or to none."""

    region_id: int | None


class BroughtIn(Protocol):
    """A file that somebody brought in."""

    by_id: int | None


def regions_for(user: Person, right: Right) -> frozenset[int] | None:
    """The regions in whose things this person has the right; None means everywhere, no region included."""
    return roles_of(user).reach(right)


def in_reach(user: Person, right: Right, of: str = "region") -> Q:
    """The rows that the right reaches: `firms.filter(in_reach(user, right))`. `of` names their region."""
    regions = regions_for(user, right)
    return Q() if regions is None else Q(**{f"{of}__in": list(regions)})


def in_sight(user: Person) -> Q:
    """The rows that a person may know of: what is live, and the drafts in the reach of who may see them."""
    own = in_reach(user, Right.SEE_DRAFTS)
    return Q(live=True) | own if own else own


def has_right_anywhere(user: Person, right: Right) -> bool:
    """Whether there is any region in whose things this person has the right."""
    regions = regions_for(user, right)
    return regions is None or bool(regions)


# People


def is_administrator(user: Person) -> bool:
    """People who may change everything in the hub."""
    return user.is_active and bool(getattr(user, "is_superuser", False))  # asks nothing of the database


def is_coordinator(user: Person) -> bool:
    """Coordinators, and administrators, who may do all that a coordinator may."""
    return bool(roles_of(user).general & {Role.COORDINATOR, Role.ADMINISTRATOR})


def has_role(user: Person) -> bool:
    """Whether this person has any work to do in the admin."""
    return bool(roles_of(user).held)


def clusters_led_by(user: Person) -> frozenset[int]:
    """The clusters whose pages are in this person's care."""
    return roles_of(user).clusters


def needs_second_factor(user: Person) -> bool:
    """Everybody above editor: what they do is public at once, or reaches other people's data."""
    return bool(roles_of(user).held - {Role.EDITOR})


def administrators() -> QuerySet[Any]:
    """The people whom `is_administrator` lets in."""
    return get_user_model()._default_manager.filter(is_active=True, is_superuser=True)


def coordinators() -> QuerySet[Any]:
    """The people in the group of coordinators; where there is nobody, administrators stand in for them."""
    group = {"is_active": True, "groups__hub_role__role": RoleGroup.Role.COORDINATOR}
    found = get_user_model()._default_manager.filter(**group).distinct()
    return found if found.exists() else administrators()


def may_invite_editors(user: Person, region: Region) -> bool:
    """Leads in their own region, coordinators everywhere: inviting editors and ending their work."""
    return roles_of(user).has(Right.INVITE_EDITORS, region.pk)


def may_replace(user: Person, term: LeadTerm) -> bool:
    """A lead replaces the deputy of the own region; coordinators replace everybody."""
    if may_appoint(user):
        return True
    is_deputy = term.role == LeadTerm.Role.DEPUTY and term.region_id is not None
    return is_deputy and roles_of(user).has(Right.INVITE_EDITORS, term.region_id)


def may_invite(user: Person, role: str, region: Region | None, replaces: LeadTerm | None = None) -> bool:
    """Inviting to a role: editors by their leads, leads by coordinators, everybody else by administrators.

    Somebody who is to replace a deputy is invited by whoever may replace that one.
    """
    if replaces is not None:
        return may_replace(user, replaces) and role == replaces.role and region == replaces.region
    if role == Invitation.Role.EDITOR:
        return region is not None and may_invite_editors(user, region)
    if role in (Invitation.Role.LEAD, Invitation.Role.DEPUTY, Invitation.Role.CLUSTER_LEAD):
        return may_appoint(user)
    return may_edit_ground(user)


def may_invite_to(user: Person, invitation: Invitation) -> bool:
    """Whether this person could give this invitation, and so may see it and take it back."""
    return may_invite(user, invitation.role, invitation.region, invitation.replaces)


def may_see_people(user: Person) -> bool:
    """Who leads and edits: leads see it of their own regions, coordinators of all."""
    return has_right_anywhere(user, Right.INVITE_EDITORS)


def may_appoint(user: Person) -> bool:
    """Coordinators: leads and cluster leads, and their records."""
    return Scope.ALL in roles_of(user).scope_everywhere(Right.APPOINT)


def may_see_log_ins(user: Person) -> bool:
    """Those who may reset the access of anybody at all."""
    return bool(roles_of(user).scope_everywhere(Right.RESET_ACCESS) - {Scope.NONE})


def log_ins_for(user: Person) -> QuerySet[Any]:
    """The people whose access this person may reset."""
    people = get_user_model()._default_manager.filter(is_active=True)
    if Scope.ALL in roles_of(user).scope_everywhere(Right.RESET_ACCESS):
        return people
    return people.exclude(is_superuser=True) if may_see_log_ins(user) else people.none()


def may_reset_access(user: Person, person: Person) -> bool:
    """A second factor, and sessions: coordinators for everybody but administrators."""
    scopes = roles_of(user).scope_everywhere(Right.RESET_ACCESS)
    return Scope.ALL in scopes or (bool(scopes - {Scope.NONE}) and not is_administrator(person))


# The ground


def may_edit_vocabularies(user: Person) -> bool:
    """Coordinators: sectors and capabilities."""
    return Scope.ALL in roles_of(user).scope_everywhere(Right.VOCABULARIES)


def may_edit_ground(user: Person) -> bool:
    """Administrators: users, settings, regions, clusters."""
    return Scope.ALL in roles_of(user).scope_everywhere(Right.GROUND)


def may_see_mails(user: Person) -> bool:
    """Administrators: a mail holds what a visitor wrote, and private addresses."""
    return is_administrator(user)


# Firms and what is about them


def may_see_drafts(user: Person, thing: OfRegion) -> bool:
    """Drafts, history, comparisons: editors and leads of the region, coordinators."""
    return roles_of(user).has(Right.SEE_DRAFTS, thing.region_id)


def pages_of(user: Person) -> Any:
    """The pages with which this person has something to do, drafts included; as Wagtail says."""
    return _PAGES.instances_user_has_any_permission_for(user, PAGE_RIGHTS)


def may_see_drafts_of_page(user: Person, page: Page) -> bool:
    """Whoever has something to do with the page, or made it; asks nothing once the rights are read."""
    return bool(_PAGES.user_has_any_permission_for_instance(user, PAGE_RIGHTS, page))


def may_edit(user: Person, thing: OfRegion) -> bool:
    """Editing, and submitting for approval: editors and leads of the region, coordinators."""
    return roles_of(user).has(Right.EDIT, thing.region_id)


def may_publish(user: Person, thing: OfRegion | Page) -> bool:
    """Approving, publishing, unpublishing: leads of the region, coordinators; of a page, as Wagtail says."""
    if isinstance(thing, Page):
        return bool(thing.permissions_for_user(user).can_publish())
    return roles_of(user).has(Right.PUBLISH, thing.region_id)


def may_review(user: Person, hub: RegionalHub) -> bool:
    """Saying that a hub is still right: its leads and deputies, coordinators."""
    return roles_of(user).has(Right.PUBLISH, hub.region_id)


def may_add_firms(user: Person, region: Region | None = None) -> bool:
    """Editors (drafts) and leads in their own regions, coordinators. Without a region: anywhere at all."""
    if region is None:
        return has_right_anywhere(user, Right.ANSWER)
    return roles_of(user).has(Right.ANSWER, region.pk)


def may_answer_proposals(user: Person, thing: OfRegion | None = None) -> bool:
    """Leads in their own regions, coordinators; editors may only put a correction into a draft."""
    if thing is None:
        return has_right_anywhere(user, Right.ANSWER)
    return roles_of(user).has(Right.ANSWER, thing.region_id)


def may_decide(user: Person, thing: OfRegion) -> bool:
    """Answering for good, so that the public sees it: those who may answer and publish, not only draft."""
    return may_answer_proposals(user, thing) and may_publish(user, thing)


def may_merge_firms(user: Person, *firms: OfRegion) -> bool:
    """Leads, if each of the firms is in their own region; coordinators. Without firms: any at all."""
    if not firms:
        return has_right_anywhere(user, Right.REMOVE)
    return all(roles_of(user).has(Right.REMOVE, firm.region_id) for firm in firms)


def may_remove_firm(user: Person, firm: OfRegion) -> bool:
    """Leads in their own region, coordinators."""
    return roles_of(user).has(Right.REMOVE, firm.region_id)


def may_import(user: Person, thing: OfRegion | None = None) -> bool:
    """Adding or changing a firm by a file: leads in their own region, coordinators. Without one: any."""
    if thing is None:
        return has_right_anywhere(user, Right.REMOVE)
    return roles_of(user).has(Right.REMOVE, thing.region_id)


def imports_in_sight(user: Person) -> Q:
    """The imports that a person may see: one's own while one may import, and for coordinators all."""
    if regions_for(user, Right.REMOVE) is None:
        return Q()
    return Q(by=user.pk) if may_import(user) else Q(pk__in=[])


def may_see_import(user: Person, run: BroughtIn) -> bool:
    """A file holds what is for nobody else: whoever brought it, while they may import; and coordinators."""
    return regions_for(user, Right.REMOVE) is None or (may_import(user) and run.by_id == user.pk)


def may_offer_move(user: Person, firm: OfRegion) -> bool:
    """Leads of the firm's region offer it to another one; its lead accepts. Coordinators move it at once."""
    return roles_of(user).has(Right.MOVE, firm.region_id)


def may_move_at_once(user: Person) -> bool:
    """Coordinators: without the consent of the two leads."""
    return Scope.ALL in roles_of(user).scope_everywhere(Right.MOVE)


def may_accept_move(user: Person, region: Region) -> bool:
    """Leads of the region that is to get the firm, coordinators."""
    return roles_of(user).has(Right.MOVE, region.pk)


def may_export(user: Person) -> bool:
    """The export with everything in it: leads the firms of their own region, coordinators all."""
    return has_right_anywhere(user, Right.EXPORT)


def leads_any_region(user: Person) -> bool:
    """Whether this person is lead or deputy of a region today."""
    return bool(roles_of(user).held & {Role.LEAD, Role.DEPUTY})
