"""Owns the proof of the life of a cluster: dated changes of its state, in order, by administrators."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.log_actions import registry

from hub.actions import SYSTEM, Actor, NotAllowed
from hub.actions.cluster import ChangeClusterStateAction, ChangeOutOfOrder, StateUnchanged
from hub.models import Cluster, ClusterState, ClusterStateChange

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def make_cluster(**values: Any) -> Cluster:
    given = {"slug": "food", "name_en": "Food", "name_fr": "Aliments", "name_nl": "Voeding"}
    return Cluster.objects.create(**given | values)


def change(
    cluster: Cluster, state: ClusterState, day: date, *, actor: Actor = SYSTEM, **notes: str
) -> ClusterStateChange:
    return ChangeClusterStateAction(
        cluster=cluster, state=state, date=day, notes=notes, actor=actor, now=NOW
    ).run()


def test_a_change_is_remembered_with_its_day_and_reason() -> None:
    cluster = make_cluster()

    change(cluster, ClusterState.CONSULTING, date(2017, 1, 16), en="Round tables", nl="Rondetafels")
    change(cluster, ClusterState.ACTIVE, date(2017, 6, 22))

    cluster.refresh_from_db()
    assert cluster.state == ClusterState.ACTIVE
    told = cluster.changes.order_by("date").values_list("state", "date", "note_en", "note_fr", "note_nl")
    assert list(told) == [
        ("consulting", date(2017, 1, 16), "Round tables", "", "Rondetafels"),
        ("active", date(2017, 6, 22), "", "", ""),
    ]
    assert "hub.cluster.change_state" in {entry.action for entry in registry.get_logs_for_instance(cluster)}


def test_a_cluster_does_not_take_the_state_it_has() -> None:
    with pytest.raises(StateUnchanged, match="Proposed"):
        change(make_cluster(), ClusterState.PROPOSED, date(2020, 1, 1))


@pytest.mark.parametrize("day", [date(2016, 12, 31), date(2026, 11, 25)])
def test_a_change_is_neither_in_the_future_nor_before_the_last_one(day: date) -> None:
    cluster = make_cluster()
    change(cluster, ClusterState.CONSULTING, date(2017, 1, 1))

    with pytest.raises(ChangeOutOfOrder):
        change(cluster, ClusterState.ACTIVE, day)

    cluster.refresh_from_db()
    assert (cluster.state, cluster.changes.count()) == (ClusterState.CONSULTING, 1)


def test_two_changes_may_happen_on_one_day() -> None:
    cluster = make_cluster()

    change(cluster, ClusterState.CONSULTING, date(2017, 1, 1))
    change(cluster, ClusterState.ACTIVE, date(2017, 1, 1))

    assert cluster.changes.count() == 2


def test_nobody_but_an_administrator_changes_a_state() -> None:
    someone = get_user_model().objects.create_user("someone", is_staff=True)

    with pytest.raises(NotAllowed):
        change(make_cluster(), ClusterState.ACTIVE, date(2020, 1, 1), actor=someone)

    assert not ClusterStateChange.objects.exists()


def test_a_cluster_reads_with_its_brand_in_the_language_in_force() -> None:
    branded, plain = make_cluster(brand="Taste"), make_cluster(slug="other")

    with translation.override("nl"):
        assert [str(branded), str(plain)] == ["Taste (Voeding)", "Voeding"]


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("admin"))
    return client


def url(name: str, *args: Any) -> str:
    return reverse(f"wagtailsnippets_hub_cluster:{name}", args=args)


def test_the_state_changes_on_its_own_screen_which_tells_the_story(admin: Client) -> None:
    cluster = make_cluster()

    admin.post(url("state", cluster.pk), {"state": "active", "date": "2020-01-01", "note_fr": "Enfin"})
    refused = admin.post(url("state", cluster.pk), {"state": "closed", "date": "2019-01-01"})
    screen = admin.get(url("state", cluster.pk)).content.decode()
    form = admin.get(url("edit", cluster.pk)).content.decode()
    history = admin.get(url("history", cluster.pk)).content.decode()

    cluster.refresh_from_db()
    assert cluster.state == ClusterState.ACTIVE
    assert "cannot come before it" in refused.content.decode()
    assert "Enfin" in screen
    assert 'value="active"' not in screen
    assert "<strong>Active</strong> since" in form
    assert "State changed from Proposed to Active" in history


def test_the_form_of_a_cluster_changes_its_texts_and_neither_state_nor_address(admin: Client) -> None:
    cluster = make_cluster()
    names = {"name_en": "Drink", "name_fr": "Boissons", "name_nl": "Drank"}

    admin.post(url("edit", cluster.pk), {**names, "slug": "drink", "state": "closed", "brand": "Taste"})

    cluster.refresh_from_db()
    assert (cluster.name_en, cluster.brand) == ("Drink", "Taste")
    assert (cluster.slug, cluster.state) == ("food", ClusterState.PROPOSED)


def test_the_list_of_clusters_is_narrowed_by_state(admin: Client) -> None:
    make_cluster(brand="Going on", state="active")
    make_cluster(slug="over", brand="Over now", state="closed")

    page = admin.get(url("list"), {"state": "active"}).content.decode()

    assert "Going on" in page
    assert "Over now" not in page
