"""Owns how the values of a row are given to a firm in memory, and what a firm says in the same form."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from directory.models import Capability, Firm, FirmCapability, FirmProfile, FirmSector, Sector, VocabularyTerm
from hub.languages import by_language
from hub.models import Region
from hub.regions import RegionTree

from .known import PROFILE_FIELDS, Known, said
from .staging import Value

# What a field holds that says nothing; texts are empty.
EMPTY: Mapping[str, Value | None] = {
    "founded": None,
    "languages": [],
    "nace_codes": [],
    "offers": [],
    "looks_for": [],
    "serves": [],
    "sectors": [],
    "capabilities": [],
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What values refer to, by short name, read once for a whole import."""

    regions: Mapping[str, Region]
    sectors: Mapping[str, Sector]
    capabilities: Mapping[str, Capability]

    @classmethod
    def load(cls) -> "Terms":
        """Reads everything in three queries."""
        return cls(
            regions={region.slug: region for region in Region.objects.order_by("pk")},
            sectors={sector.slug: sector for sector in Sector.objects.order_by("pk")},
            capabilities={capability.slug: capability for capability in Capability.objects.order_by("pk")},
        )

    def known(self) -> Known:
        """What a mapping and a file may refer to, and by which words."""
        return Known(
            regions=_said_of_regions(self.regions.values()),
            countries=_countries({region.pk: region for region in self.regions.values()}),
            sectors=_said_of_terms(self.sectors.values()),
            capabilities=_said_of_terms(self.capabilities.values()),
        )


def _said_of_regions(regions: Collection[Region]) -> dict[str, str]:
    known: dict[str, str] = {}
    for region in regions:
        for code in (region.code, *region.other_codes, region.slug):
            known.setdefault(said(str(code)), region.slug)
    for region in regions:  # codes before names: no name may hide a code
        for name in by_language(region, "name").values():
            known.setdefault(said(name), region.slug)
    return known


def _countries(regions: Mapping[int, Region]) -> dict[str, str]:
    tree = RegionTree(regions)
    return {region.slug: tree.path(pk)[0].code for pk, region in regions.items()}


def _said_of_terms(terms: Collection[VocabularyTerm]) -> dict[str, str]:
    known = {said(term.slug): term.slug for term in terms}
    for term in terms:
        labels = (term.name, term.name_fr, term.name_nl, *term.also_en, *term.also_fr, *term.also_nl)
        for label in labels:
            known.setdefault(said(str(label)), term.slug)
    return known


def may_be_listed(firm: Firm) -> bool:
    """Whether the firm would be in `FirmQuerySet.listed()` once it is live."""
    says = firm.firm_sectors.all() or firm.firm_capabilities.all()
    says = says or [profile for profile in firm.profiles.all() if profile.description]
    return bool(firm.region_id and says)


def told(firm: Firm, field: str) -> object:
    """What the register says now in a field, in the form of `Values`."""
    if field == "region":
        return firm.region.slug if firm.region else ""
    if field in ("sectors", "capabilities"):
        links = firm.firm_sectors.all() if field == "sectors" else firm.firm_capabilities.all()
        return sorted(link.tag.slug for link in links)
    if field == "serves":
        return sorted(region.slug for region in firm.serves.all())
    if field in PROFILE_FIELDS:
        name, language = field.rsplit("_", 1)
        return next((getattr(each, name) for each in firm.profiles.all() if each.language == language), "")
    value = getattr(firm, field)
    return sorted(value) if isinstance(value, list) else value


def give(firm: Firm, field: str, value: Value | None, terms: Terms) -> None:
    """Lets the firm say something in a field, in memory."""
    if field in PROFILE_FIELDS:
        name, language = field.rsplit("_", 1)
        profile = next((each for each in firm.profiles.all() if each.language == language), None)
        profile = profile or FirmProfile(language=language)
        setattr(profile, name, value)
        firm.profiles.add(profile)
        return
    give_related = _GIVE.get(field)
    if give_related is None:
        setattr(firm, field, value)
    else:
        give_related(firm, value if isinstance(value, list) else [str(value)], terms)


def _give_region(firm: Firm, slugs: list[str], terms: Terms) -> None:
    firm.region = terms.regions.get(slugs[0])


def _give_serves(firm: Firm, slugs: list[str], terms: Terms) -> None:
    firm.serves.set([terms.regions[slug] for slug in slugs])


def _give_sectors(firm: Firm, slugs: list[str], terms: Terms) -> None:
    # Straight to the links: taggit's own way would look every name up again.
    firm.firm_sectors.set([FirmSector(tag=terms.sectors[slug]) for slug in slugs])


def _give_capabilities(firm: Firm, slugs: list[str], terms: Terms) -> None:
    firm.firm_capabilities.set([FirmCapability(tag=terms.capabilities[slug]) for slug in slugs])


_GIVE: Mapping[str, Callable[[Firm, list[str], Terms], None]] = {
    "region": _give_region,
    "serves": _give_serves,
    "sectors": _give_sectors,
    "capabilities": _give_capabilities,
}
