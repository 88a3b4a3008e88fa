"""Owns the list of who leads and edits: by region, with what wants a look."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from hub.days import today
from hub.models import Cluster, Invitation, LeadTerm, Region, RegionalHub
from hub.names import name_of
from hub.permissions import may_appoint, may_invite_to, may_replace, may_see_people, regions_for
from hub.rights import Right
from hub.stewardship import INACTIVE_AFTER, TERM_ENDS_WITHIN

SOON, INACTIVE = timedelta(days=TERM_ENDS_WITHIN), timedelta(days=INACTIVE_AFTER)


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term that is not over, and what is to be said about it."""

    term: LeadTerm
    ends_soon: bool
    is_inactive: bool
    is_later: bool
    may_replace: bool
    may_end: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A region with a hub, or a cluster: who is in office there and who edits."""

    title: str
    is_vacant: bool
    terms: Sequence[TermRow]
    editors: Sequence[Any]
    invitations: Sequence[Invitation]
    hub: RegionalHub | None = None
    region: Region | None = None
    cluster: Cluster | None = None


class PeopleView(WagtailAdminTemplateMixin, TemplateView):
    """Leads see the people of their own regions, coordinators everybody."""

    template_name = "hub/admin/people.html"
    page_title = _("People")
    header_icon = "group"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Turns away whoever may not see it."""
        if not may_see_people(request.user):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """This screen, below home."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Every place in reach, vacancies first."""
        user = self.request.user
        return super().get_context_data(
            places=places(user, timezone.now()), may_appoint=may_appoint(user), **kwargs
        )


def places(user: Any, now: datetime) -> list[Place]:
    """The regions in whose people this person has a say, and for coordinators the clusters, in a number of
    questions that does not grow."""
    regions, day = regions_for(user, Right.INVITE_EDITORS), today(now)
    hubs = RegionalHub.objects.select_related("region", "editors_group")
    hubs = hubs.prefetch_related("editors_group__user_set")
    terms = LeadTerm.objects.not_over(day).select_related("user", "partner", "region", "cluster")
    invitations = Invitation.objects.unanswered().filter(expires_at__gt=now - timedelta(days=60))
    invitations = invitations.select_related("region", "cluster", "replaces").order_by("at")
    if regions is not None:
        hubs, terms = hubs.filter(region__in=list(regions)), terms.filter(region__in=list(regions))
        invitations = invitations.filter(region__in=list(regions))
    rows: dict[Any, list[TermRow]] = defaultdict(list)
    for term in terms.order_by("-role", "from_date", "pk"):
        rows[term.region or term.cluster].append(row_of(term, user, now, day))
    invited: dict[Any, list[Invitation]] = defaultdict(list)
    for each in invitations:
        if may_invite_to(user, each):
            invited[each.region or each.cluster].append(each)
    return sorted(
        _all_places(list(hubs), rows, invited), key=lambda place: (not place.is_vacant, place.title)
    )


def _all_places(
    hubs: Sequence[RegionalHub],
    rows: Mapping[Any, list[TermRow]],
    invited: Mapping[Any, list[Invitation]],
) -> list[Place]:
    by_region = {hub.region: hub for hub in hubs}
    found = []
    for about in [*by_region, *(each for each in {**rows, **invited} if each not in by_region)]:
        hub, terms = by_region.get(about), rows.get(about, [])
        people: Any = hub.editors_group if hub else None
        found.append(
            Place(
                title=str(about or _("Whole hub")),
                is_vacant=hub is not None and all(row.is_later for row in terms),
                terms=terms,
                editors=sorted(people.user_set.all(), key=name_of) if people else [],
                invitations=invited.get(about, []),
                hub=hub,
                region=about if isinstance(about, Region) else None,
                cluster=about if isinstance(about, Cluster) else None,
            )
        )
    return found


def row_of(term: LeadTerm, user: Any, now: datetime, day: date) -> TermRow:
    """A term with what is to be said about it on a day."""
    is_later = term.from_date > day
    return TermRow(
        term=term,
        ends_soon=term.to_date is not None and term.to_date <= day + SOON,
        is_inactive=not is_later and is_inactive(term, now),
        is_later=is_later,
        may_replace=may_replace(user, term),
        may_end=may_replace(user, term) or (term.user_id is not None and term.user_id == user.pk),
    )


def is_inactive(term: LeadTerm, now: datetime) -> bool:
    """Whether whoever holds a term has not logged in for sixty days; organisations and names never do."""
    if term.user is None:
        return False
    began = timezone.make_aware(
        datetime.combine(term.from_date, datetime.min.time()), timezone.get_default_timezone()
    )
    return now - max(term.user.last_login or began, began) > INACTIVE
