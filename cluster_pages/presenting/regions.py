"""Owns the partner regions as pages show them: a list with counts, and after it a schematic map."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import F

from cluster_pages.models import RegionalHubPage, RegionIndexPage
from directory.models.firm import FIRMS
from directory.placing import register_url
from hub.languages import LANGUAGES, in_language
from hub.models import Region
from hub.pages import address_for, for_everybody
from search import registry
from search.state import SearchState

# A sketch: north is up, neighbours are neighbours, and a region is as large as its name needs it to be.
# Outline, then where its number stands, in a picture of 720 by 500.
SHAPES: Mapping[str, tuple[str, int, int]] = {
    "kent": ("M0 122 60 102 150 92 238 102 252 140 232 192 180 226 120 240 60 228 0 238Z", 124, 158),
    "hauts-de-france": (
        "M262 300 300 264 372 252 420 304 470 334 540 354 600 402 640 444 622 500 250 500 240 420 230 350Z",
        412,
        404,
    ),
    "west-flanders": ("M384 244 450 198 528 160 548 202 540 262 552 318 530 342 480 322 432 292Z", 478, 244),
    "east-flanders": (
        "M560 198 620 190 690 180 714 220 702 292 660 332 600 348 564 322 554 262Z",
        632,
        244,
    ),
    "zeeland": ("M538 148 560 84 610 36 690 16 718 60 712 120 700 166 620 176 556 184Z", 632, 76),
}


@dataclass(frozen=True, slots=True)
class RegionCount:
    """A partner region, how many firms are in it, where they are listed, and where its hub is."""

    slug: str
    name: str
    firms: int
    url: str
    hub_url: str = ""

    @property
    def main_url(self) -> str:
        """Where its name leads: to its hub, or for want of one to its firms."""
        return self.hub_url or self.url


@dataclass(frozen=True, slots=True)
class MapRegion:
    """A region of the map: its outline, and where its number and the lines of its name stand."""

    region: RegionCount
    outline: str
    x: int
    y: int
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class RegionIndexFacts:
    """All partner regions, in a list and on a map."""

    regions: Sequence[RegionCount]
    map: Sequence[MapRegion]

    @classmethod
    def of(cls, page: RegionIndexPage, language: str) -> Self:
        """The facts of the page of all regions, in a fixed number of queries."""
        counts = registry.get(FIRMS).search(SearchState()).counts.get("region", {})
        regions = region_counts(counts, language, hubs=hub_urls(language))
        return cls(regions, region_map(regions))


def region_counts(
    counts: Mapping[str, int],
    language: str,
    filters: Mapping[str, str] | None = None,
    hubs: Mapping[str, str] | None = None,
) -> list[RegionCount]:
    """The partner regions with their firms, in one query; each leads to them, with more filters if asked.

    `hubs` are the addresses of the hubs of regions, by short name, for a page that leads there.
    """
    return [
        RegionCount(
            slug=region.slug,
            name=in_language(region, "name", language),
            firms=counts.get(region.slug, 0),
            url=f"{register_url()}?{urlencode({**(filters or {}), 'region': region.slug})}",
            hub_url=(hubs or {}).get(region.slug, ""),
        )
        for region in Region.objects.partners()
        .only("slug", *(f"name_{code}" for code in LANGUAGES))
        .order_by(f"name_{language}")
    ]


def hub_urls(language: str) -> dict[str, str]:
    """The page of each hub by its region's short name, for readers of a language: theirs, or the original."""
    pages: Any = (
        RegionalHubPage.objects.live()
        .filter(for_everybody(), locale__language_code__in=LANGUAGES)
        .select_related("locale")
        .annotate(slug_of_region=F("region__slug"), home=F("region__hub__home_language"))
        .only("url_path", "region_id", "locale__language_code")
    )
    urls: dict[str, str] = {}
    for page in sorted(pages, key=lambda page: (page.language != language, page.language != page.home)):
        urls.setdefault(page.slug_of_region, address_for(page, language))
    return urls


def region_map(regions: Sequence[RegionCount]) -> list[MapRegion]:
    """The regions that have a shape; others stand in the list only.

    They are drawn in the order of `SHAPES`, in which no ground covers a name that reaches over its border.
    """
    known = {region.slug: region for region in regions}
    return [
        MapRegion(known[slug], outline, x, y, _lines(known[slug].name))
        for slug, (outline, x, y) in SHAPES.items()
        if slug in known
    ]


def _lines(name: str) -> list[str]:
    """A name in lines of about ten letters, broken after its hyphens, too; what is in brackets is enough.

    "Flandre-Occidentale" gives "Flandre-", "Occidentale"; "South-West Netherlands (Zeeland)" gives "Zeeland".
    """
    lines: list[str] = []
    bracketed = re.search(r"\((.+)\)", name)
    name = bracketed[1] if bracketed else name
    for word in re.findall(r"[^\s-]+-?", name):
        last = lines[-1] if lines else ""
        joint = "" if last.endswith("-") else " "
        if last and len(last) + len(joint) + len(word) <= 10:
            lines[-1] = f"{last}{joint}{word}"
        else:
            lines.append(word)
    return lines
