"""Owns the names of towns in other languages: Gent, Gand and Ghent are one town."""

import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

PLACES = Path(__file__).parent / "vocabularies" / "places.toml"


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    with PLACES.open("rb") as file:
        places = tomllib.load(file)["place"]
    names: dict[str, tuple[str, ...]] = {}
    for place in places:
        for name in place["names"]:
            key = _key(name)
            names[key] = tuple(dict.fromkeys((*names.get(key, ()), *place["names"])))
    return names


@lru_cache(maxsize=10_000)
def names_of_town(town: str) -> tuple[str, ...]:
    """Every name of a town, the given one first; only the given one if it has no other that we know.

    For "Courtrai": ("Courtrai", "Kortrijk").
    """
    if not town:
        return ()
    return tuple(dict.fromkeys((town, *_names().get(_key(town), ()))))


def _key(name: str) -> str:
    folded = "".join(
        char for char in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(char)
    )
    return " ".join(folded.replace("-", " ").split())
