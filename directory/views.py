"""Owns the public pages of the register: the search, what it suggests and exports, and a firm."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from hub.frame import frame_of
from hub.languages import LANGUAGES
from search import registry
from search.sentence import why_not
from search.state import MAX_TEXT, BadSearch

from .downloads import as_csv, as_xlsx
from .models import Firm, FormerSlug, GoneAddress
from .models.firm import FIRMS
from .placing import plain_url, register_url
from .presenting import FirmProfilePage, GoneFirmPage, ResultsPage, suggestion_groups

MOVED = 3600  # seconds for which a browser may believe that a firm has another address
_DOWNLOADS = {"csv": as_csv, "xlsx": as_xlsx}


@require_safe
def firms(request: HttpRequest) -> HttpResponse:
    """The register at its plain address; it leads to the page that an editor gave it, if any."""
    url = register_url()
    if url != plain_url():
        query = request.META.get("QUERY_STRING", "")
        return HttpResponseRedirect(f"{url}{'?' if query else ''}{query}")
    return register(request, url=url)


@require_safe
@vary_on_headers("HX-Request")
def register(request: HttpRequest, *, url: str, around: Mapping[str, Any] | None = None) -> HttpResponse:
    """The register, searched and filtered; only what changes when the page itself asks.

    `url` is where it is shown, and where its form, filters and pages lead; `around` is what the templates
    know of the page that shows it.
    """
    around = {"register_url": url, **(around or {})}
    search = registry.get(FIRMS)
    try:
        state = search.read(_query(request))
        results = search.search(state)
    except BadSearch as refusal:
        return _refused(request, refusal, around)
    page = ResultsPage.of(search, state, results, _language(), url)
    context = {**around, "page": page, "text": state.text, "max_text": MAX_TEXT}
    if _is_swap(request) and not page.is_beyond:
        response = render(request, "directory/_swap.html", context)
        response["HX-Push-Url"] = page.url
        # The same address is a whole page to everybody else, the Back button included.
        response["Cache-Control"] = "no-store"
        return response
    return render(request, "directory/directory.html", context, status=404 if page.is_beyond else 200)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Lines to offer under the search box; a fragment that is empty when there is nothing to offer."""
    search = registry.get(FIRMS)
    try:
        state = search.read(_query(request))
        found = search.suggest(state.text, _language())
    except BadSearch:
        return HttpResponse(status=400)
    groups = suggestion_groups(search, state, found)
    return render(request, "directory/_suggestions.html", {"groups": groups, "total": len(found)})


@require_safe
def firm(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Everything public of a firm; a former address leads to the present one, that of a gone one says so."""
    found = Firm.listed_by_slug(slug)
    if found is None:
        return _moved_or_gone(request, slug)
    page = FirmProfilePage.of(found, _language())
    head = page.head(_language(), frame_of(request, _language()).home_url)
    return render(request, "directory/firm.html", {"page": page, "head": head})


@require_safe
def export(request: HttpRequest, file_format: str) -> HttpResponseBase:
    """The firms of a search as a file: the same as on the page, in the same order."""
    search = registry.get(FIRMS)
    try:
        state = search.read(_query(request)).on_page(1)
        return _DOWNLOADS[file_format](search, state, _language())
    except BadSearch as refusal:
        return _refused(request, refusal, {"register_url": register_url()})


def _moved_or_gone(request: HttpRequest, slug: str) -> HttpResponse:
    """Where no firm is listed.

    :raises Http404: if none ever was.
    """
    former = FormerSlug.objects.filter(slug=slug, firm__in=Firm.objects.listed()).first()
    if former is not None:
        moved = HttpResponsePermanentRedirect(former.firm.get_absolute_url())
        # A browser keeps a 301 for ever; but a firm can get its address back, and a merge can be undone.
        patch_cache_control(moved, max_age=MOVED)
        return moved
    return gone(request, slug)


def listed_at(slug: str) -> Firm | None:
    """The listed firm at an address that it has or had."""
    listed = Firm.objects.listed().select_related("region")
    former = FormerSlug.objects.filter(slug=slug).values("firm")
    return listed.filter(slug=slug).first() or listed.filter(pk__in=former).first()


def gone(request: HttpRequest, slug: str) -> HttpResponse:
    """Says that the firm of an address is gone, and who else is in its sectors.

    :raises Http404: if none ever was listed there.
    """
    remembered = GoneAddress.objects.of(slug).first()
    if remembered is None:
        raise Http404
    page = GoneFirmPage.of(remembered, _language())
    return render(request, "directory/gone.html", {"page": page}, status=410)


def _refused(request: HttpRequest, refusal: BadSearch, around: Mapping[str, Any]) -> HttpResponse:
    """The search cannot be run: says why in plain words and keeps what was typed."""
    typed = " ".join(request.GET.get("q", "").replace("\0", " ").split())[: 4 * MAX_TEXT]
    context = {**around, "reason": why_not(refusal), "text": typed, "max_text": MAX_TEXT}
    return render(request, "directory/bad_search.html", context, status=400)


def _query(request: HttpRequest) -> Mapping[str, Sequence[str]]:
    return {name: [str(value) for value in values] for name, values in request.GET.lists()}


def _is_swap(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers


def _language() -> str:
    language = (get_language() or "")[:2]
    return language if language in LANGUAGES else LANGUAGES[0]
