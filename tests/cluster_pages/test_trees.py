"""Owns the proof that a new hub gets its pages once, in three trees, and that editors have the last word."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from wagtail.models import Page, Site

from cluster_pages.actions.fill_drafts import FillDraftsAction
from cluster_pages.checks import check_notices
from cluster_pages.models import ClusterPage, HomePage, MadePage, StandardPage
from cluster_pages.texts import DRAFTS, ORDER, PageText
from hub.actions import SYSTEM
from hub.languages import LANGUAGES
from tests.cluster_pages.builders import made_page, make_site


def fill_drafts() -> int:
    done: int = FillDraftsAction(actor=SYSTEM, now=timezone.now()).run()
    return done


@pytest.mark.django_db
def test_every_language_gets_every_page_once() -> None:
    assert make_site(ORDER) == len(ORDER) * len(LANGUAGES)
    before = set(Page.objects.values_list("url_path", flat=True))

    assert make_site(ORDER) == 0

    assert set(Page.objects.values_list("url_path", flat=True)) == before
    assert not Page.objects.filter(depth=2, title__startswith="Welcome to your").exists()
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.django_db
def test_a_page_and_its_translations_know_each_other() -> None:
    make_site(ORDER)

    for key in ORDER:
        pages = [made_page(key, language) for language in LANGUAGES]
        assert len({page.translation_key for page in pages}) == 1, key
        assert [page.locale.language_code for page in pages] == list(LANGUAGES)


@pytest.mark.pure
@pytest.mark.parametrize("key", ORDER)
def test_every_text_is_there_in_three_languages_with_the_same_blocks(key: str) -> None:
    text = PageText.read(key)

    kinds = {
        language: [block["type"] for block in text.body(language, with_demo=True)] for language in LANGUAGES
    }
    assert set(text.said) == set(LANGUAGES)
    assert kinds["en"] == kinds["fr"] == kinds["nl"]
    assert all(text.said[language]["title"] and text.said[language]["slug"] for language in LANGUAGES)


@pytest.mark.django_db
def test_what_an_editor_changed_stays_and_what_an_editor_deleted_does_not_come_back() -> None:
    make_site()
    about = made_page("about", "fr")
    about.title = "Qui nous sommes"
    about.save_revision().publish()
    made_page("clusters", "nl").delete()

    make_site()

    assert made_page("about", "fr").title == "Qui nous sommes"
    assert not ClusterPage.objects.filter(locale__language_code="nl").exists()
    assert MadePage.objects.get(key="clusters", language="nl").page is None


@pytest.mark.django_db
def test_a_page_that_an_editor_made_before_is_taken_as_it_is() -> None:
    make_site()
    MadePage.objects.filter(key="about").delete()

    make_site()

    assert StandardPage.objects.filter(slug="about").count() == 1
    assert made_page("about").title == "About us"


@pytest.mark.django_db
def test_a_site_with_a_home_page_of_its_own_gets_none_of_ours() -> None:
    root = Page.get_first_root_node()
    own = StandardPage(title="Their home", slug="theirs")
    root.add_child(instance=own)
    site = Site.objects.get(is_default_site=True)
    site.root_page = Page.objects.get(pk=own.pk)
    site.save()
    StandardPage._meta.app_label, kept = "elsewhere", StandardPage._meta.app_label
    try:
        assert make_site() == 0
    finally:
        StandardPage._meta.app_label = kept

    assert not HomePage.objects.exists()


@pytest.mark.django_db
def test_invented_quotations_are_made_in_a_demo_only(settings: Settings) -> None:
    settings.HUB_DEMO = False
    make_site()

    assert [block.block_type for block in made_page("cluster_food-drink").body] == ["text"]


@pytest.mark.django_db
def test_notices_are_drafts_that_nobody_reads_before_somebody_fills_them_in(client: Client) -> None:
    make_site()

    assert client.get("/en/privacy/").status_code == 404
    assert "privacy" not in client.get("/en/").content.decode()


@pytest.mark.django_db
def test_the_check_names_every_notice_that_is_not_finished() -> None:
    make_site(ORDER)
    (said,) = check_notices(None)
    assert all(f"{key} ({language})" in said.msg for key in DRAFTS for language in LANGUAGES)

    made_page("privacy", "fr").save_revision().publish()  # its brackets are still there
    made_page("contact", "en").delete()
    (said,) = check_notices(None)
    assert "privacy (fr)" in said.msg and "contact (en)" in said.msg


@pytest.mark.django_db
def test_the_check_is_content_once_all_is_filled_in_and_published() -> None:
    make_site(ORDER)
    fill_drafts()

    assert check_notices(None) == []


@pytest.mark.django_db
def test_a_demo_publishes_its_notices_marked_as_a_demo(client: Client) -> None:
    make_site(ORDER)

    assert fill_drafts() == len(DRAFTS) * len(LANGUAGES)
    assert fill_drafts() == 0

    page = client.get("/fr/mentions-legales/").content.decode()
    assert "Ceci est une démonstration" in page and "[À" not in page
    assert 'href="/fr/mentions-legales/"' in client.get("/fr/").content.decode()


@pytest.mark.django_db
def test_the_demo_leaves_a_notice_alone_that_somebody_has_filled_in() -> None:
    make_site(ORDER)
    page = made_page("legal", "en")
    page.body = [("text", "<p>Written by us.</p>")]
    page.save_revision()
    page.save()

    fill_drafts()

    assert not made_page("legal", "en").live
