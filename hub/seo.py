"""Owns what a page says of itself to machines: its address, its languages, its place."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString, mark_safe

# A text inside a script must not be able to end it, whatever an editor typed.
_INERT = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@dataclass(frozen=True, slots=True)
class Crumb:
    """A page above this one."""

    label: str
    url: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class ShareImage:
    """The picture that is shown where somebody shares the page."""

    url: str
    width: int
    height: int
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """Facts of a page for its head. Addresses are paths of this site.

    `language` is that of the text, which may not be the reader's; `addresses` maps each language in which the
    page exists to its address there; `path` is the address that counts when there are several.
    """

    path: str
    language: str
    addresses: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    description: str = ""
    crumbs: Sequence[Crumb] = ()
    image: ShareImage | None = None
    kind: str = "website"

    @property
    def default_path(self) -> str:
        """The address for readers of none of the languages: English, or else the first there is."""
        return self.addresses.get("en") or next(iter(self.addresses.values()), self.path)


def organisation(name: str, url: str, logo: str) -> dict[str, Any]:
    """Who speaks here. Source: https://schema.org/Organization"""
    return {"@context": "https://schema.org", "@type": "Organization", "name": name, "url": url, "logo": logo}


def breadcrumb_list(crumbs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Names and absolute addresses from the home page down. Source: https://schema.org/BreadcrumbList"""
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": url}
            for position, (name, url) in enumerate(crumbs, 1)
        ],
    }


def json_ld(facts: Mapping[str, Any]) -> SafeString:
    """Facts as a script that no browser runs.

    >>> json_ld({"name": "</script>"})
    '<script type="application/ld+json">{"name": "\\\\u003c/script\\\\u003e"}</script>'
    """
    text = json.dumps(facts, ensure_ascii=False).translate(_INERT)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - made inert above
