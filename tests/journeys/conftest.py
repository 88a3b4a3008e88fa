"""Owns what every journey has: a register to search, its pages, a browser that may not complain or leave."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page, Request, expect
from pytest_django.live_server_helper import LiveServer

from cluster_pages.models import HubSectionPage, ResourcePage
from hub.models import Cluster, ClusterState, Region
from tests.cluster_pages.builders import below, make_page, make_site, provision
from tests.directory.builders import make_capability, make_firm, make_region
from tests.directory.indexing import index_firms, make_many
from tests.hub.people import make_lead

expect.set_options(timeout=10_000)


@pytest.fixture
def register(live_server: LiveServer) -> LiveServer:
    """Three firms to look for, in two regions and three languages, among forty others."""
    make_region("west-flanders", parent="belgium", name_fr="Flandre-Occidentale", name_nl="West-Vlaanderen")
    make_capability("brewing", name_fr="Brassage", name_nl="Brouwen", also_en=["brewery", "beer"])
    make_firm(
        "Hopshed Lane",
        town="Faversham",
        capabilities=["brewing"],
        texts={
            "en": {"tagline": "Green-hop ales", "description": "We brew red ale.", "looks_for_text": "Malt."},
            "fr": "Nous brassons une bière rousse.",
        },
        website="https://hopshed.example/",
        offers=["training"],
        looks_for=["supply"],
    )
    make_firm(
        "Brouwerij De Schuur",
        region="west-flanders",
        town="Kortrijk",
        capabilities=["brewing"],
        texts={"nl": "Wij brouwen rood bier."},
    )
    make_firm("Silent Gears", sectors=["mechatronics"])
    make_firm("Long Gone").delete()
    make_many(40, named="Bakery")
    index_firms()
    return live_server


@pytest.fixture
def public_site(register: LiveServer) -> LiveServer:
    """Every type of page in three languages, one of them in English only, one of a closed cluster."""
    make_site(
        ("home", "directory", "regions", "clusters", "cluster_food-drink", "cluster_mechatronics", "about")
    )
    make_page("Only English", slug="only-english", body=[("quote", {"text": "Well said.", "name": "Ada"})])
    kent = provision("kent")
    below(kent, HubSectionPage(title="Meet us", slug="meet-us"))
    below(kent, ResourcePage(title="Export guide", slug="export", link="https://guide.example/"))
    provision("west-flanders")
    make_lead("kent", "ann-baker")
    Cluster.objects.filter(slug="mechatronics").update(state=ClusterState.CLOSED)
    Region.objects.filter(slug__in=["kent", "west-flanders"]).update(is_partner=True)
    index_firms()
    return register


@pytest.fixture
def site(page: Page, register: LiveServer) -> Iterator[Page]:
    """The search page, open; any error in it, and any request that leaves the site, fails the journey."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.extend(_errors(message)))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: complaints.extend(_elsewhere(request, register.url)))
    page.goto(f"{register.url}/en/firms/")
    yield page
    assert complaints == []


def _errors(message: ConsoleMessage) -> list[str]:
    # The browser and htmx report a 400 or 404 that we meant to send.
    meant = (
        "Failed to load resource: the server responded with a status of 4",
        "Response Status Error Code 4",
    )
    return [message.text] if message.type == "error" and not message.text.startswith(meant) else []


def _elsewhere(request: Request, own: str) -> list[str]:
    return [] if request.url.startswith((own, "data:")) else [f"request to {request.url}"]


@pytest.fixture
def browser_context_args(
    browser_context_args: dict[str, Any], request: pytest.FixtureRequest
) -> dict[str, Any]:
    """A desk's screen, unless the journey is marked otherwise by the fixture `width` or `scripts`."""
    marker = request.node.get_closest_marker("browser")
    asked: dict[str, Any] = dict(marker.kwargs) if marker else {}
    width = asked.get("width", 1280)
    return {
        **browser_context_args,
        "locale": asked.get("locale", "en-GB"),
        "viewport": {"width": width, "height": 900},
        "java_script_enabled": asked.get("scripts", True),
        "reduced_motion": "reduce",
    }
