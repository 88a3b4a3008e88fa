"""Owns the proof that what is timed happens in time, each thing by itself."""

from datetime import timedelta

import pytest
import time_machine
from wagtail.models import Revision

from directory.models import Firm
from hub.models import JobState
from hub.publishing import SomeNotPublished, publish_scheduled
from hub.worker import run_due
from tests.directory.builders import make_firm
from tests.directory.indexing import marked
from tests.hub.mails import NOW

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def timed(name: str) -> Firm:
    """A firm whose draft is approved for its time."""
    firm = make_firm(name, live=False)
    firm.go_live_at = NOW + HOUR
    firm.save_revision(approved_go_live_at=NOW + HOUR)
    return firm


def is_live(firm: Firm) -> bool:
    firm.refresh_from_db()
    return firm.live


def test_a_timed_firm_goes_live_when_its_time_has_come_and_the_search_hears_of_it(
    clock: time_machine.Traveller,
) -> None:
    firm = timed("Hopshed Lane")

    assert publish_scheduled(NOW) == 0 and not is_live(firm)
    clock.shift(HOUR + timedelta(seconds=1))
    assert publish_scheduled(NOW + HOUR + timedelta(seconds=1)) == 1

    assert is_live(firm) and firm.pk in marked()


def test_a_firm_whose_time_is_over_comes_off_the_site(clock: time_machine.Traveller) -> None:
    firm = make_firm("Hopshed Lane", expire_at=NOW - HOUR)

    assert publish_scheduled(NOW) == 1

    assert not is_live(firm) and firm.pk in marked()


def test_one_that_cannot_go_live_stops_no_other_and_is_tried_again(
    clock: time_machine.Traveller, caplog: pytest.LogCaptureFixture
) -> None:
    broken, whole = timed("Broken"), timed("Whole")
    Revision.objects.filter(object_id=str(broken.pk)).update(content={"pk": broken.pk, "name": None})
    clock.shift(2 * HOUR)

    with pytest.raises(SomeNotPublished):
        publish_scheduled(NOW + 2 * HOUR)

    assert is_live(whole) and not is_live(broken)
    [record] = [each for each in caplog.records if each.message == "not published"]
    assert record.model == "wagtailcore.Revision"  # type: ignore[attr-defined]
    run_due(NOW + 2 * HOUR)
    state = JobState.objects.get(name="hub.publishing")
    assert state.last_error == "SomeNotPublished" and state.due_at == NOW + 2 * HOUR + timedelta(minutes=1)
