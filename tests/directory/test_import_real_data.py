"""Owns the proof that the shipped mapping takes over the real file of 5,829 organisations."""

import pytest
from django.core.management import call_command

from directory.importing.report import Report
from directory.models import Firm
from hub.bootstrap.probes import DATA_FILE, data_folder

from .builders import ROOT, load_regions, load_vocabularies
from .importing import import_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.real_data]

MAPPING = ROOT / "directory/mappings/organisations.toml"


def real_file() -> bytes:
    folder = data_folder()
    assert folder is not None
    return (folder / DATA_FILE).read_bytes()


def import_real(content: bytes, **options: bool) -> Report:
    return import_bytes(content, MAPPING.read_text(encoding="utf-8"), **options)


@pytest.fixture
def ground() -> None:
    """The regions and terms that the hub ships."""
    load_regions()
    load_vocabularies()


@pytest.mark.usefixtures("ground")
def test_nearly_every_row_of_the_real_file_would_be_listed() -> None:
    report = import_real(real_file(), dry_run=True)
    assert report.rows == 5_829
    assert report.refused == {"duplicate": 21}
    assert report.listed == 5_808
    assert report.warnings().keys() == {"near", "postcode", "website"}


@pytest.mark.usefixtures("ground")
def test_a_part_of_the_real_file_is_imported_and_changes_nothing_the_second_time() -> None:
    lines = real_file().decode().splitlines(keepends=True)
    part = "".join([lines[0], *lines[2_500:2_540], *lines[4_200:4_240], *lines[-40:]]).encode()

    first, second = import_real(part), import_real(part)

    assert first.new >= 100
    assert (second.new, second.changed, second.unchanged) == (0, 0, first.new)
    assert Firm.objects.listed().count() == first.listed == first.new


@pytest.mark.prove
@pytest.mark.usefixtures("ground")
def test_the_whole_real_file_is_imported_and_changes_nothing_the_second_time() -> None:
    first, second = import_real(real_file()), import_real(real_file())
    assert (first.new, first.listed) == (5_808, 5_808)
    assert (second.new, second.changed, second.unchanged) == (0, 0, 5_808)
    assert Firm.objects.listed().count() == 5_808
    assert Firm.objects.listed().filter(capabilities__slug="brewing").count() == 594


@pytest.mark.usefixtures("ground")
def test_the_command_of_the_manual_works(capsys: pytest.CaptureFixture[str]) -> None:
    folder = data_folder()
    assert folder is not None
    call_command("import_firms", str(folder / DATA_FILE), "--mapping", str(MAPPING), "--dry-run")
    assert (
        "5,829 rows: 5,808 new, 0 changed, 0 unchanged, 0 not touched, 21 left out."
        in capsys.readouterr().out
    )
