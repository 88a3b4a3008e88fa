"""Owns the proof that the register's own jobs catch up with what was left, and with time itself."""

from datetime import timedelta

import pytest
import time_machine

from directory.jobs import AGEING, drain_all, mark_aged
from directory.models.firm import FIRMS
from hub.models import JobState
from search import marks
from search.models import PendingChange
from tests.directory.builders import make_firm
from tests.directory.indexing import found, index_firms, marked
from tests.hub.mails import DAY, NOW

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


def test_what_a_crash_left_marked_is_read_by_the_worker() -> None:
    index_firms()
    firm = make_firm("Hopshed Lane")
    marks.note(FIRMS, [firm.pk])
    assert found("hopshed") == 0

    assert drain_all(NOW)

    assert found("hopshed") == 1 and not PendingChange.objects.exists()


def test_a_firm_is_looked_at_again_once_on_the_day_its_confirmation_grows_old() -> None:
    firm = make_firm(confirmed_at=NOW - YEAR + DAY / 2)
    make_firm(confirmed_at=NOW - 10 * DAY)
    make_firm(live=False, confirmed_at=NOW - YEAR + DAY / 2)
    looked = []
    for day in range(4):
        PendingChange.objects.all().delete()
        now = NOW + day * DAY
        mark_aged(now)
        JobState.objects.update_or_create(name=AGEING, defaults={"last_success_at": now, "due_at": now})
        looked.append(marked())

    assert looked == [set(), {firm.pk}, set(), set()]


def test_a_worker_that_stood_still_for_long_misses_no_birthday() -> None:
    firm = make_firm(confirmed_at=NOW - YEAR - 100 * DAY)
    JobState.objects.create(name=AGEING, last_success_at=NOW - 120 * DAY, due_at=NOW)

    assert mark_aged(NOW) == 1 and marked() == {firm.pk}


def test_a_confirmation_of_two_years_is_worth_nothing_any_more(clock: time_machine.Traveller) -> None:
    firm = make_firm(confirmed_at=NOW - 2 * YEAR - DAY / 2)
    JobState.objects.create(name=AGEING, last_success_at=NOW - DAY, due_at=NOW)

    mark_aged(NOW)

    assert marked() == {firm.pk}


def test_the_first_time_every_old_confirmation_is_looked_at() -> None:
    old = {make_firm(confirmed_at=NOW - YEAR - DAY).pk, make_firm(confirmed_at=NOW - 3 * YEAR).pk}
    make_firm()

    mark_aged(NOW)

    assert marked() == old
