"""Owns what a visitor asked for, and how that is written into a URL and read back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self
from urllib.parse import urlencode

MAX_TEXT = 256  # characters
MAX_WORDS = 16
MAX_PAGE = 500
MAX_VALUES = 100  # chosen values of one facet
SORTS = ("relevance", "name", "confirmed", "newest")

# Control characters and lone surrogates come from broken or hostile clients and mean nothing. A text goes on
# without them; a value with one stays a value that nothing has, since dropping it would widen the search.
_NO_CHARACTERS = (*range(32), *range(0x7F, 0xA0), *range(0xD800, 0xE000))
_NO_TEXT = dict.fromkeys(_NO_CHARACTERS, " ")
_NO_VALUE = dict.fromkeys(_NO_CHARACTERS, "\ufffd")


class BadSearch(Exception):
    """The search cannot be run as asked; `reason` says what is wrong: text, words, page, values or sort."""

    def __init__(self, reason: str, limit: int = 0) -> None:
        super().__init__(f"{reason} {limit}".strip())
        self.reason = reason
        self.limit = limit


@dataclass(frozen=True, slots=True)
class SearchState:
    """What a visitor asked for; equal states give equal URLs.

    `widened` names the facets that are asked in their wider sense.
    """

    text: str = ""
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    widened: frozenset[str] = frozenset()
    sort: str = "relevance"
    page: int = 1

    @classmethod
    def read(
        cls, query: Mapping[str, Sequence[str]], facets: Iterable[str], widening: Mapping[str, str]
    ) -> Self:
        """The state that a query string asks for; `query` maps each parameter to all its values.

        `widening` maps a facet to the parameter that widens it (`{"region": "serves"}`). Unknown parameters
        are left alone; control characters in the text count as spaces.

        :raises BadSearch: if a limit is passed, or the page or the order is none.
        """
        text = _clean((query.get("q") or [""])[-1])
        if len(text) > MAX_TEXT:
            raise BadSearch("text", MAX_TEXT)
        chosen = {}
        for name in facets:
            values = frozenset(value.translate(_NO_VALUE) for value in query.get(name, ()) if value)
            if len(values) > MAX_VALUES or any(len(value) > MAX_TEXT for value in values):
                raise BadSearch("values", MAX_VALUES)
            if values:
                chosen[name] = values
        widened = frozenset(name for name, parameter in widening.items() if "1" in query.get(parameter, ()))
        sort = (query.get("sort") or ["relevance"])[-1] or "relevance"
        if sort not in SORTS:
            raise BadSearch("sort")
        page = _page((query.get("page") or [""])[-1] or "1")
        return cls(text=text, chosen=chosen, widened=widened, sort=sort, page=page)

    def pairs(self, widening: Mapping[str, str]) -> list[tuple[str, str]]:
        """The parameters of the URL, in an order that depends on nothing but the state."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [(name, value) for name in sorted(self.chosen) for value in sorted(self.chosen[name])]
        pairs += [(widening[name], "1") for name in sorted(self.widened)]
        if self.sort != "relevance":
            pairs.append(("sort", self.sort))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return pairs

    def querystring(self, widening: Mapping[str, str]) -> str:
        """The query string without its question mark; empty for the whole register."""
        return urlencode(self.pairs(widening))

    def without(self, facet: str, value: str) -> Self:
        """The same search with one filter removed, back on page 1.

        >>> SearchState(chosen={"sector": frozenset({"food"})}, page=3).without("sector", "food").chosen
        {}
        """
        return self._choosing(facet, self.chosen.get(facet, frozenset()) - {value})

    def with_value(self, facet: str, value: str) -> Self:
        """The same search with one filter more, back on page 1."""
        return self._choosing(facet, self.chosen.get(facet, frozenset()) | {value})

    def without_facet(self, facet: str) -> Self:
        """The same search with nothing chosen in one facet, back on page 1."""
        return self._choosing(facet, frozenset())

    def on_page(self, page: int) -> Self:
        """The same search, on another page."""
        return replace(self, page=page)

    def sorted_by(self, sort: str) -> Self:
        """The same search in another order, back on page 1."""
        return replace(self, sort=sort, page=1)

    def asking(self, text: str) -> Self:
        """The same filters with other words, back on page 1."""
        return replace(self, text=text, page=1)

    def is_empty(self) -> bool:
        """Whether nothing is asked: the whole register is shown."""
        return not (self.text or self.chosen)

    def _choosing(self, facet: str, values: frozenset[str]) -> Self:
        chosen = {name: kept for name, kept in self.chosen.items() if name != facet}
        if values:
            chosen[facet] = values
        return replace(self, chosen=chosen, page=1)


def _clean(text: str) -> str:
    return " ".join(text.translate(_NO_TEXT).split())


def _page(typed: str) -> int:
    # int() alone would accept "٣", "1_0" and raise on 5,000 digits.
    page = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 6 else 0
    if not 1 <= page <= MAX_PAGE:
        raise BadSearch("page", MAX_PAGE)
    return page
