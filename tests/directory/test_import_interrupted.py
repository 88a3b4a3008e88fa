"""Owns the proof that an import goes on where it stopped, shows how far it is, and happens once."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.actions.importing import CommitImportAction, NotNow, UploadFileAction
from directory.importing import uploads
from directory.importing.beating import CLAIM
from directory.importing.brought import Brought
from directory.importing.report import Report
from directory.importing.running import Paused
from directory.importing.staging import Staged
from directory.importing.table import Problem
from directory.importing.uploads import MOST_ATTEMPTS, work_uploads
from directory.models import Firm, ImportRun, ImportUpload
from directory.screens.standing import standing
from directory.sentences import Sentence
from hub.actions import SYSTEM
from hub.models import JobState, LeadTerm
from tests.directory.at_once import at_once
from tests.directory.builders import NOW
from tests.directory.importing import MAPPING, import_rows, make_csv, make_ground, make_row
from tests.directory.uploading import LIST, State, page_of, tried, upload, url
from tests.hub.people import again, make_administrator, make_lead

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]


def make_job_state(name: str = "directory.imports", **ends: datetime) -> JobState:
    """A job that some worker has ended."""
    return JobState.objects.create(name=name, due_at=NOW, **ends)


def test_the_page_looks_again_by_itself_also_without_a_script(admin: Client) -> None:
    run = upload(admin, make_csv(make_row()))

    page = page_of(admin, run)
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "admin_import.js" in page
    ImportRun.objects.filter(pk=run.pk).update(
        state=State.TRYING, done_rows=30, all_rows=60, claimed_until=timezone.now() + CLAIM
    )
    assert admin.get(url("standing", run.pk)).json() == {
        "is_moving": True,
        "sentence": "On trial: 30 of 60 rows.",
        "percent": 50,
    }


def test_an_import_says_at_once_that_its_worker_has_gone_silent_and_when_another_goes_on(
    admin: Client,
) -> None:
    run = tried(admin, make_csv(make_row()))
    make_job_state(last_success_at=NOW)
    heard = {"done_rows": 30, "all_rows": 60, "claim": "dead", "claimed_until": NOW + CLAIM}
    ImportRun.objects.filter(pk=run.pk).update(state=State.WRITING, **heard)

    def told(seconds: int) -> str:
        return str(standing(ImportRun.objects.get(pk=run.pk), NOW + timedelta(seconds=seconds))["sentence"])

    assert told(5) == "Being imported: 30 of 60 rows."
    assert "may be interrupted" in told(60)
    assert "goes on with it at 13:03" in told(60)
    assert "No worker has run since 13:00" in told(181)
    make_job_state(name="other", last_success_at=NOW + timedelta(seconds=179))
    assert "It was interrupted. A worker goes on with it within a minute" in told(181)


def test_a_file_that_waits_says_that_no_worker_runs(admin: Client) -> None:
    run = upload(admin, make_csv(make_row()))
    assert "No worker has run yet" in page_of(admin, run)

    make_job_state(last_success_at=timezone.now() - timedelta(days=1))
    assert "No worker has run since" in page_of(admin, run)

    make_job_state(name="other", last_error_at=timezone.now())
    assert "No worker" not in page_of(admin, run)


def test_an_interrupted_import_says_so_and_goes_on(admin: Client) -> None:
    run = tried(admin, make_csv(make_row(), make_row(id="2", firm="Other")))
    import_rows(make_row())
    past = timezone.now() - timedelta(minutes=1)
    ImportRun.objects.filter(pk=run.pk).update(
        state=State.WRITING, claim="dead", claimed_until=past, attempts=1
    )
    assert "It was interrupted" in page_of(admin, run)
    assert "Interrupted" in admin.get(reverse(LIST)).content.decode()

    assert work_uploads(timezone.now()) == 1

    run.refresh_from_db()
    assert (run.state, run.counts["new"], run.counts["unchanged"]) == (State.DONE, 1, 1)
    assert "count as unchanged" in page_of(admin, run)


def test_a_big_file_is_imported_in_turns_and_its_numbers_add_up(
    admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_rows(make_row(id="old", firm="Before"))
    rows = [make_row(id=str(number), firm=f"Firm {number}") for number in range(5)]
    run = tried(admin, make_csv(*rows, make_row(id="old", firm="After")))
    admin.post(url("commit", run.pk))
    monkeypatch.setattr(uploads, "TURN", 0.05)  # seconds: enough for a row or two
    turns = 0
    while work_uploads(timezone.now()):
        turns += 1
        assert ImportRun.objects.get(pk=run.pk).attempts <= 1

    run.refresh_from_db()
    assert (run.state, run.counts["new"], run.counts["changed"], run.so_far) == (State.DONE, 5, 1, {})
    assert turns > 1


def test_numbers_of_turns_are_those_of_one() -> None:
    first, last = Report(new=3, changed=1), Report(rows=9, new=2, changed=1, unchanged=6)
    first.problems.append(
        Problem(4, "", "Gent", Sentence("has %(what)s") % {"what": Sentence("town")}, "edited")
    )

    last.resume(Report(new=1).pause(json.loads(json.dumps(first.pause({})))))

    assert (last.new, last.changed, last.unchanged) == (6, 2, 1)
    assert last.problems == first.problems


def test_a_region_lost_between_two_turns_counts_no_row_twice() -> None:
    lead, rows = make_lead("east-flanders"), (make_row(), make_row(id="2", firm="Other"))
    run = ImportRun.objects.create(file_name="firms.csv", started_at=NOW, since=NOW)

    def only_the_first(staged: Sequence[Staged]) -> Iterator[Staged]:
        yield staged[0]
        raise Paused

    with pytest.raises(Paused):
        import_rows(*rows, actor=lead, run=run, progress=only_the_first)
    LeadTerm.objects.update(to_date="2026-01-02")
    told = import_rows(*rows, actor=again(lead), run=run)

    assert (told.rows, told.new, told.unchanged, dict(told.refused)) == (2, 1, 0, {"elsewhere": 1})


def test_a_worker_that_is_at_it_is_left_alone(admin: Client) -> None:
    run = tried(admin, make_csv(make_row()))
    soon = timezone.now() + timedelta(minutes=1)
    ImportRun.objects.filter(pk=run.pk).update(state=State.WRITING, claim="alive", claimed_until=soon)

    assert work_uploads(timezone.now()) == 0


def test_a_file_that_stops_the_worker_again_and_again_is_refused(admin: Client) -> None:
    run = upload(admin, make_csv(make_row()))
    past = timezone.now() - timedelta(minutes=1)
    ImportRun.objects.filter(pk=run.pk).update(state=State.TRYING, claimed_until=past, attempts=MOST_ATTEMPTS)

    work_uploads(timezone.now())

    assert "stopped 5 times" in page_of(admin, run)
    assert not ImportUpload.objects.exists()


def test_an_import_of_the_command_is_not_called_interrupted_while_it_runs(admin: Client) -> None:
    told: list[str] = []

    def looked_at(staged: Sequence[Staged]) -> Iterator[Staged]:
        yield staged[0]
        told.append(page_of(admin, ImportRun.objects.get()))
        told.append(admin.get(reverse(LIST)).content.decode())
        yield staged[1]

    import_rows(make_row(), make_row(id="2", firm="Other"), progress=looked_at)

    page, listed = told
    assert "Being imported: 0 of 2 rows." in page and "cut short" not in page
    assert "Interrupted" not in listed
    assert page_of(admin, ImportRun.objects.get()).count("Imported.") == 1


def test_an_import_of_the_command_that_was_cut_short_says_what_to_do(admin: Client) -> None:
    run = ImportRun.objects.create(file_name="f.csv", mapping_name="m", started_at=timezone.now())

    assert "Import the file again" in page_of(admin, run)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_decide_at_the_same_moment_one_does_and_one_worker_imports() -> None:
    make_ground()
    now, admin = timezone.now(), make_administrator()
    run = UploadFileAction(
        brought=Brought(make_csv(make_row()), "f.csv", MAPPING, "m"),
        actor=admin,
        now=now,
    ).run()
    work_uploads(now)

    def commit() -> str:
        try:
            CommitImportAction(run=run, actor=admin, now=now).run()
        except NotNow:
            return "refused"
        return "committed"

    assert sorted(at_once(20, commit)) == ["committed", *["refused"] * 19]
    assert sorted(at_once(5, lambda: str(work_uploads(timezone.now())))) == ["0", "0", "0", "0", "1"]
    assert Firm.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_send_the_same_file_at_the_same_moment_all_get_the_same_run() -> None:
    make_ground()
    content = make_csv(make_row())

    def send() -> str:
        action = UploadFileAction(
            brought=Brought(content, "f.csv", MAPPING, "m"),
            actor=SYSTEM,
            now=timezone.now(),
        )
        return str(action.run().pk)

    assert len(set(at_once(20, send))) == 1
    assert ImportRun.objects.count() == 1
