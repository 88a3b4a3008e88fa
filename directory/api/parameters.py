"""Owns the parameters of the search of firms, made from the facets that the register declares once."""

from collections.abc import Iterator
from typing import Any, Literal

from django.utils import translation
from pydantic import BaseModel, Field, create_model

from hub.schemas import Answer, LanguageCode
from search.faceted import FacetedSearch
from search.facets import Facet
from search.state import MAX_PAGE, MAX_TEXT, MAX_VALUES, SORTS

# What stands in the documentation for each facet; the values themselves are data.
_EXAMPLES = {"sector": "food-drink", "region": "kent", "kind": "sme", "offers": "test-site"}


def parameters_of(search: FacetedSearch) -> type[BaseModel]:
    """One parameter per facet, the words, the order, the page and the language of the answer."""
    with translation.override("en"):
        return create_model("FirmParameters", __base__=Answer, **dict(_fields(search)))


def known_names(search: FacetedSearch) -> frozenset[str]:
    """The names of all parameters."""
    facets = (facet.name for facet in search.shown_facets)
    return frozenset({"q", "sort", "page", "lang", *facets, *search.widening.values()})


def _fields(search: FacetedSearch) -> Iterator[tuple[str, Any]]:
    words = "the words, at most 16, in any of the three languages"
    yield "q", (str, Field("", max_length=MAX_TEXT, description=words, examples=["3d printing kortrijk"]))
    for facet in search.shown_facets:
        yield facet.name, _filter(facet)
        if facet.widened_by:
            wider = f"1: {str(facet.widened_label).lower()}"
            yield facet.widened_by, (Literal["0", "1"], Field("0", description=wider))
    yield "sort", (Literal[SORTS], Field("relevance", description="the order"))
    page = f"of 20 firms each, at most {MAX_PAGE}"
    yield "page", (int, Field(1, ge=1, le=MAX_PAGE, description=page))
    yield "lang", (LanguageCode, Field("en", description="the language of labels, sentence and `url`"))


def _filter(facet: Facet) -> Any:
    example = _EXAMPLES.get(facet.name)
    return (
        list[str],
        Field(
            default_factory=list,
            max_length=MAX_VALUES,
            description=f"{facet.label}: values as `facets` lists them; repeat for any of several",
            examples=[[example]] if example else None,
        ),
    )
