"""Owns the proof of what becomes of all pages that ship, and of the notices that wait for their facts."""

import pytest
from django.test import Client
from django.utils import timezone

from cluster_pages.actions.fill_drafts import FillDraftsAction
from cluster_pages.checks import check_notices
from cluster_pages.texts import DRAFTS, ORDER
from hub.actions import SYSTEM
from hub.languages import LANGUAGES
from tests.cluster_pages.builders import made_page, make_site
from tests.once import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_pages")]

all_pages = made_once(lambda: make_site(ORDER))


def fill_drafts() -> int:
    done: int = FillDraftsAction(actor=SYSTEM, now=timezone.now()).run()
    return done


def test_a_page_and_its_translations_know_each_other() -> None:
    for key in ORDER:
        pages = [made_page(key, language) for language in LANGUAGES]
        assert len({page.translation_key for page in pages}) == 1, key
        assert [page.locale.language_code for page in pages] == list(LANGUAGES)


def test_notices_are_drafts_that_nobody_reads_before_somebody_fills_them_in(client: Client) -> None:
    assert client.get("/en/privacy/").status_code == 404
    assert "privacy" not in client.get("/en/").content.decode()


def test_the_check_names_every_notice_that_is_not_finished() -> None:
    (said,) = check_notices(None)
    assert all(f"{key} ({language})" in said.msg for key in DRAFTS for language in LANGUAGES)

    made_page("privacy", "fr").save_revision().publish()  # its brackets are still there
    made_page("contact", "en").delete()
    (said,) = check_notices(None)
    assert "privacy (fr)" in said.msg and "contact (en)" in said.msg


def test_the_check_is_content_once_all_is_filled_in_and_published() -> None:
    fill_drafts()

    assert check_notices(None) == []


def test_a_demo_publishes_its_notices_marked_as_a_demo(client: Client) -> None:
    assert fill_drafts() == len(DRAFTS) * len(LANGUAGES)
    assert fill_drafts() == 0

    page = client.get("/fr/mentions-legales/").content.decode()
    assert "Ceci est une démonstration" in page and "[À" not in page
    assert 'href="/fr/mentions-legales/"' in client.get("/fr/").content.decode()


def test_the_demo_leaves_a_notice_alone_that_somebody_has_filled_in() -> None:
    page = made_page("legal", "en")
    page.body = [("text", "<p>Written by us.</p>")]
    page.save_revision()
    page.save()

    fill_drafts()

    assert not made_page("legal", "en").live
