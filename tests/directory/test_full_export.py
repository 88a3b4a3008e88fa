"""Owns that the export with everything in it holds the firms of one's own regions, and is written down."""

import csv
import io
from typing import Any

import openpyxl
import pytest
from django.test import Client
from wagtail.models import ModelLogEntry

from tests.directory.admin import url
from tests.directory.builders import make_contact, make_firm
from tests.hub.people import make_coordinator, make_editor, make_ended_lead, make_lead

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def taken_out(user: Any, kind: str = "csv") -> bytes:
    client = Client()
    client.force_login(user)
    answer = client.post(url("export"), {"kind": kind})
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def names(content: bytes) -> list[str]:
    return [row["Name"] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))]


def test_a_lead_takes_out_own_firms_drafts_included() -> None:
    make_firm("Live firm", region="kent")
    make_firm("Draft firm", region="kent", live=False)
    make_firm("Foreign firm", region="east-flanders")

    assert names(taken_out(make_lead("kent"))) == ["Draft firm", "Live firm"]


def test_a_coordinator_takes_out_everything() -> None:
    make_firm("Own", region="kent")
    make_firm("Of no region", region=None)

    assert names(taken_out(make_coordinator())) == ["Of no region", "Own"]


def test_private_contacts_are_in_it() -> None:
    make_contact(make_firm("Own", region="kent"), name="Ada Private", email="ada@private.example")

    assert b"ada@private.example" in taken_out(make_lead("kent"))


@pytest.mark.parametrize("make", [make_editor, make_ended_lead])
def test_nobody_else_takes_anything_out(make: Any) -> None:
    make_contact(make_firm("Own", region="kent"))
    user = make("kent")

    assert b"ada@private.example" not in taken_out(user)
    assert not ModelLogEntry.objects.filter(action="directory.firm.export").exists()


def test_it_is_written_down_who_took_out_how_many() -> None:
    make_firm("Own", region="kent")
    lead = make_lead("kent")

    taken_out(lead, "xlsx")

    entry = ModelLogEntry.objects.get(action="directory.firm.export")
    assert (entry.user, entry.data) == (lead, {"firms": 1})


def test_no_cell_of_the_workbook_is_a_formula() -> None:
    make_firm("=1+1", region="kent")

    book = openpyxl.load_workbook(io.BytesIO(taken_out(make_lead("kent"), "xlsx")))
    cells = [cell for row in book.active.iter_rows(min_row=2) for cell in row]

    assert "=1+1" in [cell.value for cell in cells]
    assert "f" not in {cell.data_type for cell in cells}


def test_the_list_leads_there_only_those_who_may() -> None:
    for user, is_offered in ((make_lead("kent"), True), (make_editor("kent"), False)):
        client = Client()
        client.force_login(user)
        assert (url("export") in client.get(url("list")).content.decode()) is is_offered
