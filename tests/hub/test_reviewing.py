"""Owns the proof of reviews: who may say that a hub is still right, what follows, and when it is overdue."""

from datetime import UTC, date, datetime

import pytest

from hub.actions import NotAllowed
from hub.actions.reviewing import ReviewHubAction, due_after
from hub.models import RegionalHub
from tests.hub import people
from tests.hub.people import make_hub

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


def review(hub: RegionalHub, by: object) -> None:
    ReviewHubAction(hub=hub, actor=by, now=NOW).run()  # type: ignore[arg-type]
    hub.refresh_from_db()


@pytest.mark.parametrize("who", [people.make_lead, people.make_deputy])
def test_a_lead_or_deputy_says_that_the_own_hub_is_still_right(who: object) -> None:
    person, hub = who("kent", "ann-baker"), make_hub("kent")  # type: ignore[operator]

    review(hub, person)

    said = hub.reviews.get()
    assert (said.by, said.by_name, said.at) == (person, "Ann Baker", NOW)
    assert hub.review_due_date == date(2027, 5, 27)


@pytest.mark.parametrize(
    "who",
    [
        lambda: people.make_editor("kent"),
        lambda: people.make_lead("zeeland"),
        lambda: people.make_ended_lead("kent"),
        lambda: people.make_communicator(),
        lambda: people.make_user(),
    ],
)
def test_nobody_else_says_it(who: object) -> None:
    hub, person = make_hub("kent"), who()  # type: ignore[operator]
    due = hub.review_due_date

    with pytest.raises(NotAllowed):
        review(hub, person)

    hub.refresh_from_db()
    assert not hub.reviews.exists() and hub.review_due_date == due


def test_two_clicks_of_one_person_on_a_day_are_one_review() -> None:
    lead, hub = people.make_lead("kent"), make_hub("kent")

    review(hub, lead)
    review(hub, lead)

    assert hub.reviews.count() == 1


def test_a_hub_is_overdue_from_the_day_after_its_date() -> None:
    make_hub("kent", review_due_date=date(2026, 11, 26))
    make_hub("zeeland", review_due_date=date(2026, 11, 27))

    assert [str(hub) for hub in RegionalHub.objects.overdue(date(2026, 11, 27))] == ["Kent"]


def test_six_months_after_the_last_of_august_is_the_last_of_february() -> None:
    assert due_after(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert due_after(date(2026, 11, 27), 24) == date(2028, 11, 27)
