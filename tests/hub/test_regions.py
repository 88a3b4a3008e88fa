"""Owns the proof of the tree of regions: asked in memory, edited in the admin."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries
from wagtail.users.models import UserProfile

from hub.forms import RegionField, WordsField
from hub.models import Region
from hub.regions import RegionTree

pytestmark = pytest.mark.django_db


def make_region(slug: str, parent: Region | None = None, **values: Any) -> Region:
    name = slug.replace("-", " ").title()
    names = {"name_en": name, "name_fr": f"{name} (fr)", "name_nl": f"{name} (nl)"}
    given = {"scheme": "local", "code": slug[:10], **names, **values}
    return Region.objects.create(slug=slug, parent=parent, **given)


@pytest.fixture
def kent() -> Region:
    kingdom = make_region("united-kingdom", other_codes=["UK"], code="GB")
    england = make_region("england", kingdom)
    return make_region("kent", make_region("south-east", england), code="UKJ4")


def test_a_path_leads_from_the_country_down(kent: Region) -> None:
    path = RegionTree.load().path(kent.pk)

    assert [region.slug for region in path] == ["united-kingdom", "england", "south-east", "kent"]


def test_a_region_holds_all_below_it_and_itself(kent: Region) -> None:
    tree = RegionTree.load()
    belgium = make_region("belgium")

    assert tree.within([tree.by_slug["england"].pk]) == {
        tree.by_slug[slug].pk for slug in ("england", "south-east", "kent")
    }
    assert RegionTree.load().within([kent.pk, belgium.pk]) == {kent.pk, belgium.pk}


def test_a_region_is_known_under_each_of_its_codes(kent: Region) -> None:
    tree = RegionTree.load()

    assert tree.by_code["GB"] == tree.by_code["UK"]
    assert tree.by_code["UKJ4"] == kent


def test_a_path_needs_no_more_than_what_lies_above(
    kent: Region, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_region("belgium")

    with django_assert_num_queries(1):
        tree = RegionTree.above(kent.pk)

    assert tree.path(kent.pk) == RegionTree.load().path(kent.pk)
    assert (len(tree.by_pk), tree.by_slug["united-kingdom"].other_codes) == (4, ["UK"])
    assert RegionTree.above(0).path(0) == []


def test_an_unknown_region_has_no_path(kent: Region) -> None:
    assert RegionTree.load().path(0) == []


def test_a_tree_is_one_query_whatever_is_asked_of_it(
    kent: Region, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        tree = RegionTree.load()
        tree.path(kent.pk)
        tree.within([kent.pk])
        assert [depth for depth, _region in tree.in_order()] == [0, 1, 2, 3]


def test_regions_are_chosen_under_the_region_they_lie_in(kent: Region) -> None:
    make_region("wales", RegionTree.load().by_slug["united-kingdom"])

    labels = [label for _value, label in RegionField().choices]

    assert labels == [
        "---------",
        "United Kingdom",
        "\u2003England",
        "\u2003\u2003South East",
        "\u2003\u2003\u2003Kent",
        "\u2003Wales",
    ]


def test_a_region_reads_in_the_language_in_force(kent: Region) -> None:
    with translation.override("fr"):
        assert str(kent) == "Kent (fr)"


@pytest.mark.parametrize(
    ("typed", "words"),
    [("a\nb\n\n b ", ["a", "b"]), ("a, b;c", ["a", "b", "c"]), ("", []), (" , ", []), (None, [])],
)
def test_words_are_typed_one_per_line_or_between_commas(typed: str | None, words: list[str]) -> None:
    assert WordsField().clean(typed) == words


def test_words_that_are_only_written_otherwise_have_not_changed() -> None:
    field = WordsField(lines=False)

    assert field.prepare_value(["a", "b"]) == "a, b"
    assert not field.has_changed(["a", "b"], "a\nb")
    assert field.has_changed(["a", "b"], "a")


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("admin"))
    return client


def url(name: str, *args: Any) -> str:
    return reverse(f"wagtailsnippets_hub_region:{name}", args=args)


def filled(**values: Any) -> dict[str, Any]:
    names = {"name_en": "Zeeland", "name_fr": "Zélande", "name_nl": "Zeeland"}
    return {**names, "slug": "zeeland", "scheme": "nuts2016", "code": "NL34", **values}


def test_a_region_is_added_and_changed_but_keeps_its_address(admin: Client) -> None:
    parent = make_region("netherlands")

    admin.post(url("add"), filled(parent=parent.pk, other_codes="NL340, ZE", languages=["nl"]))
    zeeland = Region.objects.get(slug="zeeland")
    admin.post(url("edit", zeeland.pk), filled(name_en="Sealand", slug="sealand", is_partner="on"))

    assert (zeeland.parent, zeeland.other_codes, zeeland.languages) == (parent, ["NL340", "ZE"], ["nl"])
    zeeland.refresh_from_db()
    assert (zeeland.name_en, zeeland.slug, zeeland.is_partner) == ("Sealand", "zeeland", True)


def test_a_region_does_not_come_to_lie_inside_a_part_of_itself(admin: Client, kent: Region) -> None:
    england = RegionTree.load().by_slug["england"]

    page = admin.post(
        url("edit", england.pk),
        filled(name_en="England", scheme="local", code="england", parent=kent.pk),
    )

    assert "cannot lie inside itself" in page.content.decode()
    england.refresh_from_db()
    assert england.parent != kent


def test_a_region_that_holds_others_is_not_deleted(admin: Client, kent: Region) -> None:
    england = RegionTree.load().by_slug["england"]

    admin.post(url("delete", england.pk))

    assert Region.objects.filter(pk=england.pk).exists()


def test_the_list_of_regions_is_narrowed_and_searched(admin: Client, kent: Region) -> None:
    make_region("zeeland", is_partner=True)

    assert "Kent" not in admin.get(url("list"), {"is_partner": "true"}).content.decode()
    assert "Kent" in admin.get(url("list"), {"q": "kent"}).content.decode()


@pytest.mark.parametrize(("language", "order"), (("en", ["First", "Second"]), ("fr", ["Avant", "Plus tard"])))
def test_the_list_of_regions_is_in_the_order_of_its_readers_language(
    admin: Client, language: str, order: list[str]
) -> None:
    UserProfile.objects.create(user=get_user_model().objects.get(), preferred_language=language)
    make_region("one", name_en="First", name_fr="Plus tard")
    make_region("two", name_en="Second", name_fr="Avant")

    html = admin.get(url("list")).content.decode()

    assert sorted(order, key=html.index) == order


@pytest.mark.parametrize("name", ["list", "add"])
def test_nobody_but_an_administrator_sees_regions(client: Client, kent: Region, name: str) -> None:
    client.force_login(get_user_model().objects.create_user("someone"))

    assert "Kent" not in client.get(url(name), follow=True).content.decode()
