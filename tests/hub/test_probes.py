"""Owns the proof that the probes say what is wrong, to machines, and nothing about anybody."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client

from hub import probes
from hub.models import JobState, MailState
from hub.worker import run_due
from tests.directory.builders import make_firm
from tests.directory.indexing import index_firms
from tests.hub.mails import NOW, make_mail
from tests.hub.people import make_hub, make_lead

pytestmark = pytest.mark.django_db


def ready(client: Client) -> tuple[int, dict[str, Any]]:
    answer = client.get("/readyz")
    return answer.status_code, answer.json()


@pytest.fixture
def running(clock: time_machine.Traveller) -> time_machine.Traveller:
    """A site with an index and a worker that has just run."""
    make_firm("Hopshed Lane")
    index_firms()
    run_due(NOW)
    return clock


def test_the_process_lives_without_a_database(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "no-store" in answer["Cache-Control"]


def test_a_site_with_all_it_needs_is_ready(client: Client, running: None) -> None:
    status, told = ready(client)

    assert (status, told["status"]) == (200, "ok")
    assert set(told["probes"]) >= {"database", "migrations", "index", "jobs", "mails"}
    assert told["probes"]["jobs"]["last_success"]["hub.mails"] == "2026-11-24T12:00:00+00:00"


def test_a_worker_that_stands_still_is_seen(client: Client, running: time_machine.Traveller) -> None:
    running.shift(timedelta(minutes=16))
    status, told = ready(client)

    assert (status, told["status"]) == (503, "down")
    assert "hub.mails" in told["probes"]["jobs"]["late"]
    assert "hub.sessions" not in told["probes"]["jobs"]["late"]


def test_one_job_that_never_went_well_is_a_warning_and_turns_no_visitor_away(
    client: Client, running: None
) -> None:
    JobState.objects.filter(name="hub.sessions").delete()
    status, told = ready(client)

    assert (status, told["status"]) == (200, "warning")
    assert told["probes"]["jobs"]["late"] == ["hub.sessions"]


def test_a_site_without_an_index_is_not_ready(client: Client, clock: time_machine.Traveller) -> None:
    run_due(NOW)
    status, told = ready(client)

    assert (status, told["probes"]["index"]) == (503, {"status": "down", "is_built": False})


def test_mails_that_failed_are_a_warning(client: Client, running: None) -> None:
    make_mail(state=MailState.FAILED, reason="550 ada@firm.example")
    status, told = ready(client)

    assert (status, told["status"]) == (200, "warning")
    assert told["probes"]["mails"] == {"status": "warning", "not_delivered": 1}


def test_a_probe_that_breaks_is_down_and_says_nothing_of_what_it_read(
    client: Client, running: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(now: object) -> probes.Verdict:
        raise OperationalError("connection to db.private.example failed for ada")

    monkeypatch.setitem(probes._probes, "database", broken)
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["probes"]["database"] == {"status": "down", "error": "OperationalError"}
    assert "private" not in answer.content.decode()


def test_tables_that_are_not_as_the_code_expects_are_seen(
    client: Client, running: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probes, "_migrated_databases", set())
    monkeypatch.setattr(probes.MigrationExecutor, "migration_plan", lambda self, targets: ["0009"])

    assert ready(client)[1]["probes"]["migrations"]["status"] == "down"


def test_a_region_that_nobody_leads_is_a_warning_and_says_no_name(client: Client, running: Any) -> None:
    make_lead("kent", "ada-kent", to_date=NOW.date() + timedelta(days=5))
    assert ready(client)[1]["probes"]["leads"] == {"status": "ok", "vacant": 0, "ending": 1, "inactive": 1}

    make_hub("zeeland")
    status, told = ready(client)
    assert (status, told["probes"]["leads"]["status"], told["probes"]["leads"]["vacant"]) == (
        200,
        "warning",
        1,
    )
