"""Owns what can be asked of the firms: a search with every facet of the register, and one firm."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from ninja import Query, Router
from pydantic import BaseModel

from directory.models import Firm, FormerSlug, GoneAddress
from directory.models.firm import FIRMS
from hub.api import SECONDS
from hub.problems import ProblemFound
from hub.schemas import LanguageCode, Problem
from search import registry
from search.faceted import FacetedSearch
from search.sentence import why_not
from search.state import BadSearch

from .listing import firm_list
from .parameters import known_names, parameters_of
from .profile import everything, firm_answer
from .schemas import FirmAnswer, FirmList


def firms_router(search: FacetedSearch) -> Router:
    """Search and detail; the parameters are the facets that the search declares."""
    router = Router(tags=["firms"])
    parameters = parameters_of(search)

    @router.get("/", response={200: FirmList, 422: Problem}, summary="Search firms", operation_id="firms")
    def firms(request: HttpRequest, asked: Query[parameters]) -> FirmList:  # type: ignore[valid-type]
        """A page of twenty firms, best first, with where the words were found and the counts of all facets.

        OR inside a facet (repeat the parameter), AND between facets. A value that nobody has matches nothing.
        Words are ANDed and understood in English, French and Dutch; `"a phrase"` and `-word` work.
        """
        return _searched(request, cast(BaseModel, asked))

    router.get(
        "/{slug:slug}/",
        response={200: FirmAnswer, 301: None, 404: Problem, 410: Problem, 422: Problem},
        summary="One firm",
        operation_id="firm",
    )(firm)
    return router


def firm(request: HttpRequest, slug: str, lang: LanguageCode = "en") -> Any:
    """Everything public of a firm. A former short name leads to the present one (301); 410: it is gone.

    `lang` is the language of the page in `url`.
    """
    found = everything(slug)
    if found is not None:
        with translation.override(lang):
            return firm_answer(request, found)
    former = (
        FormerSlug.objects.filter(slug=slug, firm__in=Firm.objects.listed()).select_related("firm").first()
    )
    if former is not None:
        return _moved(request, former.firm.slug)
    if GoneAddress.objects.of(slug).exists():
        raise ProblemFound(410, "This firm is no longer listed. Nothing about it is kept here.")
    raise ProblemFound(404, "No firm is or was listed under this name.")


def _moved(request: HttpRequest, slug: str) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    url = reverse("hub-api:firm", args=[slug])
    moved = HttpResponsePermanentRedirect(f"{url}{'?' if query else ''}{query}")
    # As any answer: without it a browser would keep a 301 for ever, and a firm can get its name back.
    patch_cache_control(moved, public=True, max_age=SECONDS)
    return moved


def _searched(request: HttpRequest, asked: BaseModel) -> FirmList:
    search = registry.get(FIRMS)
    unknown = sorted(set(request.GET) - known_names(search))
    if unknown:
        # An unknown name would leave a filter out without a word: every firm would be found.
        named = ", ".join(unknown)[:200]
        raise ProblemFound(422, f"There is no parameter of this name: {named}.")
    language = str(getattr(asked, "lang"))  # noqa: B009
    with translation.override(language):
        try:
            state = search.read({name: [str(each) for each in told] for name, told in request.GET.lists()})
            return firm_list(request, search, state, language)
        except BadSearch as refusal:
            raise ProblemFound(422, str(why_not(refusal))) from refusal
