"""Owns the proof that every type of page shows what it should, in three languages."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from django.utils import timezone, translation
from django.utils.html import escape
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from cluster_pages.models import ClusterPage
from cluster_pages.presenting import clusters
from hub.actions import SYSTEM
from hub.actions.cluster import ChangeClusterStateAction
from hub.blocks.links import LinkBlock
from hub.languages import LANGUAGES
from hub.models import Cluster, ClusterState, Region
from tests.cluster_pages.builders import made_page, make_page
from tests.counting import queries_of
from tests.directory.builders import make_firm, make_membership, make_region
from tests.directory.indexing import index_firms, make_many

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("made_site")]
KEYS = ("home", "directory", "clusters", "cluster_food-drink", "about")


def shown(client: Client, key: str, language: str = "en") -> str:
    """A page as it is read."""
    answer = client.get(made_page(key, language).get_url())
    assert answer.status_code == 200
    return answer.content.decode()


def change_state(state: ClusterState, note: str = "") -> None:
    ChangeClusterStateAction(
        cluster=Cluster.objects.get(slug="food-drink"),
        state=state,
        date=date(2026, 9, 1),
        notes={"en": note, "fr": f"fr: {note}", "nl": f"nl: {note}"},
        actor=SYSTEM,
        now=timezone.now(),
    ).run()


def make_partner(slug: str, **names: str) -> Region:
    return make_region(slug, is_partner=True, **names)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", KEYS)
def test_every_page_is_read_in_every_language(client: Client, key: str, language: str) -> None:
    index_firms()

    html = shown(client, key, language)

    assert f'<html lang="{language}">' in html
    assert escape(made_page(key, language).title) in html
    assert html.count("<h1") == 1


def test_a_page_is_read_before_the_index_was_ever_built(client: Client) -> None:
    assert "No firm is in this cluster yet." in shown(client, "cluster_food-drink")


def test_a_cluster_shows_its_purpose_its_story_and_its_members_by_region(client: Client) -> None:
    make_partner("kent")
    make_partner("zeeland")
    for number in range(3):
        make_firm(f"Kentish {number}", region="kent", clusters=["food-drink"])
    make_firm("Elsewhere", region="zeeland")
    index_firms()

    html = shown(client, "cluster_food-drink")

    assert "brings together producers" in html and "Honest ingredients" in html
    assert '<time datetime="2016-11-28">28 November 2016</time>' in html
    assert 'href="/en/find-a-firm/?cluster=food-drink&amp;region=kent"' in html
    assert "3 firms" in html and "0 firms" in html
    assert "Kentish 2" in html and "Elsewhere" not in html
    assert "See all 3 firms of this cluster" in html


def test_a_membership_that_ended_is_not_counted(client: Client) -> None:
    make_membership(make_firm("Left"), "food-drink", to_date=date(2020, 1, 1))
    index_firms()

    assert "No firm is in this cluster yet." in shown(client, "cluster_food-drink")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", [ClusterState.WINDING_DOWN, ClusterState.CLOSED])
def test_a_cluster_that_ends_says_so_and_why_and_keeps_its_firms(
    client: Client, state: ClusterState, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "reverse", lambda name, args: f"/{language}/join/{args[0]}/")
    make_firm("Hopshed Lane", clusters=["food-drink"])
    index_firms()
    change_state(state, "Firms did not see themselves in it.")

    html = shown(client, "cluster_food-drink", language)

    with translation.override(language):
        assert escape(str(state.label)) in html
    assert "Firms did not see themselves in it." in html and "cluster-over" in html
    assert "Hopshed Lane" in html and "/join/" not in html


def test_an_open_cluster_can_be_joined_and_one_that_is_prepared_cannot(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "reverse", lambda name, args: f"/en/join/{args[0]}/")
    index_firms()

    assert 'href="/en/join/food-drink/"' in shown(client, "cluster_food-drink")

    Cluster.objects.filter(slug="food-drink").update(state=ClusterState.CONSULTING)

    assert "/join/" not in shown(client, "cluster_food-drink")


def test_the_page_of_all_clusters_parts_the_open_from_the_ended(client: Client) -> None:
    index_firms()

    html = shown(client, "clusters")

    assert html.index("Open to new members") < html.index("Food &amp; Drink</a>") < html.index(">Ended<")
    assert html.index(">Ended<") < html.index("Mechatronics")


def test_a_cluster_has_one_page_in_a_language() -> None:
    page = made_page("cluster_food-drink")
    second = ClusterPage(title="Again", slug="again", cluster=page.cluster, locale=page.locale)

    with pytest.raises(ValidationError, match="already"):
        second.clean()
    page.clean()


def test_the_map_leads_where_the_list_leads_and_says_the_same(client: Client) -> None:
    make_partner("kent")
    make_partner("west-flanders", name_fr="Flandre-Occidentale")
    make_partner("lapland")
    make_firm("Hopshed Lane", region="kent")
    index_firms()

    html = shown(client, "home", "fr")
    before, map_and_after = html.split('<svg class="region-map"')

    assert 'href="/fr/trouver-une-entreprise/?region=kent"' in before
    assert 'href="/fr/trouver-une-entreprise/?region=kent" aria-label="Kent: 1 entreprise"' in map_and_after
    assert "Flandre-</tspan>" in map_and_after and "Lapland" in before and "Lapland" not in map_and_after


def test_every_block_is_shown(client: Client, rf: RequestFactory) -> None:
    image = get_image_model().objects.create(title="Harbour", file=get_test_image_file())
    link = {"label": "Further", "page": made_page("about").pk, "url": ""}
    make_page(
        "Blocks",
        slug="blocks",
        body=[
            ("text", "<h2>Heading</h2><p>Running words.</p>"),
            ("quote", {"text": "Well said.", "name": "Ada", "role": "baker"}),
            ("callout", {"title": "Mind", "text": "<p>The gap.</p>"}),
        ],
    )
    page: Any = make_page("More", slug="more")
    page.body = [
        {
            "type": "media",
            "value": {
                "image": {"image": image.pk, "alt_text": "A harbour", "decorative": False},
                "caption": "At dusk",
            },
        },
        {"type": "links", "value": {"title": "Read on", "links": [link, {"label": "Gone", "page": None}]}},
    ]
    page.save_revision().publish()

    words = client.get("/en/blocks/").content.decode()
    more = client.get("/en/more/").content.decode()

    assert all(each in words for each in ("Running words.", "Well said.", "Ada", "baker", "Mind", "The gap."))
    assert 'alt="A harbour"' in more and "srcset=" in more and 'loading="lazy"' in more and "At dusk" in more
    assert 'width="' in more.split("<img")[1].split(">")[0]
    assert 'href="/en/about/">Further' in more and "Gone" not in more


def test_a_link_that_leads_nowhere_is_refused() -> None:
    block = LinkBlock()

    with pytest.raises(ValidationError):
        block.clean(block.to_python({"label": "Nowhere", "page": None, "url": ""}))


def test_a_preview_is_in_the_language_of_the_page_whatever_the_editors(rf: RequestFactory) -> None:
    index_firms()
    page = made_page("cluster_food-drink", "fr")

    with translation.override("nl"):
        html = page.make_preview_request().content.decode()

    assert '<html lang="fr">' in html and "Agroalimentaire" in html


@pytest.mark.parametrize("key", KEYS)
def test_a_page_asks_as_much_for_many_firms_as_for_few(client: Client, key: str) -> None:
    make_partner("kent")
    make_many(10)
    index_firms()
    url = made_page(key).get_url()

    few = queries_of(client, url)
    make_many(100, named="Another")
    index_firms()

    assert queries_of(client, url) == few
    assert few <= 20
