"""Owns the proof that an export holds what everyone may see, no formula, in a constant number of queries."""

import csv
import io
from typing import Any

import openpyxl
import pytest
from django.utils import translation

from directory.exporters import export_csv, export_xlsx, for_export
from directory.importing.reading import read
from directory.models import Firm
from tests.counting import asked_by

from .builders import make_capability, make_contact, make_firm, make_membership, make_sector

pytestmark = pytest.mark.django_db


def as_csv(language: str = "en") -> str:
    return b"".join(export_csv(for_export(Firm.objects.order_by("pk")), language)).decode()


def as_rows(language: str = "en") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(language).removeprefix("\ufeff"))))


def as_cells() -> list[tuple[Any, ...]]:
    file = io.BytesIO()
    export_xlsx(for_export(Firm.objects.order_by("pk")), "en", file)
    sheet = openpyxl.load_workbook(io.BytesIO(file.getvalue())).active
    assert sheet is not None
    return list(sheet.iter_rows())


def test_an_export_shows_a_firm_in_the_readers_language() -> None:
    firm = make_firm(
        "De Kring",
        region="zeeland",
        sectors=[make_sector("food-drink", name="Food & drink", name_fr="Agroalimentaire")],
        capabilities=[make_capability("brewing", name_fr="Brassage")],
        offers=["test-site"],
        texts={"en": "Beer", "fr": "Bières"},
        founded=1999,
    )
    make_membership(firm, "food-drink")
    row = as_rows("fr")[0]
    values = list(row.values())
    assert values[:2] == ["De Kring", ""]
    assert {"Agroalimentaire", "Brassage", "Bières", "1999", "Zeeland"} <= set(values)
    assert "Beer" not in values
    assert as_rows("en")[0]["Description"] == "Beer"


def test_a_text_in_another_language_is_better_than_none() -> None:
    make_firm(texts={"fr": "Bières"})
    row = as_rows("nl")[0]
    assert "Bières" in row.values()


def test_nothing_private_is_exported() -> None:
    firm = make_firm()
    make_contact(firm)
    make_contact(firm, name="Grace Public", email="grace@public.example", is_name_public=True)
    text = as_csv()
    assert "Grace Public" in text
    for private in ("Ada", "ada@", "grace@", "01634"):
        assert private not in text


def test_only_listed_firms_are_exported() -> None:
    make_firm("Listed")
    make_firm("Draft", live=False)
    make_firm("Nowhere", region=None)
    make_firm("Says nothing", sectors=())
    assert [row["Name"] for row in as_rows()] == ["Listed"]


@pytest.mark.parametrize("name", ["=1+1", "+32 9", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(name: str) -> None:
    make_firm(name)
    assert as_rows()[0]["Name"] == f"'{name}"
    assert [(row[0].data_type, row[0].value) for row in as_cells()[1:]] == [("s", name.replace("\r", "\n"))]


def test_a_workbook_takes_every_character() -> None:
    make_firm("Bell\x07 and smile 😀", texts={"en": "x" * 10_000})
    assert as_cells()[1][0].value == "Bell  and smile 😀"


def test_excel_knows_the_encoding_and_our_own_import_reads_it() -> None:
    make_firm("Brasserie “Été”")
    content = b"".join(export_csv(for_export(Firm.objects.order_by("pk")), "en"))
    assert content.startswith(b"\xef\xbb\xbf")
    table = read(content)
    assert (table.columns[0], table.rows[0].cells[0], table.problems) == ("Name", "Brasserie “Été”", ())


def test_the_readers_own_language_is_untouched_between_the_rows() -> None:
    make_firm()
    with translation.override("nl"):
        for _piece in export_csv(for_export(Firm.objects.order_by("pk")), "fr"):
            assert translation.get_language() == "nl"


def test_ten_and_a_hundred_firms_cost_the_same_number_of_queries() -> None:
    for number in range(10):
        make_firm(
            f"Firm {number}", capabilities=["brewing"], serves=["zeeland"], clusters=["a"], texts={"en": "A"}
        )
    few = asked_by(as_csv)
    for number in range(10, 100):
        make_firm(
            f"Firm {number}", capabilities=["brewing"], serves=["zeeland"], clusters=["a"], texts={"en": "A"}
        )
    assert asked_by(as_csv) == few <= 12
