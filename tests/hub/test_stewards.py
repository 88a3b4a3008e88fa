"""Owns the proof, row by row of the table, that exactly those hear of something who answer for it."""

from datetime import date
from typing import Any

import pytest

from hub.models import LeadTerm, MailPreference, OutgoingMail
from hub.stewards import mails_for, people_for, tell
from hub.stewardship import TABLE, Event, Pace, Party, Rung, Told, reached
from tests.directory.builders import NOW, make_region
from tests.hub.people import (
    make_administrator,
    make_cluster_lead,
    make_communicator,
    make_coordinator,
    make_deputy,
    make_editor,
    make_ended_lead,
    make_lead,
    make_user,
)
from tests.hub.stewards import all_told, speak

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

# What the issue says, written down once more: event, after how many days, to whom, at once or as chosen.
ROWS = [
    (Event.PROPOSAL_ARRIVES, 0, Rung.LEADS, Pace.AS_CHOSEN),
    (Event.CHANGE_SUBMITTED, 0, Rung.LEADS, Pace.AS_CHOSEN),
    (Event.CHANGE_APPROVED, 0, Party.AUTHOR, Pace.AT_ONCE),
    (Event.CHANGE_RETURNED, 0, Party.AUTHOR, Pace.AT_ONCE),
    (Event.TRANSFER_OFFERED, 0, Rung.LEADS, Pace.AS_CHOSEN),
    (Event.WAITS_LONG, 3, Rung.LEADS, Pace.AT_ONCE),
    (Event.WAITS_LONG, 7, Rung.DEPUTIES, Pace.AT_ONCE),
    (Event.WAITS_LONG, 14, Rung.COORDINATORS, Pace.AT_ONCE),
    (Event.REVIEW_OVERDUE, 0, Rung.LEADS, Pace.AT_ONCE),
    (Event.REVIEW_OVERDUE, 14, Rung.DEPUTIES, Pace.AT_ONCE),
    (Event.REVIEW_OVERDUE, 28, Rung.COORDINATORS, Pace.AT_ONCE),
    (Event.TERM_ENDS, 0, Rung.COORDINATORS, Pace.AT_ONCE),
    (Event.TERM_ENDS, 0, Party.HOLDER, Pace.AT_ONCE),
    (Event.VACANCY, 0, Rung.COORDINATORS, Pace.AT_ONCE),
    (Event.INVITED, 0, Party.INVITED, Pace.AT_ONCE),
    (Event.INVITATION_ACCEPTED, 0, Party.INVITER, Pace.AT_ONCE),
]
WHO = {Rung.LEADS: "lead-kent", Rung.DEPUTIES: "deputy-kent", Rung.COORDINATORS: "coordinator"}
CONTEXT = {"url": "https://hub.example/", "title": "x", "days": 3}


@pytest.fixture
def everybody() -> dict[str, Any]:
    """One person of each role, here and elsewhere, who all want each mail at once."""
    made = {
        "lead-kent": make_lead("kent", "lead-kent"),
        "deputy-kent": make_deputy("kent", "deputy-kent"),
        "lead-zeeland": make_lead("zeeland", "lead-zeeland"),
        "deputy-zeeland": make_deputy("zeeland", "deputy-zeeland"),
        "ended-kent": make_ended_lead("kent", "ended-kent"),
        "editor-kent": make_editor("kent", "editor-kent"),
        "cluster-lead": make_cluster_lead(name="cluster-lead"),
        "communicator": make_communicator("communicator"),
        "coordinator": make_coordinator("coordinator"),
        "administrator": make_administrator("administrator"),
        "stranger": make_user("stranger"),
    }
    for person in made.values():
        MailPreference.objects.create(user=person, at_once=True)
    return made


def of_kent(event: Event, **given: Any) -> int:
    kent = make_region("kent")
    return tell(event, about=kent.pk, context=CONTEXT, key="1", now=NOW, **given)


def test_the_table_is_the_one_of_the_issue() -> None:
    rows = [(event, told.after_days, told.to, told.pace) for event, row in TABLE.items() for told in row]

    assert sorted(rows, key=str) == sorted(ROWS, key=str)


