"""Owns the proof that the header's search finds firms and pages, and bears whatever is typed into it."""

from typing import Any

import pytest
from django.test import Client

from tests.cluster_pages.builders import made_page, make_page
from tests.directory.builders import make_firm
from tests.directory.indexing import index_firms, make_many

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("made_site")]

HOSTILE = (
    '"',
    "\0",
    "'; DROP TABLE firms; --",
    "*",
    "-",
    "AND OR NOT NEAR(",
    "{}[]()^~:/\\!",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "<script>alert(1)</script>",
    "%00%ff",
    "﷽" * 20,
    "é" * 256,
)


def search(client: Client, words: str, language: str = "en") -> str:
    answer = client.get(f"/{language}/search/", {"q": words})
    assert answer.status_code == 200
    return answer.content.decode()


def test_firms_and_pages_are_found_in_groups(client: Client) -> None:
    make_firm("Harbour Works", texts={"en": "We repair harbours."})
    make_page("Harbour day", slug="harbour-day", body=[("text", "<p>Come and see.</p>")])
    index_firms()

    html = search(client, "harbour")

    firms, pages = html.split('id="found-pages"')
    assert "Works</a>" in firms and 'href="/en/firms/harbour-works/"' in firms
    assert 'href="/en/harbour-day/"' in pages and "harbour-works" not in pages


def test_pages_are_found_by_the_words_of_their_body_once_published(client: Client) -> None:
    make_page("Plain", slug="plain", body=[("text", "<p>Estuaries are tidal.</p>")])
    draft = make_page("Draft", slug="draft", body=[("text", "<p>Estuaries are wide.</p>")])
    draft.unpublish()
    index_firms()

    html = search(client, "estuaries")

    assert "/en/plain/" in html and "/en/draft/" not in html


def test_five_firms_are_shown_and_the_way_to_all_of_them(client: Client) -> None:
    make_many(12)
    index_firms()

    html = search(client, "firm")

    assert html.count('class="firm-card"') == 5
    assert 'href="/en/find-a-firm/?q=firm"' in html and "See all 12 firms" in html


def test_pages_of_other_languages_come_last_and_only_where_they_were_not_translated(client: Client) -> None:
    make_page("Estuarium", slug="estuarium", language="nl", introduction="Over wat het getij doet.")
    index_firms()

    html = search(client, "estuarium", "fr")
    about = search(client, "kamers", "fr").split('id="found-pages"')[1].split("</main>")[0]

    assert '<a href="/fr/estuarium/" lang="nl">Estuarium</a>' in html
    assert "over-ons" not in about and "a-propos" not in about


def test_nothing_typed_asks_for_words_and_nothing_found_says_so(client: Client) -> None:
    index_firms()

    assert "Type what you are looking for" in search(client, "  ")
    nothing = search(client, "zzyzx")
    assert "No firm was found." in nothing and "No page has these words in it." in nothing


def test_whatever_is_typed_is_answered(client: Client) -> None:
    index_firms()

    for words in HOSTILE:
        assert "<script>alert" not in search(client, words), words


def test_a_search_that_passes_a_limit_says_which(client: Client) -> None:
    index_firms()

    for words in ("x" * 257, " ".join("abcdefghijklmnopqrs"), "é" * 10_000):
        answer = client.get("/fr/search/", {"q": words})

        assert answer.status_code == 400
        html = answer.content.decode()
        assert 'role="alert"' in html and words[:20].strip() in html


def test_a_renamed_page_leads_on_from_its_old_address(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    page = made_page("about")
    page.slug = "who-we-are"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()

    answer = client.get("/en/about/")

    assert answer.status_code in (301, 302) and answer.headers["Location"] == "/en/who-we-are/"
