"""Owns what the project does to every request: its language, and which pages get the strict policy."""

from http import HTTPStatus

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.translation import get_language_from_path, get_language_from_request

NOT_PAGES = ("/admin/", "/documents/", "/api/")
INLINE_SCRIPTS = ("/admin/", "/documents/")
FILES = ("/static/", "/media/")
REMEMBERED = 365 * 24 * 3600  # seconds


class SiteLocaleMiddleware(LocaleMiddleware):
    """Django's own, but a 404 outside the public pages stays a 404 and is not redirected to `/en/...`.

    The language last read is remembered, in a cookie, where `/` would answer in another one without it.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith((*NOT_PAGES, *FILES)):
            return response
        answer: HttpResponseBase = super().process_response(request, response)
        read = get_language_from_path(request.path_info)
        if read and _is_a_page(request, response) and read != get_language_from_request(request):
            answer.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                read,
                max_age=REMEMBERED,
                secure=request.is_secure(),
                httponly=True,
                samesite="Lax",
            )
        return answer


def _is_a_page(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether somebody reads this: a page that was asked for and is there."""
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    return is_page and request.method == "GET" and response.status_code == HTTPStatus.OK


class PublicContentSecurityPolicyMiddleware(CSPMiddleware):
    """The strict policy on public pages; Wagtail's admin needs inline scripts and gets none."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith(INLINE_SCRIPTS):
            return response
        return super().process_response(request, response)
