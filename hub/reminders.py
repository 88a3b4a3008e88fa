"""Owns what the worker writes by itself: reminders of what waits or is due, and the mails of Monday."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from hub import desk
from hub.days import today
from hub.links import absolute
from hub.models import LeadTerm, MailPreference, Region, RegionalHub
from hub.names import language_of
from hub.outbox import post
from hub.roles import roles_of
from hub.stewards import tell
from hub.stewardship import INACTIVE_AFTER, TERM_ENDS_WITHIN, Event, Party, reached

MORNING = time(7)
SOON = timedelta(days=TERM_ENDS_WITHIN)


def remind(now: datetime) -> int:
    """Writes every reminder whose day has come and that was not written before; how many."""
    return sum((_of_errands(now), _of_reviews(now), _of_terms(now), _of_vacancies(now)))


def _of_errands(now: datetime) -> int:
    return sum(
        tell(
            Event.WAITS_LONG,
            about=errand.region_id,
            context={"errand": errand, "days": errand.days(now), "url": absolute(errand.url)},
            key=errand.key,
            steps=steps,
            now=now,
        )
        for errand in desk.waiting()
        if (steps := reached(Event.WAITS_LONG, errand.days(now)))
    )


def _of_reviews(now: datetime) -> int:
    day = today(now)
    return sum(
        tell(
            Event.REVIEW_OVERDUE,
            about=hub.region_id,
            context={"hub": hub, "days": (day - hub.review_due_date).days, "url": home()},
            key=f"{hub.pk}:{hub.review_due_date.isoformat()}",
            # The first day after the due date is the first of lateness.
            steps=reached(Event.REVIEW_OVERDUE, (day - hub.review_due_date).days - 1),
            now=now,
        )
        for hub in RegionalHub.objects.overdue(day).select_related("region").order_by("pk")
    )


def ending_terms(day: date) -> Any:
    """Open terms whose last day is near."""
    return LeadTerm.objects.on(day).filter(to_date__lte=day + SOON).order_by("to_date", "pk")


def inactive_terms(now: datetime) -> Any:
    """Open terms, begun long ago, of people who have not logged in for as long."""
    since = now - timedelta(days=INACTIVE_AFTER)
    begun = LeadTerm.objects.on(today(now)).filter(from_date__lt=today(since))
    return begun.exclude(user=None).filter(Q(user__last_login=None) | Q(user__last_login__lt=since))


def _of_terms(now: datetime) -> int:
    terms = ending_terms(today(now)).select_related("user__wagtail_userprofile", "region", "cluster")
    return sum(
        tell(
            Event.TERM_ENDS,
            about=None,
            context={"term": term, "about": term.region or term.cluster, "url": home()},
            key=f"{term.pk}:{term.to_date.isoformat()}",
            parties={Party.HOLDER: [term.user] if term.user else []},
            now=now,
        )
        for term in terms
    )


def vacancies(day: date) -> list[Region]:
    """The regions that run a hub and have nobody in office on a day, by name."""
    led = LeadTerm.objects.on(day).of_regions().values("region")
    return list(Region.objects.exclude(hub=None).exclude(pk__in=led).order_by("name_en"))


def _of_vacancies(now: datetime) -> int:
    posted = 0
    for region in vacancies(today(now)):
        last = LeadTerm.objects.filter(region=region).order_by("-to_date").first()
        since = last.to_date.isoformat() if last and last.to_date and last.to_date < today(now) else "never"
        url = absolute(f"{reverse('hub_appoint')}?region={region.pk}")
        key, context = f"{region.pk}:{since}", {"region": region, "url": url}
        posted += tell(Event.VACANCY, about=region.pk, context=context, key=key, now=now)
    return posted


def send_weekly(now: datetime) -> int:
    """From Monday morning on: a mail to every lead and deputy; none if nothing waits, or to those who chose
    a mail for each thing at once.

    That a week was looked at is written down with the mail: a worker that stood still on Monday makes up for
    it, and none is written twice.
    """
    local = timezone.localtime(now, timezone.get_default_timezone())
    monday = local.date() - timedelta(days=local.weekday())
    if local.date() == monday and local.time() < MORNING:
        return 0
    return sum(_weekly_of(person, monday, now) for person in _leads(today(now)))


def _leads(day: date) -> Iterable[Any]:
    terms = LeadTerm.objects.on(day).of_regions().exclude(user=None)
    people = get_user_model()._default_manager.filter(pk__in=terms.values("user"), is_active=True)
    return people.exclude(email="").select_related("wagtail_userprofile").order_by("pk")


def _weekly_of(person: Any, monday: date, now: datetime) -> int:
    with transaction.atomic():
        MailPreference.objects.get_or_create(user=person)
        chosen = MailPreference.objects.select_for_update().get(user=person)
        if chosen.week_date is not None and chosen.week_date >= monday:
            return 0
        chosen.week_date = monday
        chosen.save(update_fields=["week_date"])
        week = week_of(person, now)
        if chosen.at_once or not any(week.values()):
            return 0
        mail = post(
            kind="hub.week.ahead",
            to=person.email,
            language=language_of(person),
            context={"person": person, "home_url": home(), **week},
            key=f"hub.week.ahead:{monday.isoformat()}:{person.pk}",
            now=now,
        )
        return int(mail is not None)


def week_of(person: Any, now: datetime) -> dict[str, list[Any]]:
    """What waits for a lead or a deputy, and what is due within a month: of own regions only."""
    day, regions = today(now), roles_of(person).reach_of_office
    waits = [
        {"errand": errand, "days": errand.days(now), "url": absolute(errand.url)}
        for errand in desk.waiting(regions)
    ]
    hubs = RegionalHub.objects.filter(region__in=list(regions), review_due_date__lte=day + SOON)
    terms = ending_terms(day).filter(region__in=list(regions)).select_related("user", "partner", "region")
    return {
        "waits": waits,
        "reviews": list(hubs.select_related("region").order_by("review_due_date")),
        "terms": list(terms),
    }


def home() -> str:
    """The whole address of the admin's home, where everything has its link."""
    return absolute(reverse("wagtailadmin_home"))
