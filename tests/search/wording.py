"""Owns a search whose facets have words, for the tests of sentence and form; it answers nothing."""

from collections.abc import Mapping, Sequence

from django.utils.translation import ngettext_lazy

from search.documents import FacetValue
from search.faceted import FacetedSearch
from search.facets import Facet


def values(*labels: str, parents: Mapping[str, str] | None = None) -> list[FacetValue]:
    """Facet values named after their English labels: "West Flanders" is `west-flanders`."""
    return [
        FacetValue(slug(label), {"en": label}, parent=slug((parents or {}).get(label, "")))
        for label in labels
    ]


def slug(label: str) -> str:
    """The value that `values` gives to a label."""
    return label.lower().replace(" ", "-")


REGIONS = values(
    "Belgium",
    "Flanders",
    "West Flanders",
    "England",
    "Kent",
    parents={"Flanders": "Belgium", "West Flanders": "Flanders", "Kent": "England"},
)
CAPABILITIES = values("Welding", "3D printing", "Mechatronics", "VR", "Brewing")


class WordedSearch(FacetedSearch):
    """Facets of every sort, with the values that a test gives."""

    index = "worded"
    noun = ngettext_lazy("%(count)d firm", "%(count)d firms", "count")
    facets = (
        Facet(
            name="capability",
            label="Uses",
            values=lambda: CAPABILITIES,
            words=ngettext_lazy("that uses %(lower)s", "that use %(lower)s", "count"),
            typed="concept",
        ),
        Facet(
            name="region",
            label="Region",
            values=lambda: REGIONS,
            words="in %(value)s",
            typed="place",
            tree=True,
            widened_by="serves",
            widened_label="Also firms from elsewhere",
        ),
        Facet(name="serves", label="Also serves", values=lambda: REGIONS, tree=True, hidden=True),
        Facet(
            name="kind", label="Kind", values=lambda: values("SME", "Network"), words="of the kind %(lower)s"
        ),
    )

    def __init__(self, **given: Sequence[FacetValue]) -> None:
        self._values = {facet.name: list(facet.values()) for facet in self.facets} | {
            name: list(each) for name, each in given.items()
        }

    def values(self, facet: str) -> Sequence[FacetValue]:
        return self._values[facet]

    def label(self, facet: str, value: str, language: str) -> str:
        return next((each.label(language) for each in self._values[facet] if each.value == value), value)
