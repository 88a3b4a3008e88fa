"""Owns the proof that every page is there for readers of every language, and every way between them."""

import re
from http.cookies import Morsel

import pytest
from django.test import Client

from tests.cluster_pages.builders import made_page, make_page
from tests.directory.builders import make_firm
from tests.directory.indexing import index_firms

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("made_site")]

# What is asked for, the status of the answer, and where it leads.
ADDRESSES = (
    ("/en/about/", 200, ""),
    ("/fr/about/", 302, "/fr/a-propos/"),
    ("/nl/a-propos/?from=fr", 302, "/nl/over-ons/?from=fr"),
    ("/fr/clusters/food-drink/", 302, "/fr/clusters/agroalimentaire/"),
    ("/fr/find-a-firm/?q=beer&region=kent", 302, "/fr/trouver-une-entreprise/?q=beer&region=kent"),
    ("/fr/only-english/", 200, ""),
    ("/nl/seulement-francais/", 200, ""),
    ("/en/seulement-francais/", 200, ""),
    ("/nl/only-english/below/", 200, ""),
    ("/fr/nowhere/", 404, ""),
    ("/en/privacy/", 404, ""),
)
# Where somebody reads, and where the French link leads from there.
SWITCHED = (
    ("/en/", "/fr/"),
    ("/en/clusters/food-drink/?from=mail", "/fr/clusters/agroalimentaire/?from=mail"),
    (
        "/en/find-a-firm/?q=beer&region=kent&page=1",
        "/fr/trouver-une-entreprise/?q=beer&region=kent&page=1",
    ),
    ("/en/search/?q=beer", "/fr/search/?q=beer"),
    ("/en/firms/hopshed-lane/", "/fr/firms/hopshed-lane/"),
    ("/en/never-there/?x=1", "/fr/never-there/?x=1"),
)


def switcher(html: str) -> dict[str, str]:
    """Where the header's language links lead."""
    nav = re.search(r'<nav id="languages".*?</nav>', html, re.S)
    assert nav
    return {
        code: url.replace("&amp;", "&") for url, code in re.findall(r'<a href="([^"]+)" lang="(\w+)"', nav[0])
    }


def cookie(client: Client, path: str, language: str) -> "Morsel[str] | None":
    answer = client.get(path, headers={"accept-language": language})
    return answer.cookies.get("django_language")


def test_where_an_address_leads(client: Client) -> None:
    above = make_page("Only English", slug="only-english")
    make_page("Below", slug="below", parent=above)
    make_page("Seulement français", slug="seulement-francais", language="fr")

    for asked, status, leads in ADDRESSES:
        answer = client.get(asked)

        assert (answer.status_code, answer.headers.get("Location", "")) == (status, leads), asked


def test_a_page_that_nobody_translated_is_shown_in_its_language_with_a_notice(client: Client) -> None:
    make_page("Only English", slug="only-english", body=[("text", "<p>Words of the page.</p>")])

    html = client.get("/fr/only-english/").content.decode()

    assert '<html lang="fr">' in html
    assert "elle n&#x27;a pas encore été traduite" in html or "elle n'a pas encore été traduite" in html
    assert '<h1 lang="en">Only English</h1>' in html and '<div class="body" lang="en">' in html
    assert '<link rel="canonical" href="http://testserver/en/only-english/">' in html
    assert switcher(html) == {
        "en": "/en/only-english/",
        "fr": "/fr/only-english/",
        "nl": "/nl/only-english/",
    }


def test_a_page_that_is_unpublished_in_this_language_is_shown_in_another(client: Client) -> None:
    made_page("about", "fr").unpublish()

    assert client.get("/fr/about/").status_code == 200
    assert switcher(client.get("/en/about/").content.decode())["fr"] == "/fr/about/"


def test_the_switcher_keeps_place_query_and_filters(client: Client) -> None:
    make_firm("Hopshed Lane")
    index_firms()

    for asked, french in SWITCHED:
        html = client.get(asked).content.decode()

        assert switcher(html)["fr"] == french
        assert switcher(html)["en"] == asked


def test_the_switcher_follows_a_swap_to_the_register_of_each_language(client: Client) -> None:
    index_firms()

    html = client.get("/en/find-a-firm/?q=beer", headers={"hx-request": "true"}).content.decode()

    assert 'href="/nl/vind-een-bedrijf/?q=beer"' in html


def test_the_door_remembers_the_language_last_read(client: Client) -> None:
    client.get("/nl/", headers={"accept-language": "fr"})

    assert client.get("/", headers={"accept-language": "fr"}).headers["Location"] == "/nl/"

    client.get("/fr/", headers={"accept-language": "fr"})

    assert client.get("/", headers={"accept-language": "fr"}).headers["Location"] == "/fr/"


def test_a_cookie_is_set_only_where_it_changes_the_answer(client: Client) -> None:
    assert cookie(client, "/fr/", "fr") is None
    assert cookie(client, "/nl/never-there/", "fr") is None
    assert cookie(client, "/robots.txt", "fr") is None
    set_now = cookie(client, "/nl/", "fr")
    assert set_now is not None
    assert (set_now.value, set_now["samesite"], set_now["httponly"]) == ("nl", "Lax", True)
    assert cookie(client, "/nl/", "fr") is None


def test_the_way_to_a_page_of_another_language_stays_in_the_readers(client: Client) -> None:
    page = made_page("about")
    make_page("What a visit costs", language="en", parent=page)

    way = crumbs(client.get("/fr/about/what-a-visit-costs/").content.decode())
    assert way == [("/fr/", "Accueil"), ("/fr/a-propos/", made_page("about", "fr").title)]

    made_page("about", "fr").unpublish()
    way = crumbs(client.get("/fr/about/what-a-visit-costs/").content.decode())
    assert way == [("/fr/", "Accueil"), ("/fr/about/", page.title)]


def crumbs(html: str) -> list[tuple[str, str]]:
    """Where each step of the way to a page leads, and what it is called."""
    way = html.partition("breadcrumbs__way")[2].partition("</ol>")[0]
    links = re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', way)
    return [(url, re.sub("<[^>]+>", "", label)) for url, label in links]
