"""Owns what the project does to every request: its language, and which pages get the strict policy."""

from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware

NOT_PUBLIC = ("/admin/", "/documents/", "/api/")
FILES = ("/static/", "/media/")


class SiteLocaleMiddleware(LocaleMiddleware):
    """Django's own, but a 404 outside the public pages stays a 404 and is not redirected to `/en/...`."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith((*NOT_PUBLIC, *FILES)):
            return response
        return super().process_response(request, response)


class PublicContentSecurityPolicyMiddleware(CSPMiddleware):
    """The strict policy on public pages; Wagtail's admin needs inline scripts and gets none."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith(NOT_PUBLIC):
            return response
        return super().process_response(request, response)
