"""Owns where pages are: the tree of a language, the page at a path, that of the register, those of a hub."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.models import Page, Site, SiteRootPath

from cluster_pages.models import DirectoryPage, RegionalHubPage
from directory.placing import register_url
from hub.desk import Link
from hub.languages import LANGUAGES, current_language
from hub.models import RegionalHub
from hub.pages import HubPage

# As Wagtail keeps its root paths. Signals empty it in the process that changed a page; the others follow.
KEPT = 60  # seconds
_REGISTER = "cluster_pages.register."


def root_path(language: str) -> str:
    """Where the tree of a language begins, as Wagtail writes it in `url_path`; empty if there is none."""
    paths: list[SiteRootPath] = Site.get_site_root_paths()
    return next((str(path.root_path) for path in paths if path.language_code == language), "")


def page_at(path: str, language: str) -> HubPage | None:
    """The published page of ours at a path, found by its whole address in two queries, whatever its depth.

    Wagtail goes down the tree, with two queries at each step. None where only that can tell: for the home
    page, a page that is not ours, and a hub with several sites.
    """
    roots = {each.root_path for each in Site.get_site_root_paths() if each.language_code == language}
    if not path or len(roots) != 1:
        return None
    slug, url_path = path.rstrip("/").rpartition("/")[2], f"{roots.pop()}{path}"
    found = Page.objects.live().filter(slug=slug, url_path=url_path).values_list("pk", "content_type")[:1]
    for pk, content_type in found:
        model = ContentType.objects.get_for_id(content_type).model_class()
        if model is not None and issubclass(model, HubPage):
            return model.objects.select_related("locale", *model.shown_with).filter(pk=pk).first()
    return None


def register_page_url() -> str:
    """The address of the register's page in the language in force; empty if there is none."""
    language = current_language()
    url: str | None = cache.get(f"{_REGISTER}{language}")
    if url is None:
        page = DirectoryPage.objects.live().filter(url_path__startswith=root_path(language) or "//").first()
        url = (page.get_url() if page else "") or ""
        cache.set(f"{_REGISTER}{language}", url, KEPT)
    return url


def forget_register(**kwargs: object) -> None:
    """Looks for the register's page anew; a receiver of everything that can move it."""
    cache.delete_many([f"{_REGISTER}{language}" for language in LANGUAGES])


def moved_register(path: str) -> str:
    """Where the register is by now, if links of this process still lead to this path; "" if none do.

    Another process has moved, hidden or deleted the page, and nothing answers here any more.
    """
    if cache.get(f"{_REGISTER}{current_language()}") != path:
        return ""
    forget_register()
    present = register_url()
    return present if present != path else ""


def pages_of_hub(hub: RegionalHub, user: Any) -> list[Link]:
    """The ways from home to the pages of a hub in its home language: to edit them, and as visitors see it."""
    pages = RegionalHubPage.objects.filter(region=hub.region_id, locale__language_code=hub.home_language)
    page = pages.first()
    if page is None or not page.permissions_for_user(user).can_edit():
        return []
    number = page.get_descendants(inclusive=True).count()
    found = [Link(ngettext("page", "pages", number), reverse("wagtailadmin_explore", args=[page.pk]), number)]
    found.append(Link(_("Change what it says"), reverse("wagtailadmin_pages:edit", args=[page.pk])))
    return [*found, Link(_("See it as visitors do"), page.url)] if page.live and page.url else found
