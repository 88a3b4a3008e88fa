"""Owns the proof that a new hub gets its pages once, in three trees, and that editors have the last word."""

import pytest
from pytest_django import Settings
from wagtail.models import Page, Site

from cluster_pages.models import ClusterPage, HomePage, MadePage, StandardPage
from cluster_pages.texts import ORDER, PageText
from hub.languages import LANGUAGES
from tests.cluster_pages.builders import made_page, make_site


@pytest.mark.django_db
def test_every_language_gets_every_page_once() -> None:
    assert make_site(ORDER) == len(ORDER) * len(LANGUAGES)
    before = set(Page.objects.values_list("url_path", flat=True))

    assert make_site(ORDER) == 0

    assert set(Page.objects.values_list("url_path", flat=True)) == before
    assert not Page.objects.filter(depth=2, title__startswith="Welcome to your").exists()
    assert Page.find_problems() == ([], [], [], [], [])


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
