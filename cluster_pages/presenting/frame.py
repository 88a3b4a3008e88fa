"""Owns what stands around every page: the menu, the clusters and the notices of the reader's language."""

from collections.abc import Iterable

from django.db.models import F, Q
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from wagtail.models import Page

from cluster_pages.placing import root_path
from hub.frame import EMPTY, Entry, Frame

HOME_DEPTH = 2


def frame(request: HttpRequest, language: str) -> Frame:
    """The frame in a language, in one query."""
    root = root_path(language)
    try:
        search_url = reverse("cluster_pages:search")
    except NoReverseMatch:
        # A host that shows the register, but none of our pages.
        return EMPTY
    pages = list(_shown(root)) if root else []
    homes = [page for page in pages if page.url_path == root]
    return Frame(
        home_url=(homes[0].get_url() if homes else "") or f"/{language}/",
        search_url=search_url,
        menu=_entries(
            request, (page for page in pages if page.show_in_menus and page.depth == HOME_DEPTH + 1)
        ),
        clusters=_entries(request, (page for page in pages if page.cluster_id)),
        legal=_entries(request, (page for page in pages if page.in_footer)),
    )


def _shown(root: str) -> Iterable[Page]:
    asked = Q(url_path=root) | Q(show_in_menus=True) | Q(in_footer=True) | Q(cluster_id__isnull=False)
    return (
        Page.objects.live()
        .filter(url_path__startswith=root)
        .annotate(
            in_footer=F("cluster_pages_standardpage__in_footer"),
            cluster_id=F("cluster_pages_clusterpage__cluster_id"),
        )
        .filter(asked)
        .order_by("path")
    )


def _entries(request: HttpRequest, pages: Iterable[Page]) -> list[Entry]:
    found = [(page.title, page.get_url() or "") for page in pages]
    return [Entry(title, url, request.path.startswith(url)) for title, url in found if url]
