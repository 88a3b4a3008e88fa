"""Owns the proof of the register's numbers on the dashboard."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from directory.models.firm import FIRMS
from directory.panels import completeness_of, register_numbers
from search.pending import mark
from tests.directory.builders import NOW, make_cluster, make_firm, make_membership, make_region

pytestmark = pytest.mark.django_db


def test_the_numbers_say_what_the_register_holds() -> None:
    make_firm(texts={"en": "Told."}, confirmed_at=NOW - timedelta(days=10))
    make_firm(confirmed_at=NOW - timedelta(days=400))
    make_firm(live=False)
    make_firm(has_unpublished_changes=True)
    make_firm(region=None)

    numbers = register_numbers(NOW)

    told = ("listed", "drafts", "changed", "without_text", "confirmed")
    assert [numbers[name] for name in told] == [3, 1, 1, 3, 1]


def test_what_waits_for_the_search_is_counted() -> None:
    before = register_numbers(NOW)["waiting"]

    mark(FIRMS, [1, 2])

    assert register_numbers(NOW)["waiting"] == before + 2


def test_a_firm_counts_for_the_partner_region_it_lies_in_or_below() -> None:
    flanders = make_region("flanders", is_partner=True)
    make_region("zeeland", is_partner=True)
    make_region("kent")
    make_firm(region=make_region("east-flanders", parent=flanders))
    make_firm(region=flanders)
    make_firm(region="kent")

    assert register_numbers(NOW)["regions"] == [(flanders, 2), (make_region("zeeland"), 0)]


def test_members_are_those_of_the_day() -> None:
    food = make_cluster("food-drink")
    make_cluster("materials")
    make_membership(make_firm(), food)
    make_membership(make_firm(), food, to_date=date(2020, 7, 1))
    make_membership(make_firm(), food, from_date=date(2030, 1, 1))
    make_membership(make_firm(live=False), food)

    assert register_numbers(NOW)["clusters"] == [(food, 1), (make_cluster("materials"), 0)]


def test_the_numbers_ask_as_many_queries_for_many_firms_as_for_few(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    def count() -> int:
        with django_assert_num_queries(10):
            register_numbers(NOW)
        return 10

    make_membership(make_firm(), "food-drink")
    few = count()
    for number in range(8):
        make_membership(make_firm(region=f"region-{number}"), f"cluster-{number}")

    assert count() == few


@pytest.mark.parametrize(("is_superuser", "sees"), [(True, True), (False, False)])
def test_the_dashboard_shows_the_numbers_to_administrators(
    client: Client, is_superuser: bool, sees: bool
) -> None:
    from django.contrib.auth.models import Permission

    user: Any = get_user_model().objects.create_user("somebody", is_superuser=is_superuser)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    make_firm(region=make_region("kent", is_partner=True), clusters=["food-drink"])

    page = client.get("/admin/").content.decode()

    assert ("hub-numbers" in page) is sees
    assert ("Firms per partner region" in page) is sees


def test_completeness_asks_nothing_of_a_firm_whose_children_are_at_hand(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    from directory.models import Firm

    make_firm(texts={"en": "Text."}, capabilities=["brewing"])
    [firm] = Firm.objects.prefetch_related("profiles", "firm_sectors", "firm_capabilities")

    with django_assert_num_queries(0):
        assert completeness_of(firm)["percent"] == 72
