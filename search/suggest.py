"""Owns what is offered while somebody types: things by name, and values of facets by label, with counts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .analysis import plain, tokens
from .documents import FacetValue
from .results import Results

# Things come first, but leave room for values.
_THINGS = 4


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


def things(results: Results) -> list[Suggestion]:
    """The things whose names hold the words, from the results of a search for them."""
    named = [hit for hit in results.hits if "name" in hit.found]
    return [
        Suggestion("", str(hit.key), str(hit.card.get("name", hit.key)), count=1, card=hit.card)
        for hit in named
    ]


def values(
    text: str,
    language: str,
    facets: Mapping[str, Sequence[FacetValue]],
    count: Callable[[str, str], int],
) -> list[Suggestion]:
    """The values in whose labels every typed word begins a word, in any language; what begins so comes first.

    Then what more things have. Values that nothing has are not offered.
    """
    typed = _words(text)
    found: list[tuple[tuple[int, int, int], Suggestion]] = []
    for facet, known in facets.items():
        for value in known:
            rank = max((_rank(typed, _words(label)) for label in _labels(value)), default=0)
            number = count(facet, value.value) if rank else 0
            if number:
                suggestion = Suggestion(facet, value.value, value.label(language), number)
                found.append(((-rank, -number, len(found)), suggestion))
    return [suggestion for _, suggestion in sorted(found, key=lambda ranked: ranked[0])]


def together(named: Sequence[Suggestion], filters: Sequence[Suggestion], limit: int) -> list[Suggestion]:
    """Both kinds within a limit: half of it is kept for either as long as there is enough of it."""
    room = max(min(_THINGS, limit - limit // 2), limit - len(filters))
    shown = list(named[:room])
    return shown + list(filters[: limit - len(shown)])


def _labels(value: FacetValue) -> Iterator[str]:
    yield from value.labels.values()
    yield from value.also


def _words(text: str) -> list[str]:
    return [plain(token.surface) for token in tokens(text)]


def _rank(typed: Sequence[str], label: Sequence[str]) -> int:
    """2: the label begins with what is typed; 1: each typed word begins a word of it; 0: neither."""
    if not typed or not all(any(word.startswith(begun) for word in label) for begun in typed):
        return 0
    begins = list(label[: len(typed) - 1]) == list(typed[:-1]) and label[len(typed) - 1].startswith(typed[-1])
    return 2 if begins else 1
