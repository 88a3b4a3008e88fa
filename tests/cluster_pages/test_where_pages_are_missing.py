"""Owns the proof of what is read where few pages stand, or none: the hub does not need all that it ships."""

import pytest
from django.test import Client
from django.utils import timezone

from cluster_pages.actions.provision_region import ProvisionRegionAction
from hub.actions import SYSTEM
from hub.models import RegionalHub
from tests.cluster_pages.builders import home, make_page, make_site
from tests.counting import queries_of
from tests.directory.builders import make_region
from tests.directory.indexing import index_firms

pytestmark = pytest.mark.django_db


def test_pages_show_an_empty_hub_in_words(client: Client) -> None:
    home("en")
    index_firms()

    html = client.get("/en/").content.decode()

    assert "No firm is in the register yet." in html


def test_a_page_asks_as_much_far_down_the_tree_as_at_its_top(client: Client) -> None:
    make_site(("home", "about"))
    top = page = make_page("Level 0")
    for level in range(1, 4):
        page = make_page(f"Level {level}", parent=page)

    assert queries_of(client, page.get_url()) == queries_of(client, top.get_url())


def test_a_language_without_a_tree_reads_the_others(client: Client) -> None:
    home("en")
    make_page("About", slug="about")

    answer = client.get("/nl/about/")

    assert answer.status_code == 200 and '<html lang="nl">' in answer.content.decode()


@pytest.mark.parametrize(
    ("browser", "leads"), [("fr-FR,fr;q=0.9", "/fr/"), ("nl-BE", "/nl/"), ("de,es", "/en/"), ("", "/en/")]
)
def test_the_door_answers_in_the_language_of_the_browser(client: Client, browser: str, leads: str) -> None:
    answer = client.get("/", headers={"accept-language": browser})

    assert (answer.status_code, answer.headers["Location"]) == (302, leads)
    assert "Accept-Language" in answer.headers["Vary"] and "Cookie" in answer.headers["Vary"]


def test_a_site_without_our_pages_gets_the_hub_without_a_page() -> None:
    done = ProvisionRegionAction(region=make_region("kent"), actor=SYSTEM, now=timezone.now()).run()

    assert done.page is None and RegionalHub.objects.get() == done.hub


def test_without_such_a_page_the_register_serves_itself(client: Client) -> None:
    home("en")
    index_firms()

    assert client.get("/en/firms/").status_code == 200
