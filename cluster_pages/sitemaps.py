"""Owns what search engines are told of: every public page and every listed firm, in every language."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index, sitemap
from django.db.models import Max
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe
from wagtail.models import Page

from directory.models import Firm
from hub.languages import LANGUAGES
from hub.pages import HubPage

# A file may hold 50,000 addresses and 50 MB (sitemaps.org); a firm has one address per language.
FIRMS = 10_000


class _LanguageSitemap(Sitemap):
    """Things that are there in several languages: each address names the others."""

    def get_urls(self, page: Any = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        """The entries of a part."""
        root = f"{self.get_protocol(protocol)}://{self.get_domain(site)}"
        return [
            _entry(path, changed, urls, root)
            for urls, changed in self.told(list(self.paginator.page(page).object_list))
            for path in urls.values()
        ]

    def told(self, things: list[Any]) -> Iterator[tuple[Mapping[str, str], datetime | None]]:
        """The addresses of each thing by language, and when it last changed."""
        raise NotImplementedError


class PageSitemap(_LanguageSitemap):
    """Pages of ours that everybody may read, with their translations."""

    limit = 15_000

    def items(self) -> Any:
        return Page.objects.live().public().filter(depth__gt=1).order_by("translation_key", "path")

    def get_latest_lastmod(self) -> datetime | None:
        return self.items().aggregate(latest=Max("last_published_at"))["latest"]

    def told(self, things: list[Any]) -> Iterator[tuple[Mapping[str, str], datetime | None]]:
        pages = Page.objects.filter(pk__in=[thing.pk for thing in things]).select_related("locale")
        groups: dict[Any, dict[str, Page]] = {}
        for page in pages.order_by("path"):
            if issubclass(page.specific_class or Page, HubPage):
                groups.setdefault(page.translation_key, {})[page.locale.language_code] = page
        for group in groups.values():
            dates = [page.last_published_at for page in group.values() if page.last_published_at]
            yield _urls({code: page.get_url() for code, page in group.items()}), max(dates, default=None)


class FirmSitemap(_LanguageSitemap):
    """Listed firms; the page of a firm is there in every language."""

    limit = FIRMS

    def items(self) -> Any:
        return Firm.objects.listed().order_by("pk").values_list("slug", "last_published_at")

    def get_latest_lastmod(self) -> datetime | None:
        return Firm.objects.listed().aggregate(latest=Max("last_published_at"))["latest"]

    def told(self, things: list[Any]) -> Iterator[tuple[Mapping[str, str], datetime | None]]:
        patterns: dict[str, str] = {}
        for code in LANGUAGES:
            with translation.override(code):
                patterns[code] = reverse("directory:firm", args=["SLUG"])
        for slug, changed in things:
            yield {code: pattern.replace("SLUG", slug) for code, pattern in patterns.items()}, changed


SITEMAPS: dict[str, Any] = {"pages": PageSitemap, "firms": FirmSitemap}


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponseBase:
    """The list of sitemaps."""
    answer: HttpResponseBase = index(request, SITEMAPS, sitemap_url_name="sitemap")
    return answer


@require_safe
def sitemap_part(request: HttpRequest, section: str) -> HttpResponseBase:
    """One sitemap; `?p=2` gives its second part."""
    answer: HttpResponseBase = sitemap(request, SITEMAPS, section=section)
    return answer


def _urls(found: Mapping[str, str | None]) -> dict[str, str]:
    return {code: url for code in LANGUAGES if (url := found.get(code))}


def _entry(path: str, changed: datetime | None, urls: Mapping[str, str], root: str) -> dict[str, Any]:
    alternates = [{"lang_code": code, "location": f"{root}{url}"} for code, url in urls.items()]
    return {
        "location": f"{root}{path}",
        "lastmod": changed,
        "alternates": alternates if len(alternates) > 1 else [],
    }
