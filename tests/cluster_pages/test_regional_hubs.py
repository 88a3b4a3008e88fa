"""Owns the proof of what visitors see of a region's hub: people, firms, what is offered, what is old."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.html import escape
from wagtail.models import Locale, Page

from cluster_pages.models import HubSectionPage, RegionalHubPage, ResourcePage
from hub.languages import LANGUAGES
from hub.models import HubReview, LeadTerm, RegionalHub
from tests.cluster_pages.builders import below, make_site, provision
from tests.counting import queries_of
from tests.directory.builders import make_cluster, make_firm, make_region
from tests.directory.indexing import index_firms, make_many
from tests.hub import people
from tests.once import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("made_pages")]

made_pages = made_once(lambda: make_site(["home", "regions"]))


def read(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def a_hub(region: str = "kent", **values: Any) -> RegionalHubPage:
    page = provision(region, **values)
    index_firms()
    return page


def translated(page: Any, language: str) -> Any:
    """A published translation."""
    copy = page.copy_for_translation(Locale.objects.get(language_code=language), copy_parents=True)
    copy.save_revision().publish()
    copy.refresh_from_db()
    return copy


def test_the_team_are_those_who_lead_today_and_no_address_is_shown(client: Client) -> None:
    page = a_hub()
    people.make_lead("kent", "ann-baker")
    people.make_deputy("kent", "bob-cole")
    people.make_ended_lead("kent", "eve-gone")
    people.make_lead("zeeland", "jan-ver")
    LeadTerm.objects.create(
        name="Kent Chamber", region=page.region, cluster=make_cluster(), from_date=date(2026, 1, 1)
    )

    html = read(client, page.get_url())

    assert "Ann Baker" in html and "Bob Cole" in html and "Kent Chamber" in html
    assert "Eve Gone" not in html and "Jan Ver" not in html
    assert html.index("Ann Baker") < html.index("Bob Cole")
    assert "@" not in html.replace("@context", "").replace("@type", "")


def test_leads_of_the_larger_region_are_in_the_team_too(client: Client) -> None:
    flanders = make_region("flanders")
    make_region("east-flanders", parent=flanders)
    page = a_hub("east-flanders")
    people.make_lead("flanders", "filip-noord")

    assert "Filip Noord" in read(client, page.get_url())


def test_where_nobody_leads_the_page_says_who_answers(client: Client) -> None:
    assert "Nobody leads this region at the moment" in read(client, a_hub().get_url())


def test_the_firms_are_those_of_the_region_and_below_it(client: Client) -> None:
    make_region("medway", parent=make_region("kent"))
    page = provision("kent")
    for name, region in (("Hopshed", "kent"), ("Chatham Yards", "medway"), ("Middelburg", "zeeland")):
        make_firm(name, region=region)
    index_firms()

    html = read(client, page.get_url())

    assert "Hopshed" in html and "Chatham Yards" in html and "Middelburg" not in html
    assert "See all 2 firms of this region" in html
    assert "/firms/?region=kent" in html and escape("/firms/?region=kent&sector=food-drink") in html


def test_a_page_asks_as_many_queries_for_100_firms_as_for_10(client: Client) -> None:
    page, asked = a_hub(), {}
    people.make_lead("kent")
    for number in (10, 100):
        make_many(number, named=f"Of{number}")
        index_firms()
        asked[number] = queries_of(client, page.get_url())

    assert asked[10] == asked[100]


def test_resources_and_pages_of_the_hub_are_listed_once_they_are_public(client: Client) -> None:
    page = a_hub()
    below(page, ResourcePage(title="Export guide", link="https://guide.example/", written_in="fr"))
    below(page, HubSectionPage(title="Meet us"))
    below(page, HubSectionPage(title="Secret plan"), live=False)

    html = read(client, page.get_url())

    assert "Export guide" in html and "(French)" in html and "Meet us" in html
    assert "Secret plan" not in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_translation_the_home_text_is_read_with_a_notice_and_translated_labels(
    client: Client, language: str
) -> None:
    page = a_hub("zeeland")
    section = below(page, HubSectionPage(title="Ontmoet ons"))

    html = read(client, f"/{language}/regios/zeeland/")
    lower = read(client, f"/{language}/regios/zeeland/{section.slug}/")

    labels = {"en": "Who to talk to", "fr": "adresser", "nl": "Bij wie u terechtkunt"}
    assert labels[language] in html
    assert page.introduction in html
    assert ("has not been translated" in html) == (language == "en")
    assert "Ontmoet ons" in lower


def test_a_translation_older_than_its_original_says_so_and_leads_there(client: Client) -> None:
    page = a_hub("kent")
    french = translated(page, "fr")
    assert "plus ancienne" not in read(client, french.get_url())

    page.refresh_from_db()
    page.save_revision().publish()
    html = read(client, french.get_url())

    assert "Cette traduction est plus ancienne" in html and page.get_url() in html
    assert "plus ancienne" not in read(client, page.get_url())


def test_a_review_makes_no_translation_old_and_is_public(client: Client) -> None:
    page = a_hub("kent")
    french = translated(page, "fr")
    hub = RegionalHub.objects.get()

    HubReview.objects.create(hub=hub, at=datetime(2026, 11, 20, 9, tzinfo=UTC), by_name="Ann Baker")

    assert "Reviewed on 20 November 2026 by Ann Baker" in read(client, page.get_url())
    html = read(client, french.get_url())
    assert "Relu le 20 novembre 2026 par Ann Baker" in html and "plus ancienne" not in html


def test_a_region_has_one_page_in_a_language(client: Client) -> None:
    page = a_hub("kent")
    twin = RegionalHubPage(title="Kent again", slug="again", region=page.region, locale=page.locale)

    with pytest.raises(ValidationError, match="already"):
        twin.clean()


def test_no_page_stands_where_visitors_write_to_the_leads() -> None:
    with pytest.raises(ValidationError, match="Choose another name"):
        HubSectionPage(title="Contact", slug="contact", locale=Locale.get_default()).clean()


def test_a_resource_is_a_document_or_a_link() -> None:
    with pytest.raises(ValidationError, match="one of the two"):
        ResourcePage(title="Nothing", slug="nothing").clean()


def test_the_home_page_the_map_and_the_menu_lead_to_the_hubs(client: Client) -> None:
    make_region("kent", is_partner=True)
    make_region("zeeland", is_partner=True)
    page = provision("kent")
    index_firms()

    home, index = read(client, "/en/"), read(client, "/en/regions/")

    assert home.count(f'href="{page.get_url()}"') == 2 and index.count(f'href="{page.get_url()}"') == 2
    assert 'href="/en/firms/?region=zeeland"' in home
    assert 'href="/en/regions/"' in home


def test_a_hub_without_its_page_in_public_is_nowhere(client: Client) -> None:
    page = a_hub()
    page.unpublish()

    assert client.get("/en/regions/kent/").status_code == 404
    assert page.get_url() not in read(client, "/en/regions/")


def test_sitemap_and_head_name_the_translations(client: Client) -> None:
    page = a_hub("kent")
    french = translated(page, "fr")

    sitemap, html = read(client, "/sitemap-pages.xml"), read(client, page.get_url())

    for url in (page.get_url(), french.get_url()):
        assert f"http://testserver{url}" in html and url in sitemap
    assert Page.find_problems() == ([], [], [], [], [])
    assert timedelta(0) <= datetime.now(UTC) - french.last_published_at
