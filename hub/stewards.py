"""Owns who answers for a region, and that they are told: by the table in `hub.stewardship`, never others."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from hub.days import today
from hub.models import LeadTerm, MailPreference, Region
from hub.names import language_of
from hub.outbox import post
from hub.permissions import coordinators
from hub.regions import RegionTree
from hub.stewardship import TABLE, Event, Pace, Rung, Told

OFFICES = {Rung.LEADS: LeadTerm.Role.LEAD, Rung.DEPUTIES: LeadTerm.Role.DEPUTY}


def people_for(region_id: int | None, rung: Rung = Rung.LEADS) -> list[Any]:
    """Who stands on this rung for a region, or on the next one that is not empty; each has a mail.

    Where the region itself has no lead, a lead of the region in which it lies answers. What has no region is
    the coordinators'.
    """
    for each in list(Rung)[list(Rung).index(rung) :]:
        found = _leading(region_id, OFFICES[each]) if each in OFFICES else _reachable(coordinators())
        if found:
            return found
    return []


def mails_for(region: Region | None) -> list[tuple[str, str]]:
    """The mail and language of each person to write to about a region: leads, else deputies, else
    coordinators."""
    people = people_for(region.pk if region else None)
    return list({person.email.lower(): (person.email, language_of(person)) for person in people}.values())


def tell(
    event: Event,
    *,
    about: int | None,
    context: Mapping[str, object],
    key: str,
    now: datetime,
    parties: Mapping[Any, Iterable[Any]] | None = None,
    steps: Sequence[Told] | None = None,
    but: Any = None,
) -> int:
    """Writes to everybody who is to hear of something about a region, once for each key; how many mails.

    `parties` gives the people of the table's `Party` entries; `steps` those of the table whose day has come;
    `but` is whoever did it and need not hear of it.
    """
    posted = 0
    for told in TABLE[event] if steps is None else steps:
        for person in _recipients(told, about, parties or {}):
            if but is not None and person.pk == but.pk:
                continue
            mail = post(
                kind=event.value,
                to=person.email,
                language=language_of(person),
                context={"person": person, "told": told, **context},
                key=f"{event.value}:{key}:{told.after_days}:{person.pk}",
                now=now,
            )
            posted += mail is not None
    return posted


def is_weekly(person: Any) -> bool:
    """Whether a lead gets one mail a week instead of one for each thing."""
    return not MailPreference.objects.filter(user=person, at_once=True).exists()


def _recipients(told: Told, region_id: int | None, parties: Mapping[Any, Iterable[Any]]) -> list[Any]:
    if not isinstance(told.to, Rung):
        return [person for person in parties.get(told.to, ()) if person.email and person.is_active]
    people = people_for(region_id, told.to)
    if told.pace == Pace.AT_ONCE:
        return people
    # Who stands in for a lead has no Monday mail about the region.
    standing_in = set(_reachable(coordinators())) - set(_leading(region_id, *OFFICES.values()))
    return [person for person in people if person in standing_in or not is_weekly(person)]


def _leading(region_id: int | None, *roles: LeadTerm.Role) -> list[Any]:
    """The people with an open term of the region; else of the nearest region above it that has any."""
    if region_id is None:
        return []
    depth: dict[int | None, int] = {
        region.pk: number for number, region in enumerate(RegionTree.above(region_id).path(region_id))
    }
    terms = LeadTerm.objects.on(today()).filter(region__in=list(depth), role__in=roles, user__is_active=True)
    found = terms.exclude(user__email="").select_related("user__wagtail_userprofile").order_by("user", "pk")
    nearest = max((depth[term.region_id] for term in found), default=0)
    near = [term.user for term in found if depth[term.region_id] == nearest]
    return list(dict.fromkeys(near))


def _reachable(people: Any) -> list[Any]:
    return list(people.exclude(email="").select_related("wagtail_userprofile").order_by("pk"))
