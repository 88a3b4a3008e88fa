"""Owns the proof that a file is imported on the admin's screen: tried, decided about, written once."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.actions.importing import CommitImportAction, DiscardImportAction, UploadFileAction
from directory.importing.brought import Brought
from directory.importing.uploads import forget_uploads, work_uploads
from directory.models import Firm, ImportProblem, ImportRun, ImportUpload
from hub.actions import NotAllowed
from tests.counting import queries_of
from tests.directory.importing import MAPPING, import_rows, make_csv, make_row, make_xlsx
from tests.directory.uploading import LIST, State, files, page_of, tried, upload, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]


# Who


def test_only_who_may_import_does() -> None:
    member = get_user_model().objects.create_user("member")
    run = ImportRun.objects.create(
        file_name="f", mapping_name="m", started_at=timezone.now(), state=State.TRIED
    )

    for action in (
        UploadFileAction(
            brought=Brought(make_csv(make_row()), "f", MAPPING, "m"),
            actor=member,
            now=timezone.now(),
        ),
        CommitImportAction(run=run, actor=member, now=timezone.now()),
        DiscardImportAction(run=run, actor=member, now=timezone.now()),
    ):
        with pytest.raises(NotAllowed):
            action.run()


def test_somebody_who_may_enter_the_admin_neither_sees_nor_sends_a_file(
    admin: Client, client: Client
) -> None:
    run = tried(admin, make_csv(make_row(tags="unheard-of")))
    editor = get_user_model().objects.create_user("editor")
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(editor)

    for name in ("run", "standing", "problems"):
        assert "unheard-of" not in client.get(url(name, run.pk), follow=True).content.decode()
    client.post(url("commit", run.pk))
    client.post(url("upload"), files(make_csv(make_row(id="2"))))

    assert ImportRun.objects.get().state == State.TRIED
    assert not Firm.objects.exists()


# The way of a file


def test_a_file_is_tried_decided_about_and_imported(admin: Client) -> None:
    run = upload(admin, make_csv(make_row(), make_row(id="2", firm="")))
    assert (run.state, run.file_name, run.mapping_name) == (State.WAITING, "firms.csv", "chamber.toml")

    assert work_uploads(timezone.now()) == 1
    run.refresh_from_db()
    assert (run.state, run.counts["new"], run.counts["refused"]) == (State.TRIED, 1, 1)
    assert not Firm.objects.exists()
    assert "What would happen" in page_of(admin, run)

    admin.post(url("commit", run.pk))
    assert work_uploads(timezone.now()) == 1
    run.refresh_from_db()
    assert (run.state, run.counts["new"]) == (State.DONE, 1)
    assert Firm.objects.listed().get().imported_row.run == run
    assert run.by is not None
    assert "What happened" in page_of(admin, run)


def test_nothing_of_the_file_stays_when_it_is_imported(admin: Client) -> None:
    run = tried(admin, make_csv(make_row()))

    admin.post(url("commit", run.pk))
    assert ImportUpload.objects.exists()
    work_uploads(timezone.now())

    assert not ImportUpload.objects.exists()


def test_a_workbook_is_taken_too(admin: Client) -> None:
    row = make_row()

    run = tried(admin, make_xlsx([list(row), list(row.values())]))

    assert (run.state, run.counts["new"]) == (State.TRIED, 1)


def test_a_shipped_mapping_can_be_chosen(admin: Client) -> None:
    page = admin.get(url("upload")).content.decode()

    assert "organisations.toml" in page
    assert 'enctype="multipart/form-data"' in page


def test_a_discarded_file_is_erased_and_never_imported(admin: Client) -> None:
    run = tried(admin, make_csv(make_row()))

    admin.post(url("discard", run.pk))
    page = admin.post(url("commit", run.pk), follow=True).content.decode()

    assert work_uploads(timezone.now()) == 0
    assert not ImportUpload.objects.exists()
    assert "does not wait for a decision any more: Discarded" in page


def test_the_same_file_sent_twice_is_one_run_and_committed_twice_is_one_import(admin: Client) -> None:
    content = make_csv(make_row())
    for _time in range(2):
        run = upload(admin, content)
    work_uploads(timezone.now())
    for _time in range(2):
        admin.post(url("commit", run.pk))

    assert work_uploads(timezone.now()) == 1
    assert ImportRun.objects.get().counts["new"] == 1


# Problems


def test_problems_are_shown_by_line_page_by_page_and_by_reason(admin: Client) -> None:
    rows = [make_row(id=str(number), firm=f"Firm {number}", tags="odd") for number in range(60)]
    run = tried(admin, make_csv(*rows, make_row(id="x", firm="")))

    first, second = page_of(admin, run), page_of(admin, run, p=2)
    named = page_of(admin, run, code="no-name")

    assert ">51</td>" in first
    assert ">52</td>" not in first
    assert ">52</td>" in second
    assert ">62</td>" in named
    assert ">51</td>" not in named
    assert "Page 1 of 2" in first


def test_problems_are_downloaded_without_formulas(admin: Client) -> None:
    run = tried(admin, make_csv(make_row(website="=cmd|' /C calc'!A0", tags="@SUM(A1)")))

    answer = admin.get(url("problems", run.pk))
    content = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(content)))

    assert rows[0] == ["Line", "Column", "Value", "Reason"]
    assert len(rows) == 3
    assert all(not cell.startswith(("=", "@", "+", "-")) for row in rows for cell in row)
    assert any(cell.startswith("'=cmd") for row in rows for cell in row)


def test_what_a_file_holds_is_shown_as_text(admin: Client) -> None:
    run = tried(admin, make_csv(make_row(website="<script>alert(1)</script>", tags="<b>x</b>")))

    page = page_of(admin, run, code="<script>alert(2)</script>")

    assert "<script>alert(" not in page
    assert "<b>x" not in page_of(admin, run)


# Afterwards


def test_a_file_that_nobody_decides_about_is_erased_after_seven_days(admin: Client) -> None:
    run = tried(admin, make_csv(make_row(tags="odd")))

    assert forget_uploads(timezone.now() + timedelta(days=6)) == 0
    assert forget_uploads(timezone.now() + timedelta(days=8)) == 1

    run.refresh_from_db()
    assert (run.state, ImportUpload.objects.exists(), run.problems.count()) == (State.DROPPED, False, 1)
    forget_uploads(timezone.now() + timedelta(days=91))
    assert not ImportProblem.objects.exists()


def test_the_history_says_who_when_and_what_in_a_number_of_queries_that_does_not_grow(admin: Client) -> None:
    tried(admin, make_csv(make_row()))
    page = admin.get(reverse(LIST)).content.decode()
    assert "1 new, 0 changed, 0 left out" in page
    assert "Import a file" in page
    few = queries_of(admin, reverse(LIST))
    for number in range(20):
        upload(admin, make_csv(make_row(id=f"{number}")))

    assert queries_of(admin, reverse(LIST)) == few


def test_the_command_leaves_its_problems_too(admin: Client) -> None:
    import_rows(make_row(firm=""))

    run = ImportRun.objects.get()

    assert run.state == State.DONE
    assert "no-name" in page_of(admin, run)
