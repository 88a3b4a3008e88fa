"""Owns the proof that jobs run when they are due, one process each, and that none stops the others."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core import mail as memory
from django.core.management import CommandError, call_command

from hub import worker
from hub.models import JobState
from hub.worker import Job, run_due, wait_until_due
from tests.hub.mails import DAY, NOW, make_mail

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


class Bell:
    """A job that notes when it was run, and fails if told to."""

    def __init__(self, name: str = "a.bell", every: timedelta = HOUR) -> None:
        self.rung: list[datetime] = []
        self.error: Exception | None = None
        self.job = Job(name, name, every, self)

    def __call__(self, now: datetime) -> int:
        self.rung.append(now)
        if self.error:
            raise self.error
        return 1


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bell]:
    """The one job there is."""
    monkeypatch.setattr(worker, "_jobs", {})
    bell = Bell()
    worker.register(bell.job)
    yield bell


def test_a_job_runs_at_once_and_then_when_it_is_due(only: Bell) -> None:
    for minutes in (0, 1, 59, 60, 61, 121):
        run_due(NOW + timedelta(minutes=minutes))

    assert only.rung == [NOW, NOW + HOUR, NOW + timedelta(minutes=121)]
    assert worker.last_success("a.bell") == NOW + timedelta(minutes=121)


def test_the_worker_wakes_when_the_next_job_is_due(only: Bell) -> None:
    run_due(NOW)

    assert wait_until_due(NOW) == timedelta(minutes=1)
    assert wait_until_due(NOW + HOUR - timedelta(seconds=7)) == timedelta(seconds=7)
    assert wait_until_due(NOW + 2 * HOUR) == timedelta(0)


def test_a_job_that_fails_is_logged_without_its_words_and_stops_no_other(
    only: Bell, caplog: pytest.LogCaptureFixture
) -> None:
    only.error = ValueError("ada@private.example")
    other = Bell("b.bell")
    worker.register(other.job)

    ran = run_due(NOW)

    assert [(each.job.name, each.error) for each in ran] == [("a.bell", "ValueError"), ("b.bell", "")]
    state = JobState.objects.get(name="a.bell")
    assert (state.last_error, state.last_error_at, state.last_success_at) == ("ValueError", NOW, None)
    assert state.due_at == NOW + timedelta(minutes=1)
    assert "ada@private.example" not in " ".join(str(vars(record)) for record in caplog.records)
    only.error = None
    run_due(state.due_at)
    assert worker.last_success("a.bell") == state.due_at


def test_a_job_that_another_process_runs_is_left_alone_until_its_lease_ends(only: Bell) -> None:
    run_due(NOW)
    JobState.objects.update(due_at=NOW, lease="theirs", leased_until=NOW + timedelta(minutes=5))

    run_due(NOW + timedelta(minutes=4))
    assert only.rung == [NOW]
    assert wait_until_due(NOW + timedelta(minutes=4, seconds=30)) == timedelta(seconds=30)

    run_due(NOW + timedelta(minutes=5))
    assert len(only.rung) == 2


def test_who_comes_back_after_the_lease_writes_nothing(only: Bell) -> None:
    def overtaken(now: datetime) -> int:
        JobState.objects.update(lease="theirs")
        return 1

    worker.register(Job("a.bell", "", HOUR, overtaken))
    run_due(NOW)

    state = JobState.objects.get()
    assert (state.lease, state.last_success_at) == ("theirs", None)


def test_every_job_of_the_site_runs_on_an_empty_database() -> None:
    ran = run_due(NOW)

    assert [each.error for each in ran] == [""] * len(ran)
    names = {each.job.name for each in ran}
    assert names >= {"hub.mails", "hub.publishing", "hub.forgetting", "hub.sessions", "directory.index"}
    assert all(str(each.job.label) for each in ran)


def test_one_turn_from_cron_sends_the_mails(clock: time_machine.Traveller) -> None:
    make_mail()
    call_command("run_worker", "--once")

    assert len(memory.outbox) == 1


def test_one_turn_from_cron_says_which_job_failed(only: Bell, clock: time_machine.Traveller) -> None:
    only.error = RuntimeError()

    with pytest.raises(CommandError, match=r"a\.bell"):
        call_command("run_worker", "--once", stdout=StringIO())


def test_old_sessions_are_cleared(clock: time_machine.Traveller) -> None:
    Session.objects.create(session_key="old", session_data="", expire_date=NOW - DAY)
    Session.objects.create(session_key="new", session_data="", expire_date=NOW + DAY)

    run_due(datetime.now(UTC))

    assert [each.session_key for each in Session.objects.all()] == ["new"]
