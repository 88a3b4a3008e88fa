"""Owns the proof that no file and no mapping breaks the import screen, and that each refusal says why."""

import io
import zipfile

import pytest
from django.test import Client

from directory.models import ImportRun, ImportUpload
from tests.directory.importing import MAPPING, make_csv, make_row
from tests.directory.uploading import State, files, page_of, tried, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (300 << 20))
    return file.getvalue()


def archive_of(name: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, b"x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0\x01" * 200, "neither an Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel file"),
        (b"PK\x03\x04 and nothing else", "damaged"),
        (archive_of("../../etc/passwd"), "no Excel workbook"),
        (b"x" * ((10 << 20) + 1), "more than 10 MB"),
    ],
)
def test_a_file_that_is_no_table_is_refused_at_once(admin: Client, content: bytes, why: str) -> None:
    page = admin.post(url("upload"), files(content)).content.decode()

    assert why in page
    assert not ImportRun.objects.exists()


def test_a_workbook_that_would_burst_is_refused_at_once(admin: Client) -> None:
    page = admin.post(url("upload"), files(bomb(), name="firms.xlsx")).content.decode()

    assert "too big once unpacked" in page
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(
    ("mapping", "why"),
    [
        ("key = [", "no TOML"),
        (MAPPING.replace('town = "town"', 'city = "town"'), "no such field"),
        (b"\xff\xfe\0binary", "no TOML"),
        ("x" * ((1 << 20) + 1), "too big to be a mapping"),
        ("", "Choose a mapping"),
    ],
)
def test_a_broken_mapping_is_refused_with_its_reasons(admin: Client, mapping: str | bytes, why: str) -> None:
    page = admin.post(url("upload"), files(make_csv(make_row()), mapping)).content.decode()

    assert why in page
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"a,b\n1,2\n", "The mapping needs columns"), (b"name,name\n1,2\n", "the same name")],
)
def test_what_only_reading_shows_is_said_by_the_trial(admin: Client, content: bytes, why: str) -> None:
    run = tried(admin, content)

    assert run.state == State.REFUSED
    assert why in page_of(admin, run)
    assert not ImportUpload.objects.exists()
