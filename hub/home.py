"""Owns the admin's home: what waits and is due for whoever looks, and nothing of other regions."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import RecentEditsPanel
from wagtail.models import TaskState, WorkflowState

from hub import desk
from hub.days import today
from hub.models import RegionalHub
from hub.names import name_of
from hub.people.overview import SOON, TermRow, places
from hub.permissions import is_administrator, is_coordinator, may_review
from hub.rights import Role
from hub.roles import roles_of
from hub.stewards import people_for

TOO_LONG = 3  # days, after which the lead is reminded by mail
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Waits:
    """Something that waits, for how many days, and who has it."""

    errand: desk.Errand
    days: int
    with_whom: str

    @property
    def is_long(self) -> bool:
        """Whether somebody was reminded by now."""
        return self.days >= TOO_LONG


@dataclass(frozen=True, slots=True)
class OwnHub:
    """A hub of one's own: when it is due, where its things are, who is there."""

    hub: RegionalHub
    is_overdue: bool
    is_due_soon: bool
    review_url: str
    links: Sequence[desk.Link]
    people: str


@dataclass(frozen=True, slots=True)
class Mine:
    """A change of one's own: with whom it is and since when, or why it came back."""

    title: str
    url: str
    since: datetime
    with_whom: str = ""
    reason: str = ""
    is_returned: bool = False


def arrange(request: HttpRequest, panels: list[Any]) -> None:
    """Puts ours first. Wagtail's own lists of work go: ours say who has it and since when."""
    user = request.user
    kept = [each for each in panels if is_administrator(user) or _is_quiet(each)]
    own: list[Any] = [PeopleWantedPanel()] if is_coordinator(user) else []
    if roles_of(user).regions or is_coordinator(user):
        own.insert(0, DeskPanel())
    changes = [] if is_coordinator(user) else my_changes(user)
    if changes or roles_of(user).held == {Role.EDITOR}:
        own.append(MyChangesPanel(changes))
    if Role.COMMUNICATIONS in roles_of(user).held:
        own.append(ComingPanel())
    panels[:] = [*own, *kept]


def _is_quiet(panel: Any) -> bool:
    ours = not type(panel).__module__.startswith("wagtail.")
    return ours or isinstance(panel, RecentEditsPanel)


class DeskPanel(Component):
    """What waits, what is due, the own hubs with their firms and people."""

    order = 10
    template_name = "hub/admin/desk_panel.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """As things stand for this person."""
        user, now = parent_context["request"].user, timezone.now()
        regions = None if is_coordinator(user) else regions_of(user)
        waits = waiting(regions, now)
        shown = len(waits) if parent_context["request"].GET.get("waits") == "all" else SHOWN
        return {
            "waits": waits[:shown],
            "number": len(waits),
            "are_all": len(waits) <= shown,
            "is_coordinator": is_coordinator(user),
            "hubs": own_hubs(user, now),
            "is_editor_only": roles_of(user).held == {Role.EDITOR},
            "name": user.first_name or name_of(user),
        }


class MyChangesPanel(Component):
    """The changes that this person has submitted: with whom they are, or why they came back."""

    order = 20
    template_name = "hub/admin/my_changes_panel.html"

    def __init__(self, changes: Sequence[Mine]) -> None:
        super().__init__()
        self.changes = changes

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """The newest first."""
        return {"changes": self.changes}


class ComingPanel(Component):
    """For communications, whose events and news have no screens yet: what comes, and what can be done now."""

    order = 25
    template_name = "hub/admin/coming_panel.html"


class PeopleWantedPanel(Component):
    """For coordinators: where nobody leads, whose term ends, who has not been here for long."""

    order = 30
    template_name = "hub/admin/people_wanted_panel.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """All regions."""
        user, now = parent_context["request"].user, timezone.now()
        found = places(user, now)
        rows: list[TermRow] = [row for place in found for row in place.terms]
        return {
            "vacant": [place for place in found if place.is_vacant],
            "ending": [row for row in rows if row.ends_soon],
            "inactive": [row for row in rows if row.is_inactive],
            "late": late_by_region(now),
        }


def regions_of(user: Any) -> frozenset[int]:
    """The regions that somebody leads or edits."""
    return frozenset().union(*roles_of(user).regions.values())


def waiting(regions: desk.Regions, now: datetime) -> list[Waits]:
    """What waits in these regions, the oldest first, each with those who answer for its region."""
    with_whom: dict[int | None, str] = {}
    found = []
    for errand in desk.waiting(regions):
        if errand.region_id not in with_whom:
            with_whom[errand.region_id] = ", ".join(map(name_of, people_for(errand.region_id)))
        found.append(Waits(errand, errand.days(now), with_whom[errand.region_id]))
    return found


def late_by_region(now: datetime) -> Sequence[tuple[str, int, int, str]]:
    """For each region what waits too long: how many things, the most days, and with whom; longest first."""
    names: Mapping[int | None, str] = {hub.region_id: str(hub) for hub in _hubs()}
    late: dict[int | None, list[Waits]] = defaultdict(list)
    for each in waiting(None, now):
        if each.is_long:
            late[each.errand.region_id].append(each)
    rows = [
        (
            names.get(region, str(_("Other regions"))),
            len(rows),
            max(row.days for row in rows),
            rows[0].with_whom,
        )
        for region, rows in late.items()
    ]
    return sorted(rows, key=lambda row: -row[2])


def own_hubs(user: Any, now: datetime) -> list[OwnHub]:
    """The hubs of the regions that somebody leads or edits."""
    day, regions = today(now), regions_of(user)
    people: dict[Any, str] = {}
    for place in places(user, now):
        names = [row.term.holder for row in place.terms if not row.is_later]
        people[place.hub] = ", ".join([*names, *map(name_of, place.editors)])
    return [
        OwnHub(
            hub=hub,
            is_overdue=hub.review_due_date < day,
            is_due_soon=hub.review_due_date <= day + SOON,
            review_url=desk.review_url(hub) if may_review(user, hub) else "",
            links=desk.links_to(hub, user),
            people=people.get(hub, "") or ", ".join(map(name_of, people_for(hub.region_id))),
        )
        for hub in _hubs().filter(region__in=list(regions))
    ]


def my_changes(user: Any) -> list[Mine]:
    """What somebody has submitted and is not published yet."""
    open_states = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)
    states = WorkflowState.objects.filter(requested_by=user, status__in=open_states)
    rows = states.select_related("current_task_state", "workflow__hub").order_by("-created_at")
    finder = AdminURLFinder(user)
    found = []
    for state in rows.prefetch_related("content_object")[:SHOWN]:
        thing, task = state.content_object, state.current_task_state
        if thing is None or task is None:
            continue
        is_returned = task.status == TaskState.STATUS_REJECTED
        found.append(
            Mine(
                title=str(thing),
                url=finder.get_edit_url(thing) or "",
                since=task.finished_at if is_returned and task.finished_at else task.started_at,
                with_whom=", ".join(map(name_of, people_for(desk.region_of(state, thing)))),
                reason=task.comment,
                is_returned=is_returned,
            )
        )
    return found


def _hubs() -> QuerySet[RegionalHub]:
    return RegionalHub.objects.select_related("region").order_by("region__name_en")