@pytest.mark.parametrize(
    ("event", "days", "to", "pace"), ROWS, ids=[f"{row[0].name}-{row[1]}-{row[2].name}" for row in ROWS]
)
def test_nobody_but_those_of_the_row_hears_of_it(
    event: Event, days: int, to: Rung | Party, pace: Pace, everybody: dict[str, Any]
) -> None:
    # A party may stand anywhere: here it is an editor of the region.
    parties = {to: [everybody["editor-kent"]]} if isinstance(to, Party) else {}

    posted = of_kent(event, parties=parties, steps=[Told(to, days, pace)])

    assert posted == 1
    assert all_told() == {WHO[to] if isinstance(to, Rung) else "editor-kent"}


@pytest.mark.parametrize("event", [row[0] for row in ROWS if row[3] == Pace.AS_CHOSEN])
def test_who_gets_one_mail_a_week_gets_none_for_each_thing(event: Event, everybody: dict[str, Any]) -> None:
    MailPreference.objects.filter(user=everybody["lead-kent"]).update(at_once=False)

    assert of_kent(event) == 0


@pytest.mark.parametrize(("days", "rungs"), [(2, 0), (3, 1), (6, 1), (7, 2), (13, 2), (14, 3), (400, 3)])
def test_the_longer_something_waits_the_more_people_have_heard(days: int, rungs: int) -> None:
    assert len(reached(Event.WAITS_LONG, days)) == rungs


def test_a_key_is_written_about_once(everybody: dict[str, Any]) -> None:
    assert (of_kent(Event.VACANCY), of_kent(Event.VACANCY)) == (1, 0)


def test_an_empty_rung_leads_to_the_next_one() -> None:
    kent, coordinator = make_region("kent"), make_coordinator()
    assert people_for(kent.pk) == [coordinator]

    deputy = make_deputy("kent")
    assert people_for(kent.pk) == [deputy]

    lead = make_lead("kent")
    assert people_for(kent.pk) == [lead]
    assert people_for(kent.pk, Rung.DEPUTIES) == [deputy]
    assert people_for(None) == [coordinator]


def test_who_stands_in_for_a_lead_is_told_at_once() -> None:
    make_coordinator("coordinator")

    assert of_kent(Event.PROPOSAL_ARRIVES) == 1


def test_a_region_without_leads_is_answered_for_by_the_one_it_lies_in() -> None:
    part = make_region("west-flanders", parent=make_region("flanders"))
    above = make_lead("flanders")
    make_lead(make_region("east-flanders", parent="flanders"))
    assert people_for(part.pk) == [above]

    own = make_lead(part)
    assert people_for(part.pk) == [own]


def test_nobody_without_a_mail_or_without_access_is_counted_on() -> None:
    kent = make_region("kent")
    for values in ({"email": ""}, {"is_active": False}):
        user = make_user(**values)
        LeadTerm.objects.create(user=user, region=kent, from_date=date(2026, 1, 1))
    LeadTerm.objects.create(name="Ada Byron", region=kent, from_date=date(2026, 1, 1))
    coordinator = make_coordinator()

    assert people_for(kent.pk) == [coordinator]


def test_each_is_written_to_in_the_language_of_their_choice() -> None:
    speak(make_lead("kent", "marie-petit"), "fr")

    assert mails_for(make_region("kent")) == [("marie-petit@people.example", "fr")]
    of_kent(Event.WAITS_LONG, steps=[Told(Rung.LEADS, 3)])
    assert OutgoingMail.objects.get().language == "fr"


def test_one_person_with_two_offices_gets_one_mail() -> None:
    lead = make_lead("kent")
    LeadTerm.objects.create(user=lead, region=make_region("kent"), role="deputy", from_date=date(2026, 1, 1))

    assert people_for(make_region("kent").pk) == [lead]
    assert of_kent(Event.WAITS_LONG, steps=[Told(Rung.LEADS, 3)]) == 1
