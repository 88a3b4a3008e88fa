"""Owns making the pages of a new hub, one tree per language; what is there stays as it is."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from wagtail.models import Locale, Page, Site

from cluster_pages.models import MadePage
from cluster_pages.texts import ORDER, PageText
from hub.actions import Action, Actor
from hub.languages import LANGUAGES
from hub.models import Cluster


class MakePagesAction(Action):
    """Makes the shipped pages that were never made. One that an editor deleted does not come back."""

    def __init__(self, *, actor: Actor, now: datetime) -> None:
        super().__init__(actor=actor, now=now)
        self.with_demo = bool(getattr(settings, "HUB_DEMO", False))
        self.made = 0

    def execute(self) -> int:
        """How many pages were made; none in a site that has a home page of its own."""
        site = _site()
        if site is None or not _is_ours(site.root_page):
            return 0
        for key in ORDER:
            text = PageText.read(key)
            for language in LANGUAGES:
                self._make(text, language)
        self._move_in(site)
        self._name(site)
        return self.made

    def _make(self, text: PageText, language: str) -> None:
        if MadePage.objects.filter(key=text.key, language=language).exists():
            return
        parent = self._parent(text, language)
        if parent is None:
            return
        model: Any = apps.get_model("cluster_pages", text.type)
        page = self._found(text, language, model, parent) or self._new(text, language, model, parent)
        MadePage.objects.create(key=text.key, language=language, page=page)

    def _parent(self, text: PageText, language: str) -> Page | None:
        if not text.parent:
            return Page.get_first_root_node()
        made = MadePage.objects.filter(key=text.parent, language=language).select_related("page").first()
        return made.page if made else None

    def _found(self, text: PageText, language: str, model: Any, parent: Page) -> Page | None:
        """What somebody made already in its place."""
        if text.type == "StandardPage":
            return parent.get_children().filter(slug=text.said[language]["slug"]).first()
        there = model.objects.filter(locale__language_code=language)
        if text.cluster:
            there = there.filter(cluster__slug=text.cluster)
        return there.first()

    def _new(self, text: PageText, language: str, model: Any, parent: Page) -> Page:
        said = text.said[language]
        page = model(
            locale=Locale.objects.get(language_code=language),
            title=said["title"],
            slug=self._slug(text, language, parent),
            introduction=said.get("introduction", ""),
            search_description=said.get("description", ""),
            show_in_menus=text.in_menus,
            live=False,
        )
        twin = MadePage.objects.filter(key=text.key).exclude(page=None).select_related("page").first()
        if twin is not None and twin.page is not None:
            page.translation_key = twin.page.translation_key
        if hasattr(page, "body"):
            page.body = text.body(language, with_demo=self.with_demo)
        if hasattr(page, "in_footer"):
            page.in_footer = text.in_footer
        if text.cluster:
            page.cluster = Cluster.objects.get(slug=text.cluster)
        parent.refresh_from_db()
        parent.add_child(instance=page)
        revision = page.save_revision()
        if not text.is_draft:
            revision.publish()
        self.made += 1
        return page

    def _slug(self, text: PageText, language: str, parent: Page) -> str:
        slug = str(text.said[language]["slug"])
        # The home page of `wagtail start` has this name; it goes away below, or is somebody's.
        taken = parent.get_children().filter(slug=slug).exists()
        return f"{slug}-{language}" if taken else slug

    def _move_in(self, site: Site) -> None:
        """Gives the site our home page, and takes Wagtail's page of welcome away if nothing lies below it."""
        welcome = site.root_page
        if type(welcome.specific) is not Page:
            return
        home = MadePage.objects.filter(key="home", page__isnull=False).order_by("pk").first()
        if home is None:
            return
        site.root_page = home.page
        site.save()
        if not welcome.get_children().exists():
            welcome.delete()

    def _name(self, site: Site) -> None:
        """Gives a site without a name ours: it is the first line of the admin, which would be a host name."""
        if not site.site_name and site.pk:
            site.site_name = str(getattr(settings, "WAGTAIL_SITE_NAME", ""))
            site.save(update_fields=["site_name"])


def _site() -> Site | None:
    found = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if found is not None:
        return found
    root = Page.get_first_root_node()
    return Site(hostname="localhost", port=80, root_page=root, is_default_site=True) if root else None


def _is_ours(page: Page) -> bool:
    """Whether a site begins at a page of ours, or at the one that Wagtail makes for want of another."""
    return type(page.specific) is Page or page.specific._meta.app_label == "cluster_pages"
