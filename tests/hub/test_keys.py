"""Owns the proof that what an address tells as a key breaks no screen of the admin, whatever it is."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis.strategies import integers, one_of, text

from hub.keys import key_of
from hub.models import Region
from tests.directory.builders import make_cluster, make_firm, make_membership
from tests.hub.people import make_administrator

pytestmark = pytest.mark.django_db

NO_KEYS = ("9" * 30, "9" * 5000, "²", "%00", "-1", "all of them")
NUMBERS = NO_KEYS[:1]  # what a route of numbers lets through


@given(one_of(text(), integers().map(str)))
def test_a_key_can_be_asked_for_whatever_was_told(told: str) -> None:
    key = key_of(Region, told)

    assert not Region.objects.filter(pk__in={key} - {None}).exists()


@pytest.mark.parametrize("told", ["7", 7])
def test_a_number_is_a_key(told: object) -> None:
    assert key_of(Region, told) == 7


@pytest.mark.parametrize("key", NO_KEYS)
@pytest.mark.parametrize(
    ("screen", "answers"),
    [
        ("bulk/wagtailcore/page/delete/?next=/&id=", {302, 404}),
        ("bulk/wagtailimages/image/delete/?next=/&id=", {302, 404}),
        ("bulk/directory/firm/delete/?next=/&id=", {302, 404}),
        ("people/appoint/?region=", {200}),
        ("directory/membership/?cluster=", {200}),
    ],
)
def test_a_key_that_is_none_breaks_no_screen(
    client: Client, screen: str, answers: set[int], key: str
) -> None:
    client.force_login(make_administrator())

    assert client.get(f"/admin/{screen}{key}").status_code in answers


@pytest.mark.parametrize("key", NUMBERS)
@pytest.mark.parametrize("screen", ["pages/{}/", "pages/{}/edit/", "pages/{}/history/", "choose-page/{}/"])
def test_a_page_that_cannot_be_is_not_found(client: Client, screen: str, key: str) -> None:
    client.force_login(make_administrator())

    assert client.get(f"/admin/{screen.format(key)}").status_code == 404


def test_members_are_still_filtered_by_their_cluster(client: Client) -> None:
    client.force_login(make_administrator())
    inside, outside = make_firm(name="Inside"), make_firm(name="Outside")
    chosen, other = make_cluster("food-drink"), make_cluster("mechatronics")
    make_membership(inside, chosen)
    make_membership(outside, other)

    listed = client.get("/admin/directory/membership/", {"cluster": chosen.pk}).content.decode()

    assert ">Inside<" in listed and ">Outside<" not in listed
