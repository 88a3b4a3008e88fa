"""Owns how a facet is declared: one frozen line per facet drives index, form, counts, sentence and API."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from .documents import FacetValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A way to narrow a search. OR inside a facet, AND between facets.

    `values` lists what it can be, in the order of the form. `words` is a translatable template for the
    sentence that says what is shown: with `%(value)s` for labels as they are ("in %(value)s"), with
    `%(lower)s` for such as begin small inside a sentence; it may be a lazy plural over "count" ("that uses
    %(lower)s", "that use %(lower)s"). `typed` says what its labels are in the search box: "concept" (tagged,
    mentioned or the words themselves), "place" (also offered as a filter) or nothing. A tree's documents
    carry the values of all ancestors. `widened_by` names a facet whose values count as well when the visitor
    asks for it (*also serves* beside region); that facet is `hidden` from the form.
    """

    name: str
    label: Any
    values: Callable[[], Iterable[FacetValue]]
    words: Any = "%(value)s"
    typed: Literal["", "concept", "place"] = ""
    tree: bool = False
    widened_by: str = ""
    widened_label: Any = ""
    hidden: bool = False
