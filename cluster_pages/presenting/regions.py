"""Owns the partner regions as pages show them: a list with counts, and after it a schematic map."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from directory.placing import register_url
from hub.languages import in_language
from hub.models import Region

# Drawn by hand: 165 units a degree eastwards from 0° 5' E, 260 southwards from 51° 50' N; few corners,
# so that a region is known by its neighbours and not by its bays.
SHAPES: Mapping[str, tuple[str, int, int]] = {
    "kent": (
        "M8 120 L60 96 L120 104 L150 84 L232 92 L226 132 L214 176 L172 214 L120 226 L92 190 L20 182 Z",
        124,
        150,
    ),
    "hauts-de-france": (
        "M226 322 L232 262 L288 238 L404 222 L440 268 L470 312 L540 344 L640 420 L676 452 L660 540 L612 600 "
        "L520 622 L420 604 L300 590 L214 560 L196 500 L214 430 Z",
        430,
        440,
    ),
    "west-flanders": (
        "M412 216 L470 182 L548 144 L580 156 L572 210 L578 268 L546 318 L476 304 L446 262 Z",
        512,
        232,
    ),
    "east-flanders": (
        "M590 160 L640 172 L706 160 L728 190 L714 246 L684 286 L632 318 L590 298 L588 262 L582 212 Z",
        652,
        236,
    ),
    "zeeland": ("M556 134 L566 84 L598 36 L668 20 L712 52 L716 108 L704 148 L642 160 L588 148 Z", 640, 96),
}


@dataclass(frozen=True, slots=True)
class RegionCount:
    """A partner region, how many firms are in it, and where they are listed."""

    slug: str
    name: str
    firms: int
    url: str


@dataclass(frozen=True, slots=True)
class MapRegion:
    """A region of the map: its outline, and where its number and the lines of its name stand."""

    region: RegionCount
    outline: str
    x: int
    y: int
    lines: Sequence[tuple[str, int]]


def region_counts(
    counts: Mapping[str, int], language: str, filters: Mapping[str, str] | None = None
) -> list[RegionCount]:
    """The partner regions with their firms, in one query; each leads to them, with more filters if asked."""
    return [
        RegionCount(
            slug=region.slug,
            name=in_language(region, "name", language),
            firms=counts.get(region.slug, 0),
            url=f"{register_url()}?{urlencode({**(filters or {}), 'region': region.slug})}",
        )
        for region in Region.objects.partners().order_by(f"name_{language}")
    ]


def region_map(regions: Sequence[RegionCount]) -> list[MapRegion]:
    """The regions that have a shape; others stand in the list only."""
    return [
        MapRegion(region, outline, x, y, _lines(region.name, y + 24))
        for region in regions
        if region.slug in SHAPES
        for outline, x, y in [SHAPES[region.slug]]
    ]


def _lines(name: str, y: int) -> list[tuple[str, int]]:
    """A name in lines of about twelve letters, each with its height.

    "South-West Netherlands (Zeeland)" gives "South-West", "Netherlands", "(Zeeland)".
    """
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + len(word) < 13:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return [(line, y + 18 * number) for number, line in enumerate(lines)]
