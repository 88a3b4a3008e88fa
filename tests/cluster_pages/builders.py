"""Owns builders of the public pages for tests."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from cluster_pages.actions.make_pages import MakePagesAction
from cluster_pages.actions.provision_region import ProvisionRegionAction
from cluster_pages.models import HomePage, MadePage, RegionalHubPage, StandardPage
from cluster_pages.texts import ORDER
from hub.actions import SYSTEM
from hub.actions.ground import LoadClustersAction
from hub.models import Region
from tests.directory.builders import make_region

# One page of each type, and a draft: enough for most tests.
FEW = ("home", "directory", "clusters", "cluster_food-drink", "about", "privacy")


def make_site(only: Collection[str] = FEW) -> int:
    """Pages that ship, with their clusters, in three languages; how many pages were new.

    The others count as deleted by an editor, who wants none of them.
    """
    for code, _name in settings.LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    LoadClustersAction(actor=SYSTEM, now=timezone.now()).run()
    MadePage.objects.bulk_create(
        (
            MadePage(key=key, language=code)
            for key in set(ORDER) - set(only)
            for code, _name in settings.LANGUAGES
        ),
        ignore_conflicts=True,
    )
    made: int = MakePagesAction(actor=SYSTEM, now=timezone.now()).run()
    return made


def made_page(key: str, language: str = "en") -> Any:
    """A page that the set-up made."""
    page = MadePage.objects.get(key=key, language=language).page
    assert page is not None
    return page.specific


def make_page(title: str, *, language: str = "en", parent: Page | None = None, **values: Any) -> StandardPage:
    """A published page of text, below the home page of its language unless the test says otherwise."""
    above: Any = parent or home(language)
    page = StandardPage(title=title, locale=above.locale, **values)
    above.refresh_from_db()
    above.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def home(language: str = "en") -> HomePage:
    """The home page of a language, made if it is missing; the English one is the site's."""
    found = HomePage.objects.filter(locale__language_code=language).first()
    if found is not None:
        return found
    locale = Locale.objects.get_or_create(language_code=language)[0]
    page = HomePage(title=f"Home {language}", slug=f"hub-{language}", locale=locale)
    if language != "en":
        page.translation_key = home("en").translation_key
    root: Any = Page.get_first_root_node()
    root.add_child(instance=page)
    if language == "en":
        site, _new = Site.objects.get_or_create(is_default_site=True, defaults={"hostname": "localhost"})
        site.root_page = page
        site.save()
    Site.clear_site_root_paths_cache()
    return page


def provision(region: str, *, home_language: str = "") -> RegionalHubPage:
    """The page of a region's hub, with all that belongs to it; the region's first language is its home."""
    languages = {
        "hauts-de-france": ["fr"],
        "east-flanders": ["nl"],
        "west-flanders": ["nl"],
        "zeeland": ["nl"],
    }
    Region.objects.filter(pk=make_region(region).pk).update(languages=languages.get(region, ["en"]))
    page = (
        ProvisionRegionAction(
            region=Region.objects.get(slug=region),
            home_language=home_language,
            actor=SYSTEM,
            now=timezone.now(),
        )
        .run()
        .page
    )
    assert page is not None
    found: RegionalHubPage = RegionalHubPage.objects.get(pk=page.pk)
    return found


def below(parent: Any, page: Any, *, live: bool = True) -> Any:
    """A page put below another one, in its language; published unless the test says otherwise."""
    page.locale, page.live = parent.locale, False
    parent.refresh_from_db()
    parent.add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
    page.refresh_from_db()
    return page
