"""Owns the public views of pages: the door, the search, and a page in the reader's language or another."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, get_language_from_request
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from cluster_pages.placing import moved_register, page_at
from cluster_pages.presenting.search import SiteSearch
from hub.languages import LANGUAGES
from search.sentence import why_not
from search.state import MAX_TEXT, BadSearch, SearchState


@require_safe
@vary_on_headers("Accept-Language", "Cookie")
def door(request: HttpRequest) -> HttpResponse:
    """Leads to the home page in the language last read, or else in the browser's."""
    return HttpResponseRedirect(f"/{get_language_from_request(request)}/")


def page(request: HttpRequest, path: str) -> HttpResponseBase:
    """A page at its path in this language; if there is none, the page of that path in another language.

    Such a page leads to its translation if it has one; otherwise the original is shown. Where the register
    was a moment ago, one is led to where it is.

    :raises Http404: if no language has a page there.
    """
    known = page_at(path, get_language() or LANGUAGES[0])
    if known is not None:
        request._wagtail_route_for_request = RouteResult(known)  # type: ignore[attr-defined]
    try:
        answer: HttpResponseBase = serve(request, path)
        return answer
    except Http404:
        found = _elsewhere(request, path)
        instead = _in_this_language(found.page) if found else moved_register(request.path)
        if not found and not instead:
            raise
    if instead:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponseRedirect(f"{instead}{'?' if query else ''}{query}")
    request._wagtail_route_for_request = found  # type: ignore[attr-defined]
    shown: HttpResponseBase = serve(request, path)
    return shown


def _elsewhere(request: HttpRequest, path: str) -> RouteResult | None:
    """The page of this path in the first other language that has one."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    homes = {
        home.locale.language_code: home
        for home in site.root_page.get_translations(inclusive=True).live().select_related("locale").specific()
    }
    steps = [step for step in path.split("/") if step]
    for language in LANGUAGES:
        if language == get_language() or language not in homes:
            continue
        try:
            found: RouteResult = homes[language].route(request, list(steps))
        except Http404:
            continue
        return found
    return None


def _in_this_language(found: Page) -> str:
    translations = found.get_translations().live().filter(locale__language_code=get_language())
    translated = translations.first()
    return (translated.get_url() if translated else "") or ""


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Firms and pages for the words of the header's search box."""
    language = get_language() or LANGUAGES[0]
    typed = [str(text) for text in request.GET.getlist("q")]
    try:
        found = SiteSearch.of(SearchState.read({"q": typed}, (), {}), language)
    except BadSearch as refusal:
        kept = " ".join("".join(typed[-1:]).replace("\0", " ").split())[: 4 * MAX_TEXT]
        context = {"reason": why_not(refusal), "site_text": kept}
        return render(request, "cluster_pages/search.html", context, status=400)
    return render(request, "cluster_pages/search.html", {"found": found, "site_text": found.text})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What machines may read: all that is public, but no search in all its endless forms."""
    context = {"sitemap": request.build_absolute_uri(reverse("sitemap_index"))}
    return render(request, "cluster_pages/robots.txt", context, content_type="text/plain; charset=utf-8")
