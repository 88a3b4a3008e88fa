"""Owns the proof of what the register tells the search about a firm, and what it keeps to itself."""

import json
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from directory.models import Membership
from directory.search import FirmSearch
from search.documents import Document
from tests.directory.builders import NOW, make_contact, make_firm, make_membership, make_region

pytestmark = pytest.mark.django_db


def document_of(firm: Any) -> Document:
    [document] = FirmSearch().documents([firm.pk])
    return document


def words_in(document: Document, field: str) -> set[str]:
    return {text.words for text in document.texts if text.field == field}


def test_a_firm_is_found_under_every_name_of_its_town_and_of_the_regions_it_lies_in() -> None:
    make_region("flanders", parent="belgium")
    make_region("west-flanders", parent="flanders", name_fr="Flandre-Occidentale", name_nl="West-Vlaanderen")

    places = words_in(document_of(make_firm(region="west-flanders", town="Kortrijk")), "place")

    assert {
        "Kortrijk",
        "Courtrai",
        "Belgium",
        "West Flanders",
        "Flandre-Occidentale",
        "West-Vlaanderen",
    } <= places


def test_a_firm_carries_its_region_and_all_above_it() -> None:
    make_region("flanders", parent="belgium")
    make_region("west-flanders", parent="flanders")

    document = document_of(make_firm(region="west-flanders"))

    assert document.values["region"] == {"belgium", "flanders", "west-flanders"}


def test_a_firm_that_serves_a_region_serves_what_that_region_lies_in() -> None:
    make_region("kent", parent="england")

    document = document_of(make_firm(region="zeeland", serves=["kent"]))

    assert document.values["serves"] == {"kent", "england"}


def test_a_membership_that_has_ended_is_no_value_any_more() -> None:
    firm = make_firm()
    make_membership(firm, "food-drink")
    make_membership(firm, "mechatronics", to_date=timezone.localdate() - timedelta(days=1))

    assert document_of(firm).values["cluster"] == {"food-drink"}


def test_a_membership_that_has_not_begun_is_no_value_yet() -> None:
    firm = make_firm()
    make_membership(firm, "food-drink", from_date=timezone.localdate() + timedelta(days=2))

    assert document_of(firm).values["cluster"] == frozenset()
    assert Membership.objects.count() == 1


def test_texts_keep_their_language() -> None:
    document = document_of(make_firm(texts={"fr": {"tagline": "Bières", "description": "Une brasserie"}}))

    said = {(text.field, text.words, text.language) for text in document.texts if text.language}
    assert said == {("tagline", "Bières", "fr"), ("text", "Une brasserie", "fr")}


def test_nothing_private_is_in_a_document() -> None:
    firm = make_firm()
    make_contact(firm, name="Ada Canary", email="canary@private.example", phone="0111 canary")

    told = json.dumps(asdict(document_of(firm)), default=list)

    assert "canary" not in told.lower()


def test_a_card_can_be_written_as_json() -> None:
    card = document_of(make_firm(confirmed_at=NOW, texts={"en": "Bread"})).card

    assert json.loads(json.dumps(card))["confirmed"] == "2026-11-24"


def test_a_draft_is_no_document() -> None:
    assert list(FirmSearch().documents([make_firm(live=False).pk])) == []


def test_a_firm_without_sector_capability_or_description_is_no_document() -> None:
    assert list(FirmSearch().documents([make_firm(sectors=()).pk])) == []


def test_a_firm_without_a_text_has_a_lower_quality() -> None:
    silent, speaking = make_firm(), make_firm(texts={"nl": "Wij bakken brood."})

    assert document_of(silent).quality < document_of(speaking).quality


def test_a_hundred_firms_take_as_many_queries_as_ten(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    def queries_for(number: int) -> int:
        firms = [
            make_firm(texts={"en": "Bread"}, clusters=["food-drink"], confirmed_at=NOW, serves=["zeeland"])
            for _ in range(number)
        ]
        with django_assert_max_num_queries(20) as counted:
            assert len(list(FirmSearch().documents([firm.pk for firm in firms]))) == number
        return len(counted)

    assert queries_for(2) == queries_for(30)


def test_every_facet_lists_its_values_with_labels_in_three_languages() -> None:
    make_firm(capabilities=["brewing"], clusters=["food-drink"])

    for facet in FirmSearch.facets:
        values = list(facet.values())
        assert values, facet.name
        for value in values:
            assert set(value.labels) == {"en", "fr", "nl"} and all(value.labels.values())


def test_an_end_date_today_still_counts() -> None:
    firm = make_firm()
    make_membership(firm, "food-drink", from_date=date(2019, 1, 1), to_date=timezone.localdate())

    assert document_of(firm).values["cluster"] == {"food-drink"}
