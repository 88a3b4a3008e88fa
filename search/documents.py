"""Owns what a thing is to the search: its words, its facet values, its place in every order, and its card."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

Language = Literal["en", "fr", "nl"]
LANGUAGES: tuple[Language, ...] = ("en", "fr", "nl")
# Where words can stand, best first.
TextField = Literal["name", "label", "place", "tagline", "text"]


class Text(NamedTuple):
    """Something written. Names, labels and places are in no one language: `language` is empty."""

    field: TextField
    words: str
    language: Language | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One thing that can be found, as the public may see it and nothing more.

    `key` is its primary key; `values` maps a facet's name to the values it has, ancestors in a tree included.
    Sort keys: `name` as it is shown; `confirmed` and `created` in whole seconds since 1970 (0: never);
    `quality` from 0 to 255. `card` is what a list of results shows, ready for JSON.
    """

    key: int
    name: str
    texts: tuple[Text, ...] = ()
    values: Mapping[str, frozenset[str]] = field(default_factory=dict)
    quality: int = 0
    confirmed: int = 0
    created: int = 0
    card: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value that a facet can have, in three languages.

    `parent` is the value above it in a tree. `also` are alternative terms: the labels and these are what a
    visitor may type for it, when the facet is one of concepts or of places.
    """

    value: str
    labels: Mapping[str, str]
    also: tuple[str, ...] = ()
    parent: str = ""

    def label(self, language: str) -> str:
        """The label in a language, or else in English, or else the value itself."""
        return self.labels.get(language) or self.labels.get("en") or self.value
