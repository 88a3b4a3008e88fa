"""Owns the proof that nothing waits past its limit without somebody told, through a whole year of days."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from hub import desk
from hub.models import LeadTerm, MailPreference, OutgoingMail, RegionalHub
from hub.reminders import remind, send_weekly, week_of
from tests.directory.builders import NOW, make_region
from tests.hub.people import make_coordinator, make_deputy, make_editor, make_hub, make_lead
from tests.hub.stewards import all_told, make_change, make_proposal, speak, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
DAY = timedelta(days=1)
WAITS, REVIEW, WEEK = "hub.errand.waits", "hub.review.overdue", "hub.week.ahead"


def local(day: date, at: time = time(12)) -> datetime:
    return datetime.combine(day, at, timezone.get_default_timezone())


def test_a_change_reminds_the_lead_then_the_deputy_then_the_coordinator(clock: Any) -> None:
    make_lead("kent", "lead-kent"), make_deputy("kent", "deputy-kent"), make_coordinator("coordinator")
    make_lead("zeeland", "lead-zeeland")
    make_change("kent", by=make_editor("kent"))
    heard = []

    for _day in range(20):
        remind(timezone.now())
        heard.append(told(WAITS))
        clock.shift(DAY)

    assert heard[2] == []
    assert heard[3] == heard[6] == ["lead-kent"]
    assert heard[7] == heard[13] == ["lead-kent", "deputy-kent"]
    assert heard[14] == heard[19] == ["lead-kent", "deputy-kent", "coordinator"]


def test_a_mail_says_what_waits_and_leads_there(clock: Any) -> None:
    speak(make_lead("kent"), "fr")
    state = make_change("kent", title="Notre équipe")
    clock.shift(3 * DAY)

    remind(timezone.now())

    mail = OutgoingMail.objects.get()
    assert "Notre équipe" in mail.subject and "\u00a0: Notre équipe" in mail.body
    assert f"http://testserver/admin/pages/{state.content_object.pk}/edit/" in mail.body


def test_what_was_answered_reminds_nobody(clock: Any) -> None:
    lead = make_lead("kent")
    state = make_change("kent")
    state.current_task_state.reject(user=lead, comment="Not yet.")
    clock.shift(30 * DAY)

    remind(timezone.now())

    assert told(WAITS) == []


def test_a_proposal_waits_like_a_change() -> None:
    make_lead("kent", "lead-kent")
    make_proposal("kent", at=NOW - 3 * DAY)
    make_proposal("zeeland", at=NOW - 2 * DAY)

    remind(NOW)

    assert told(WAITS) == ["lead-kent"]


def test_the_desk_of_a_region_holds_nothing_of_another() -> None:
    make_change("kent", title="Kent's page"), make_change("zeeland", title="Zeeland's page")
    make_proposal("kent", name="Kent's firm"), make_proposal("zeeland", name="Zeeland's firm")
    make_proposal(None, name="Nobody's firm")

    def titles(regions: Any) -> set[str]:
        return {errand.title for errand in desk.waiting(regions)}

    assert titles(frozenset({make_region("kent").pk})) == {"Kent's page", "Kent's firm"}
    assert titles(frozenset()) == set()
    assert len(titles(None)) == 5


def test_the_desk_asks_as_often_for_many_as_for_few(django_assert_max_num_queries: Any) -> None:
    for _each in range(12):
        make_change("kent"), make_proposal("kent")

    with django_assert_max_num_queries(6):
        assert len(desk.waiting()) == 24


def test_an_overdue_review_reminds_the_lead_then_the_deputy_then_the_coordinator(clock: Any) -> None:
    make_hub("kent", review_due_date=NOW.date())
    make_lead("kent", "lead-kent"), make_deputy("kent", "deputy-kent"), make_coordinator("coordinator")
    heard = []

    for _day in range(32):
        remind(timezone.now())
        heard.append(told(REVIEW))
        clock.shift(DAY)

    assert heard[0] == []
    assert heard[1] == heard[14] == ["lead-kent"]
    assert heard[15] == heard[28] == ["lead-kent", "deputy-kent"]
    assert heard[29] == ["lead-kent", "deputy-kent", "coordinator"]


def test_a_region_without_anybody_is_told_of_once_for_each_time(clock: Any) -> None:
    make_coordinator("coordinator")
    make_lead("kent", to_date=NOW.date())
    remind(timezone.now())
    assert told("hub.term.vacant") == []

    for _day in range(3):
        clock.shift(DAY)
        remind(timezone.now())

    assert told("hub.term.vacant") == ["coordinator"]
    mail = OutgoingMail.objects.get(kind="hub.term.vacant")
    assert f"/admin/people/appoint/?region={make_region('kent').pk}\n" in mail.body


def test_a_term_that_ends_is_told_of_to_its_holder_and_the_coordinator() -> None:
    make_coordinator("coordinator")
    make_lead("kent", "soon-over", to_date=NOW.date() + 30 * DAY)
    make_lead("kent", "not-yet", to_date=NOW.date() + 31 * DAY)

    for _round in range(2):
        remind(NOW)

    assert told("hub.term.ends") == ["coordinator", "soon-over"]


@pytest.mark.parametrize(
    "monday", [date(2027, 3, 29), date(2027, 11, 1), date(2027, 1, 4), date(2026, 11, 30)]
)
def test_the_mail_of_the_week_comes_on_monday_at_seven_whatever_clocks_do(monday: date, clock: Any) -> None:
    make_lead("kent", "lead-kent")
    make_proposal("kent")
    MailPreference.objects.create(user=LeadTerm.objects.get().user, week_date=monday - 7 * DAY)
    assert monday.weekday() == 0

    at = local(monday - DAY, time(0, 0)).astimezone(NOW.tzinfo)
    written_at = None
    while written_at is None and at < local(monday + DAY):
        clock.move_to(at)
        if send_weekly(at):
            written_at = at
        at += timedelta(minutes=30)

    assert written_at == local(monday, time(7))


def test_a_worker_that_stood_still_on_monday_makes_up_for_it_once(clock: Any) -> None:
    make_lead("kent", "lead-kent")
    make_proposal("kent")
    clock.move_to(local(date(2026, 12, 2)))

    assert [send_weekly(timezone.now()) for _round in range(3)] == [1, 0, 0]


def test_a_week_with_nothing_gets_no_mail_and_what_comes_later_waits_for_the_next_monday(clock: Any) -> None:
    make_lead("kent", "lead-kent")
    clock.move_to(local(date(2026, 11, 30), time(8)))
    assert send_weekly(timezone.now()) == 0

    make_proposal("kent", at=timezone.now())
    assert send_weekly(timezone.now()) == 0
    clock.move_to(local(date(2026, 12, 7), time(8)))
    assert send_weekly(timezone.now()) == 1


def test_whoever_chose_each_mail_at_once_gets_none_on_monday() -> None:
    MailPreference.objects.create(user=make_lead("kent"), at_once=True)
    make_proposal("kent")

    assert send_weekly(NOW) == 0


def test_the_week_of_a_lead_holds_own_things_with_a_link_each() -> None:
    lead = make_lead("kent", "lead-kent", to_date=NOW.date() + 9 * DAY)
    make_proposal("kent", name="Kent's firm"), make_proposal("zeeland", name="Zeeland's firm")
    RegionalHub.objects.filter(region__slug="kent").update(review_due_date=NOW.date() + 5 * DAY)
    make_hub("zeeland", review_due_date=NOW.date())

    assert {name: len(rows) for name, rows in week_of(lead, NOW).items()} == {
        "waits": 1,
        "reviews": 1,
        "terms": 1,
    }
    send_weekly(NOW)
    body = OutgoingMail.objects.get().body
    assert "Kent's firm" in body and "Zeeland" not in body
    assert body.count("http://testserver/admin/") == 3


def test_a_worker_that_dies_between_two_mails_goes_on_where_it_was() -> None:
    make_lead("kent"), make_lead("kent"), make_lead("kent")
    make_proposal("kent", at=NOW - 3 * DAY)

    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        remind(NOW)
        # What was written in the same moment as the kill is gone with it.
        raise KeyboardInterrupt
    assert told(WAITS) == []
    remind(NOW)
    OutgoingMail.objects.filter(kind=WAITS).last().delete()  # type: ignore[union-attr]
    remind(NOW)

    assert len(told(WAITS)) == len(set(told(WAITS))) == 3


def test_in_a_whole_year_nothing_waits_past_its_limit_without_somebody_told(clock: Any) -> None:
    chance = Random(2027)
    make_coordinator("coordinator")
    make_lead("kent", "lead-kent", to_date=date(2027, 6, 30)), make_deputy("kent", "deputy-kent")
    make_lead("zeeland", "lead-zeeland", from_date=date(2027, 2, 1), to_date=date(2027, 12, 31))
    make_hub("kent", review_due_date=date(2028, 6, 1))
    waits: dict[int, tuple[Any, int]] = {}

    for number in range(410):
        at = local(date(2026, 11, 25) + number * DAY, time(23, 30) if number % 2 else time(8))
        clock.move_to(at)
        if number % 6 == 0 and number < 380:
            row = make_proposal(chance.choice(["kent", "zeeland", None]), at=at)
            waits[row.pk] = (row, chance.randint(0, 24))
        for pk, (row, patience) in list(waits.items()):
            if (at - row.sent_at).days >= patience:
                answered = {"state": type(row).State.ACCEPTED, "decided_at": at}
                type(row).objects.filter(pk=pk).update(**answered)
                del waits[pk]
        remind(at)
        send_weekly(at)
        for row, _patience in waits.values():
            written = OutgoingMail.objects.filter(key__startswith=f"{WAITS}:proposal-{row.pk}:")
            days = (at - row.sent_at).days
            assert written.count() >= sum(days >= limit for limit in (3, 7, 14)), (at, row.region)

    assert all_told() <= {"coordinator", "lead-kent", "deputy-kent", "lead-zeeland"}
    keys = Counter(OutgoingMail.objects.values_list("key", flat=True))
    assert max(keys.values()) == 1
    of_kent = OutgoingMail.objects.filter(to="lead-kent@people.example").values_list("created_at", flat=True)
    assert of_kent and max(of_kent) < local(date(2027, 7, 1), time(0))
    mondays = OutgoingMail.objects.filter(kind=WEEK).values_list("created_at", "to")
    assert len(
        {(at.astimezone(timezone.get_default_timezone()).isocalendar()[:2], to) for at, to in mondays}
    ) == len(mondays)
