"""Owns what the API tells of the two closed vocabularies."""

from typing import cast
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from ninja import Router

from directory.models import Capability, Sector
from directory.models.firm import FIRMS
from hub.languages import LANGUAGES
from hub.schemas import LanguageCode, Problem, Texts
from search import registry
from search.state import SearchState

from .schemas import TermAnswer

ANSWERS = {200: list[TermAnswer], 422: Problem}
sectors, capabilities = Router(tags=["sectors"]), Router(tags=["capabilities"])


@sectors.get("/", response=ANSWERS, summary="All sectors", operation_id="sectors")
def sector_list(request: HttpRequest, lang: LanguageCode = "en") -> list[TermAnswer]:
    """What firms can be in, with other words for it. `lang` is the language of the pages in `url`."""
    return _terms(request, Sector, "sector", lang)


@capabilities.get("/", response=ANSWERS, summary="All capabilities", operation_id="capabilities")
def capability_list(request: HttpRequest, lang: LanguageCode = "en") -> list[TermAnswer]:
    """What firms can use or do, with other words for it. `lang` is the language of the pages in `url`."""
    return _terms(request, Capability, "capability", lang)


def _terms(
    request: HttpRequest, model: type[Sector] | type[Capability], facet: str, language: str
) -> list[TermAnswer]:
    counts = registry.get(FIRMS).search(SearchState()).counts.get(facet, {})
    with translation.override(language):
        register = request.build_absolute_uri(reverse("directory:firms"))
    return [
        TermAnswer(
            slug=term.slug,
            label=Texts.of(term, "name"),
            also={cast(LanguageCode, code): tuple(getattr(term, f"also_{code}")) for code in LANGUAGES},
            firms=counts.get(term.slug, 0),
            url=f"{register}?{urlencode({facet: term.slug})}",
        )
        for term in model.objects.order_by("name")
    ]
