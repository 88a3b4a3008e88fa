"""Owns the proof that a page that is not for everybody shows in no language, list or file for machines."""

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from cluster_pages.models import ClusterPage, HubSectionPage
from tests.cluster_pages.builders import FEW, below, make_page, make_site, provision
from tests.once import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("made_pages")]
SECRET = "Turnover of every member"

made_pages = made_once(lambda: make_site((*FEW, "regions")))


def test_a_page_below_a_private_one_is_read_in_no_language_and_told_of_nowhere(client: Client) -> None:
    above = make_page("Members", slug="members")
    make_page(SECRET, slug="turnover", introduction=SECRET, parent=above)
    PageViewRestriction.objects.create(page=above, restriction_type=PageViewRestriction.LOGIN)

    for language in ("en", "fr", "nl"):
        answer = client.get(f"/{language}/members/turnover/")
        assert answer.status_code == 302 and "log-in" in answer.headers["Location"]
        for path in (f"/{language}/", f"/{language}/search/?q=turnover", "/sitemap-pages.xml"):
            html = client.get(path).content.decode()
            assert SECRET not in html and "members/turnover" not in html


def test_menu_footer_and_lists_name_no_page_that_is_not_for_everybody(client: Client) -> None:
    make_page("In the menu", slug="in-the-menu", show_in_menus=True)
    make_page("In the footer", slug="in-the-footer", in_footer=True)
    hub = provision("kent")
    hub.save_revision().publish()
    below(hub, HubSectionPage(title="In the hub", slug="in-the-hub"))
    cluster = ClusterPage.objects.get(cluster__slug="food-drink", locale__language_code="en")
    named = ("in-the-menu", "in-the-footer", cluster.get_url(), "in-the-hub")
    pages = ("/en/", "/en/clusters/", hub.get_url())
    shown = "".join(client.get(path).content.decode() for path in pages)
    assert [each for each in named if each in shown] == list(named)

    for page in Page.objects.filter(slug__in=("in-the-menu", "in-the-footer", "in-the-hub", cluster.slug)):
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    shown = "".join(client.get(path).content.decode() for path in pages)
    assert [each for each in named if each in shown] == []


def test_a_page_with_a_password_asks_for_it_within_the_site_and_says_nothing_of_itself(
    client: Client,
) -> None:
    page = make_page(SECRET, slug="numbers", introduction=SECRET)
    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="tide"
    )

    asked = client.get("/fr/numbers/").content.decode() + client.get("/en/numbers/").content.decode()

    assert SECRET not in asked
    assert "This page has a password" in asked and "Cette page a un mot de passe" in asked
    assert asked.count('class="site-header"') == 2
