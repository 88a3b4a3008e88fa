"""Owns the page that shows the register, at a path of the editor's choice."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from directory.views import register
from hub.pages import HubPage


class DirectoryPage(HubPage):
    """The search of the register, under a heading and an introduction of its own."""

    parent_page_types = ["cluster_pages.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("page of the register")
        verbose_name_plural = _("pages of the register")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The register as it is everywhere, here."""
        around = {"head": self.head(), "introduction": self.introduction}
        return register(request, url=self._url_here(request), around=around)

    def _url_here(self, request: HttpRequest) -> str:
        # Read by somebody of another language, the form and its filters stay in theirs.
        return request.path if self.is_foreign else self.get_url() or request.path
