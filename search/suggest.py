"""Owns what is offered while somebody types: things by name, and values of facets by label, with counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line under the search box.

    `facet` is empty for a thing itself, whose `value` is its key and whose `card` is filled. Otherwise
    `facet` and `value` make a filter, and `count` says how many things it would show.
    """

    facet: str
    value: str
    label: str
    count: int = 0
    card: Mapping[str, Any] = field(default_factory=dict)
