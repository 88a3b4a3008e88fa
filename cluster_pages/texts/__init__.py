"""Owns the texts that pages are made with, and how they are read."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Self

HERE = Path(__file__).parent
# Parents come before what lies below them.
ORDER = (
    *("home", "directory", "clusters", "regions"),
    *("cluster_digital-creative", "cluster_food-drink", "cluster_mechatronics", "cluster_new-materials"),
    *("about", "contact", "privacy", "accessibility", "legal"),
)
# What only the people who run the hub can write, and must, before the site is public.
DRAFTS = ("contact", "privacy", "accessibility", "legal")


@dataclass(frozen=True, slots=True)
class PageText:
    """A page to be made in every language: its type, its place, and what it says in each."""

    key: str
    type: str
    parent: str
    cluster: str
    in_menus: bool
    in_footer: bool
    is_draft: bool
    said: Mapping[str, Mapping[str, Any]]

    @classmethod
    def read(cls, key: str) -> Self:
        """The text of a key, as its file has it."""
        told = _read(key)
        return cls(
            key=key,
            type=told["type"],
            parent=told.get("parent", ""),
            cluster=told.get("cluster", ""),
            in_menus=told.get("in_menus", False),
            in_footer=told.get("in_footer", False),
            is_draft=told.get("draft", False),
            said={language: said for language, said in told.items() if isinstance(said, dict)},
        )

    def body(self, language: str, *, with_demo: bool) -> list[dict[str, Any]]:
        """The blocks in a language; those that are invented only where that is wanted."""
        blocks: Sequence[Mapping[str, Any]] = self.said[language].get("body", ())
        return [
            {"type": block["type"], "value": block["value"]}
            for block in blocks
            if with_demo or not block.get("demo")
        ]


def demo_words(language: str) -> Mapping[str, str]:
    """What a demo puts where a draft leaves something open."""
    words: Mapping[str, str] = _read("demo")[language]
    return words


def hub_introduction(language: str, region: str) -> str:
    """What the page of a region's hub says first, until somebody there writes it anew."""
    return str(_read("regions")[language]["hub"]).format(region=region)


@cache
def _read(key: str) -> dict[str, Any]:
    with (HERE / f"{key}.toml").open("rb") as file:
        return tomllib.load(file)
