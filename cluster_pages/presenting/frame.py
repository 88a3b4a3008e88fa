"""Owns what stands around every page: the menu, the clusters and the notices of the reader's language."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F, Q
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from wagtail.models import Page

from cluster_pages.placing import root_path
from hub.frame import EMPTY, Entry, Frame
from hub.pages import for_everybody

HOME_DEPTH = 2


class _Shown(NamedTuple):
    """What a link to a page needs."""

    title: str
    url_path: str
    depth: int
    show_in_menus: bool
    in_footer: bool | None
    cluster_id: int | None


def frame(request: HttpRequest, language: str) -> Frame:
    """The frame in a language, in one query."""
    root = root_path(language)
    try:
        search_url, home_url = reverse("cluster_pages:search"), reverse("wagtail_serve", args=[""])
    except NoReverseMatch:
        # A host that shows the register, but none of our pages.
        return EMPTY
    shown = _shown(root) if root else ()

    def entries(kind: Callable[[_Shown], bool]) -> list[Entry]:
        # As Wagtail makes an address, but of all pages at once.
        found = [
            (page.title, f"{home_url}{page.url_path.removeprefix(root)}") for page in shown if kind(page)
        ]
        return [Entry(title, url, request.path.startswith(url)) for title, url in found]

    return Frame(
        home_url=home_url,
        search_url=search_url,
        menu=entries(lambda page: page.show_in_menus and page.depth == HOME_DEPTH + 1),
        clusters=entries(lambda page: page.cluster_id is not None),
        legal=entries(lambda page: bool(page.in_footer)),
    )


def _shown(root: str) -> Sequence[_Shown]:
    with connection.cursor() as cursor:
        cursor.execute(*_statement(root))
        return [_Shown(*row) for row in cursor.fetchall()]


@lru_cache(maxsize=64)
def _statement(root: str) -> tuple[str, Sequence[Any]]:
    # Every page asks this, and putting it together takes three times as long as asking it.
    asked = Q(show_in_menus=True) | Q(in_footer=True) | Q(cluster_id__isnull=False)
    found = (
        Page.objects.live()
        .filter(for_everybody())
        .filter(url_path__startswith=root)
        .annotate(
            in_footer=F("cluster_pages_standardpage__in_footer"),
            cluster_id=F("cluster_pages_clusterpage__cluster_id"),
        )
        .filter(asked)
        .order_by("path")
    )
    return found.values_list(*_Shown._fields).query.sql_with_params()
