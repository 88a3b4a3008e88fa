"""Owns what one hit shows: the firm's card, the passage where the words stand, and where they were found."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.models import Kind
from hub.languages import LANGUAGES
from search.faceted import FacetedSearch
from search.highlight import Highlighter, Segment
from search.results import Hit

# What a visitor reads for each field in which words were found; two fields may be one to a reader.
FIELDS = {
    "name": gettext_lazy("name"),
    "label": gettext_lazy("sector or capability"),
    "tagged": gettext_lazy("sector or capability"),
    "place": gettext_lazy("place"),
    "tagline": gettext_lazy("tagline"),
    "text": gettext_lazy("description"),
}


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a text in its language, with what was searched for marked; `label` says of which part."""

    segments: Sequence[Segment]
    language: str
    label: str = ""
    is_cut_before: bool = False
    is_cut_after: bool = False

    @property
    def has_hit(self) -> bool:
        """Whether anything searched for stands in it."""
        return any(segment.is_hit for segment in self.segments)


@dataclass(frozen=True, slots=True)
class FirmCard:
    """A hit as the list shows it. `tagline` and `passage` may be in another language than the page."""

    url: str
    name: Sequence[Segment]
    kind: str
    place: str
    sectors: Sequence[str]
    capabilities: Sequence[str]
    tagline: Excerpt | None
    passage: Excerpt | None
    found: Sequence[str]
    confirmed: date | None
    is_demo: bool

    @property
    def has_text(self) -> bool:
        """Whether the firm has written about itself, in any language."""
        return self.tagline is not None or self.passage is not None


def cards(
    search: FacetedSearch, hits: Iterable[Hit], highlighter: Highlighter, language: str
) -> list[FirmCard]:
    """The cards of a page of hits, for a visitor in a language; no queries."""
    kinds = {str(kind.value): str(kind.label) for kind in Kind}
    # A card can be gone when a firm was withdrawn between the two statements of a search.
    return [_card(search, hit, highlighter, language, kinds) for hit in hits if hit.card]


def place_of(town: str, region: str) -> str:
    """Town and region; said once where both have one name, as in Brussels."""
    return ", ".join(dict.fromkeys(filter(None, (town, region))))


def _card(
    search: FacetedSearch, hit: Hit, highlighter: Highlighter, language: str, kinds: Mapping[str, str]
) -> FirmCard:
    card = hit.card
    confirmed = card["confirmed"]
    name = highlighter.segments(card["name"])
    tagline = _best(_taglines(card["texts"], highlighter, language), hit, "tagline")
    passage = _best(_passages(card["texts"], highlighter, language), hit, "text")
    return FirmCard(
        url=reverse("directory:firm", args=[card["slug"]]),
        name=name,
        kind=kinds.get(card["kind"], card["kind"]),
        place=place_of(card["town"], card["region"].get(language, "")),
        sectors=[search.label("sector", slug, language) for slug in card["sectors"]],
        capabilities=[search.label("capability", slug, language) for slug in card["capabilities"]],
        tagline=tagline,
        passage=passage,
        found=_found(hit, name, tagline, passage),
        confirmed=date.fromisoformat(confirmed) if confirmed else None,
        is_demo=bool(card.get("demo")),
    )


def _found(hit: Hit, name: Sequence[Segment], tagline: Excerpt | None, passage: Excerpt | None) -> list[str]:
    """Where the words were found, as a reader says it: the fields of the hit, and what is marked in the card.

    A mention says that a text names the capability, but not which text: there the marks say it.
    """
    found = set(hit.found)
    if any(segment.is_hit for segment in name):
        found.add("name")
    if tagline and tagline.has_hit:
        found.add("tagline")
    if passage and passage.has_hit:
        found.add("text")
    return list(dict.fromkeys(str(label) for field, label in FIELDS.items() if field in found))


def _by_preference(language: str) -> Iterable[str]:
    return dict.fromkeys((language, *LANGUAGES))


def _taglines(texts: Mapping[str, Any], highlighter: Highlighter, language: str) -> Iterator[Excerpt]:
    for code in _by_preference(language):
        words = texts.get(code, {}).get("tagline", "")
        if words:
            yield Excerpt(highlighter.segments(words, code), code)


def _passages(texts: Mapping[str, Any], highlighter: Highlighter, language: str) -> Iterator[Excerpt]:
    """A passage of everything else that a firm says, the visitor's language first."""
    labels = {"description": "", "offers": _("Offers:"), "looks_for": _("Looks for:")}
    for code in _by_preference(language):
        for part, label in labels.items():
            words = texts.get(code, {}).get(part, "")
            if words:
                found = highlighter.passage(words, code)
                yield Excerpt(found.segments, code, label, found.is_cut_before, found.is_cut_after)


def _best(excerpts: Iterator[Excerpt], hit: Hit, field: str) -> Excerpt | None:
    """The first with a word of the search in it; else the first."""
    first = next(excerpts, None)
    if first is None or first.has_hit or not {field, "mention"} & set(hit.found):
        return first
    return next((excerpt for excerpt in excerpts if excerpt.has_hit), first)
