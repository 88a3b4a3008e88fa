"""Owns the proof that the register is where an editor put it, and that every link to it knows."""

import re
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from tests.cluster_pages.builders import made_page
from tests.directory.builders import make_firm
from tests.directory.indexing import index_firms, make_many

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("made_site")]


def test_the_plain_address_leads_to_the_page_and_keeps_the_query(client: Client) -> None:
    answer = client.get("/nl/firms/?q=bier&region=kent")

    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        "/nl/vind-een-bedrijf/?q=bier&region=kent",
    )


def test_everything_on_the_page_leads_back_to_it(client: Client) -> None:
    make_many(45)
    index_firms()

    html = client.get("/en/find-a-firm/?sector=food-drink").content.decode()

    forms = set(re.findall(r'(?:action|hx-get)="([^"]+)"', html))
    assert forms == {"/en/find-a-firm/", "/en/search/"}
    links = set(re.findall(r'href="(/en/[\w/-]*)[?"]', html))
    assert "/en/find-a-firm/" in links and "/en/firms/" not in links
    assert "Every firm of the hub" in html and "<h1" in html


def test_a_firm_and_an_error_lead_to_the_page(client: Client) -> None:
    make_firm("Hopshed Lane")

    assert (
        'href="/fr/trouver-une-entreprise/?sector=food-drink"'
        in client.get("/fr/firms/hopshed-lane/").content.decode()
    )
    assert 'href="/fr/trouver-une-entreprise/"' in client.get("/fr/nope/").content.decode()


def test_only_what_changes_is_sent_to_the_page_itself(client: Client) -> None:
    index_firms()

    answer = client.get("/en/find-a-firm/?q=beer", headers={"hx-request": "true"})

    assert answer.headers["HX-Push-Url"] == "/en/find-a-firm/?q=beer"
    assert "<html" not in answer.content.decode()


def test_a_search_that_passes_a_limit_is_refused_on_the_page(client: Client) -> None:
    index_firms()

    answer = client.get("/en/find-a-firm/?page=0")

    assert answer.status_code == 400 and 'action="/en/find-a-firm/"' in answer.content.decode()


def test_links_follow_a_page_that_is_renamed_unpublished_or_deleted(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    index_firms()
    page = made_page("directory")
    assert client.get("/en/firms/").headers["Location"] == "/en/find-a-firm/"

    page.slug = "who-is-here"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert client.get("/en/firms/").headers["Location"] == "/en/who-is-here/"
    assert client.get("/en/find-a-firm/", follow=True).redirect_chain[0][0] == "/en/who-is-here/"

    page.refresh_from_db()
    page.unpublish()
    assert client.get("/en/firms/").status_code == 200

    page.save_revision().publish()
    assert client.get("/en/firms/").headers["Location"] == "/en/who-is-here/"
    page.refresh_from_db()
    page.delete()
    assert client.get("/en/firms/").status_code == 200


@pytest.mark.parametrize("verb", ["rename", "unpublish", "delete"])
def test_a_process_that_has_not_heard_of_it_leads_nobody_to_an_empty_place(client: Client, verb: str) -> None:
    index_firms()
    page = made_page("directory")
    assert client.get("/en/firms/?q=beer").headers["Location"] == "/en/find-a-firm/?q=beer"

    # Past the signals, as it is for a process other than the editor's.
    row, renamed = Page.objects.filter(pk=page.pk), page.url_path.replace("find-a-firm", "who-is-here")
    changes: dict[str, dict[str, Any]] = {
        "rename": {"slug": "who-is-here", "url_path": renamed},
        "unpublish": {"live": False},
        "delete": {"slug": "deleted", "url_path": "/deleted/"},
    }
    row.update(**changes[verb])
    answer = client.get("/en/firms/?q=beer", follow=True)

    end = "/en/who-is-here/?q=beer" if verb == "rename" else "/en/firms/?q=beer"
    assert (answer.status_code, answer.redirect_chain[-1][0]) == (200, end)


def test_an_address_that_was_never_the_registers_stays_unknown(client: Client) -> None:
    client.get("/en/firms/")

    assert client.get("/en/find-a-pub/").status_code == 404
