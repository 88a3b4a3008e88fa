"""Owns which searches exist. Apps register theirs in `AppConfig.ready()`; this app knows none by name."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .faceted import FacetedSearch

_searches: dict[str, "FacetedSearch"] = {}


def register(search: "FacetedSearch") -> None:
    """Makes a search known under the name of its index; the last one of a name wins."""
    _searches[search.index] = search


def unregister(index: str) -> None:
    """Forgets a search; for tests and for hosts that replace one."""
    _searches.pop(index, None)


def get(index: str) -> "FacetedSearch":
    """The search over an index.

    :raises LookupError: if no app has registered it.
    """
    try:
        return _searches[index]
    except KeyError:
        raise LookupError(f"No app has registered a search over {index!r}.") from None


def all() -> tuple["FacetedSearch", ...]:
    """Every search, by the name of its index."""
    return tuple(_searches[index] for index in sorted(_searches))
