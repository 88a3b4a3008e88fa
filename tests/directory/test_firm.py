"""Owns the proof of what a firm is: which are listed, which address it gets, which facts cannot be."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation
from hypothesis import given
from hypothesis.strategies import text

from directory.completeness import missing
from directory.models import (
    CaseStudy,
    Confirmation,
    Exchange,
    Firm,
    FirmProfile,
    FormerSlug,
    Kind,
    Removal,
    Size,
    SpokenLanguage,
)
from directory.numbers import validate_nace_codes, validate_number
from tests.directory.builders import NOW, make_cluster, make_contact, make_firm, make_membership, make_region

pytestmark = pytest.mark.django_db


def test_each_short_name_finds_its_own_firm_and_only_a_listed_one() -> None:
    first, second = make_firm(name="Un"), make_firm(name="Deux")
    silent = make_firm(name="Silent", sectors=[])

    found = [Firm.listed_by_slug(slug) for slug in (first.slug, second.slug, silent.slug, "nobody", "a-slug")]

    assert found == [first, second, None, None, None]


@pytest.mark.parametrize(
    "told",
    [
        {"sectors": ["food-drink"]},
        {"sectors": [], "capabilities": ["brewing"]},
        {"sectors": [], "texts": {"nl": "Wij brouwen."}},
    ],
)
def test_a_live_firm_that_says_what_it_does_is_listed(told: dict[str, Any]) -> None:
    firm = make_firm(**told)

    assert list(Firm.objects.listed()) == [firm]


@pytest.mark.parametrize(
    "told",
    [
        {"live": False},
        {"region": None},
        {"sectors": []},
        {"sectors": [], "texts": {"en": {"tagline": "Only a line"}}},
    ],
)
def test_a_firm_is_not_listed_without(told: dict[str, Any]) -> None:
    make_firm(**told)

    assert not Firm.objects.listed().exists()


def test_a_firm_without_a_name_is_not_listed() -> None:
    firm = make_firm()
    Firm.objects.filter(pk=firm.pk).update(name="")

    assert not Firm.objects.listed().exists()


def test_what_is_not_listed_can_still_be_saved_and_published() -> None:
    firm = make_firm(region=None, sectors=[], published=True)

    assert firm.live
    assert not Firm.objects.listed().exists()


def test_a_firm_is_listed_once_whatever_it_has() -> None:
    make_firm(sectors=["food-drink", "materials"], capabilities=["a", "b"], texts={"en": "A", "fr": "B"})

    assert Firm.objects.listed().count() == 1


def test_firms_are_found_by_region() -> None:
    kent = make_firm(region="kent")
    make_firm(region="zeeland")

    assert list(Firm.objects.in_regions([make_region("kent").pk])) == [kent]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Brasserie Thé & Co", "brasserie-the-co"),
        ("Ørsted!", "rsted"),
        ("酒造", "firm"),
        ("", "firm"),
        ("x" * 300, "x" * 90),
    ],
)
def test_an_address_is_made_from_the_name(name: str, slug: str) -> None:
    assert Firm.objects.free_slug(name) == slug


def test_an_address_that_somebody_has_or_had_gets_a_number() -> None:
    firm = make_firm(slug="tea")
    FormerSlug.objects.create(firm=firm, slug="tea-2")

    assert Firm.objects.free_slug("Tea") == "tea-3"


@pytest.mark.parametrize(
    "number",
    [
        "BE 0428.759.497",
        "0428759497",
        "FR 40 303265045",
        "303 265 045",
        "732 829 320 00074",
        "NL4495445B01",
        "12345678",
        "GB 980 7806 84",
        "SC123456",
    ],
)
def test_numbers_of_the_four_countries_are_known(number: str) -> None:
    validate_number(number)


@pytest.mark.parametrize(
    "number", ["BE 0428.759.490", "1234", "FR 41 303265045", "DE136695976", "abc", "٣" * 8]
)
def test_other_numbers_are_refused_with_examples(number: str) -> None:
    with pytest.raises(ValidationError, match="SC123456"):
        validate_number(number)


@given(text())
def test_any_text_is_a_number_or_is_refused(typed: str) -> None:
    with suppress(ValidationError):
        validate_number(typed)
    with suppress(ValidationError):
        validate_nace_codes([typed])


def test_nace_codes_have_two_to_four_digits() -> None:
    validate_nace_codes(["62", "62.0", "62.01", "J62.01"])

    with pytest.raises(ValidationError, match="6, beer"):
        validate_nace_codes(["62.01", "6", "beer"])


@pytest.mark.parametrize(
    ("field", "value"), [("offers", ["gold"]), ("languages", "en"), ("looks_for", [["supply"]])]
)
def test_values_outside_a_closed_list_are_refused(field: str, value: Any) -> None:
    firm = make_firm()
    setattr(firm, field, value)

    with pytest.raises(ValidationError) as refused:
        firm.full_clean()

    assert field in refused.value.message_dict


def test_chosen_values_stand_in_the_order_of_their_list_each_once() -> None:
    firm = make_firm(offers=["training", "supply", "training"])

    firm.full_clean()

    assert firm.offers == ["supply", "training"]


def test_a_firm_has_one_profile_per_language() -> None:
    firm = make_firm(texts={"en": "Text."})

    with pytest.raises(IntegrityError), transaction.atomic():
        FirmProfile.objects.create(firm=firm, language="en")


def test_a_firm_is_imported_once_from_a_source() -> None:
    make_firm(source="list", import_key="1")
    make_firm(source="list", import_key=None)
    make_firm(source="list", import_key=None)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_firm(source="list", import_key="1")


def test_the_database_itself_keeps_memberships_in_order() -> None:
    firm, cluster = make_firm(), make_cluster()
    make_membership(firm, cluster)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_membership(firm, cluster, from_date=date(2021, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        make_membership(make_firm(), cluster, from_date=date(2021, 1, 2), to_date=date(2021, 1, 1))


def test_the_last_confirmation_counts() -> None:
    firm = make_firm(confirmed_at=NOW - timedelta(days=400))
    Confirmation.objects.create(firm=firm, at=NOW)
    Confirmation.objects.create(firm=firm, at=NOW - timedelta(days=3))
    never = make_firm()

    confirmed = {each.pk: each.confirmed_at for each in Firm.objects.with_confirmed_at()}  # type: ignore[attr-defined]
    assert confirmed == {firm.pk: NOW, never.pk: None}


def test_a_firm_as_it_is_stored_can_be_asked_what_it_lacks() -> None:
    firm = make_firm(town="Dover", texts={"en": {"tagline": "Beer", "description": "We brew."}})
    tags = [*firm.firm_sectors.all(), *firm.firm_capabilities.all()]

    lacks = {part.name for part in missing(firm, list(firm.profiles.all()), tags)}

    assert lacks == {"exchange", "reach", "website", "languages", "size"}


@pytest.mark.parametrize("language", ["en", "fr", "nl"])
def test_every_row_of_the_register_reads_in_each_language(language: str) -> None:
    firm = make_firm("Named", published=True, texts={"en": "Text."})
    rows = [
        firm,
        firm.profiles.get(),
        FormerSlug(firm=firm, slug="old"),
        CaseStudy(firm=firm, title="A study"),
        make_membership(firm),
        make_contact(firm),
        Confirmation(firm=firm, at=NOW),
        Removal(fingerprint="f" * 64, at=NOW),
    ]

    with translation.override(language):
        for row in rows:
            assert str(row).strip()
        for choices in (Kind, Size, SpokenLanguage, Exchange):
            assert all(str(choice.label) for choice in choices)


def test_the_address_of_a_firm_has_the_language_in_force() -> None:
    firm = make_firm(slug="tea")

    with translation.override("nl"):
        assert firm.get_absolute_url() == "/nl/firms/tea/"


def test_about_twelve_kinds_of_exchange() -> None:
    assert len(Exchange) == 12
