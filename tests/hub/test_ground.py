"""Owns the proof that the shipped ground loads once, wholly, and respects what editors changed."""

import tomllib
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from hub.actions import SYSTEM
from hub.actions.ground import HUB, LoadClustersAction, LoadRegionsAction, shipped
from hub.languages import LANGUAGES
from hub.models import Cluster, ClusterState, Region
from hub.regions import RegionTree
from tests.directory.builders import NOW

pytestmark = pytest.mark.django_db


def load_regions() -> int:
    return LoadRegionsAction(actor=SYSTEM, now=NOW).run()


def test_the_four_countries_and_all_nuts_regions_down_to_level_two_are_shipped() -> None:
    added = load_regions()

    assert added == Region.objects.count() > 110
    assert set(Region.objects.filter(parent=None).values_list("code", flat=True)) == {"GB", "FR", "BE", "NL"}


def test_kent_lies_in_the_south_east_of_england_in_the_united_kingdom() -> None:
    load_regions()
    tree = RegionTree.load()

    path = [region.slug for region in tree.path(tree.by_slug["kent"].pk)]

    assert path == ["united-kingdom", "england", "south-east-england", "kent"]


def test_flanders_lies_in_belgium_and_holds_both_flemish_provinces_of_the_programme() -> None:
    load_regions()
    tree = RegionTree.load()

    within = tree.within([tree.by_slug["flanders"].pk])

    assert {tree.by_slug["east-flanders"].pk, tree.by_slug["west-flanders"].pk} <= within
    assert tree.by_slug["belgium"].pk not in within


def test_data_that_say_gb_mean_the_united_kingdom() -> None:
    load_regions()
    tree = RegionTree.load()

    assert tree.by_code["GB"] == tree.by_code["UK"] == tree.by_slug["united-kingdom"]


def test_five_partner_regions_run_the_programme() -> None:
    load_regions()

    assert set(Region.objects.partners().values_list("slug", flat=True)) == {
        "kent",
        "hauts-de-france",
        "east-flanders",
        "west-flanders",
        "zeeland",
    }


def test_loading_again_adds_nothing_and_keeps_what_an_editor_changed() -> None:
    load_regions()
    Region.objects.filter(slug="kent").update(name_fr="Le Kent")

    assert load_regions() == 0
    assert Region.objects.get(slug="kent").name_fr == "Le Kent"


def test_a_region_cannot_lie_inside_a_part_of_itself() -> None:
    load_regions()
    belgium = Region.objects.get(slug="belgium")
    belgium.parent = Region.objects.get(slug="east-flanders")

    with pytest.raises(ValidationError) as refused:
        belgium.clean()

    assert "parent" in refused.value.message_dict


def test_two_clusters_go_on_and_two_are_closed_as_the_programme_planned() -> None:
    LoadClustersAction(actor=SYSTEM, now=NOW).run()

    states = dict(Cluster.objects.values_list("slug", "state"))
    assert states == {
        "digital-creative": ClusterState.ACTIVE,
        "food-drink": ClusterState.ACTIVE,
        "mechatronics": ClusterState.CLOSED,
        "new-materials": ClusterState.CLOSED,
    }
    assert Cluster.objects.get(slug="digital-creative").brand == "Imagineers International"


def test_a_cluster_has_the_state_of_its_last_change_and_its_changes_are_in_order() -> None:
    for row in shipped(HUB / "clusters.toml", "cluster"):
        dates = [change["date"] for change in row["change"]]
        assert dates == sorted(dates)
        assert row["change"][-1]["state"] == row["state"]
        assert all(isinstance(day, date) for day in dates)


@pytest.mark.parametrize("file, kind", [("regions.toml", "region"), ("clusters.toml", "cluster")])
def test_everything_shipped_has_a_name_in_three_languages(file: str, kind: str) -> None:
    for row in tomllib.loads((HUB / file).read_text(encoding="utf-8"))[kind]:
        for language in LANGUAGES:
            assert row.get(language) or row.get(f"name_{language}"), (row["slug"], language)
