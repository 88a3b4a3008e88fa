"""Owns what pages of regional hubs show: who leads, which firms, what is offered, when it was reviewed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import F
from django.urls import NoReverseMatch, reverse
from wagtail.models import Page

from cluster_pages.models import HubSectionPage, RegionalHubPage, ResourcePage
from directory.models.firm import FIRMS
from directory.placing import register_url
from directory.presenting.cards import FirmCard, cards
from hub.days import today
from hub.languages import in_language
from hub.models import HubReview, LeadTerm, Region, RegionalHub
from hub.pages import HubPage, address_for, for_everybody
from hub.regions import RegionTree
from search import registry
from search.results import Results
from search.state import SearchState

from .regions import hub_urls

LATEST = 4  # firms that a page shows
SECTORS = 8  # the largest, each with its number of firms


@dataclass(frozen=True, slots=True)
class TeamMember:
    """Somebody who leads the region today. `of` is the larger region that the term is for, if it is one."""

    name: str
    is_deputy: bool
    cluster: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class SectorCount:
    """A sector, how many firms of the region are in it, and where they are listed."""

    name: str
    firms: int
    url: str


@dataclass(frozen=True, slots=True)
class Resource:
    """A document or a link that the hub offers, with the page that tells more about it."""

    title: str
    url: str
    summary: str
    language: str
    written_in: str


@dataclass(frozen=True, slots=True)
class Review:
    """When a hub was last looked through, and by whom."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Original:
    """The page in the hub's home language, of which this one is a translation; and whether it is newer."""

    url: str
    language: str
    changed_at: datetime | None
    is_newer: bool


@dataclass(frozen=True, slots=True)
class HubPlace:
    """The hub in which a page lies."""

    name: str
    url: str
    language: str


@dataclass(frozen=True, slots=True)
class RegionalHubFacts:
    """What the page of a hub shows beside what its leads wrote."""

    region: str
    team: Sequence[TeamMember]
    contact_url: str
    firms: int
    sectors: Sequence[SectorCount]
    latest: Sequence[FirmCard]
    firms_url: str
    sections: Sequence[HubPlace]
    resources: Sequence[Resource]
    review: Review | None
    original: Original | None

    @classmethod
    def of(cls, page: RegionalHubPage, language: str) -> Self:
        """The facts of a hub's page, in a number of queries that does not depend on its firms."""
        region = page.region
        hub = RegionalHub.objects.filter(region=region).first()
        search = registry.get(FIRMS)
        state = SearchState(chosen={"region": frozenset({region.slug})}, sort="newest")
        results: Results = search.search(state)
        below = list(_open_below(page, Page).select_related("locale"))
        return cls(
            region=in_language(region, "name", language),
            team=team_of(region, language, today()),
            contact_url=_contact_url(region),
            firms=results.total,
            sectors=_sectors(results.counts.get("sector", {}), region, language),
            latest=cards(search, results.hits[:LATEST], search.highlighter(SearchState()), language),
            firms_url=f"{register_url()}?{urlencode({'region': region.slug})}",
            sections=_sections(below, language),
            resources=resources_below(page, language),
            review=_review(hub),
            original=original_of(page, hub.home_language if hub else "", language),
        )


@dataclass(frozen=True, slots=True)
class InHubFacts:
    """What a page below the page of a hub shows: where it belongs, and whether it has fallen behind."""

    original: Original | None
    resources: Sequence[Resource]
    written_in: str = ""

    @classmethod
    def of(cls, page: HubSectionPage | ResourcePage, language: str) -> Self:
        """The facts of such a page, in a fixed number of queries."""
        return cls(
            original=original_of(page, home_language_of(page), language),
            resources=resources_below(page, language),
            written_in=_spoken(page.written_in) if isinstance(page, ResourcePage) else "",
        )


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """Whom a visitor writes to, where the form goes, and where the way back leads."""

    region: str
    team: Sequence[TeamMember]
    form_url: str
    hub_url: str

    @classmethod
    def of(cls, region: Region, language: str) -> Self:
        """The facts of the form by which visitors write to the leads."""
        return cls(
            region=in_language(region, "name", language),
            team=team_of(region, language, today()),
            form_url=_contact_url(region),
            hub_url=hub_urls(language).get(region.slug, ""),
        )


def team_of(region: Region, language: str, day: date) -> list[TeamMember]:
    """Who leads a region on a day, leads before deputies: its own, and those of a region that it lies in."""
    over = [above.pk for above in RegionTree.above(region.pk).path(region.pk)]
    terms = (
        LeadTerm.objects.on(day)
        .filter(region__in=over)
        .select_related("user", "partner", "region", "cluster")
        .order_by(F("cluster").asc(nulls_first=True), "from_date", "pk")
    )
    found = [
        TeamMember(
            name=term.holder,
            is_deputy=term.role == LeadTerm.Role.DEPUTY,
            cluster=term.cluster.label(language) if term.cluster else "",
            of=in_language(term.region, "name", language) if term.region_id != region.pk else "",
        )
        for term in terms
    ]
    return sorted(found, key=lambda member: member.is_deputy)


def resources_below(page: HubPage, language: str) -> list[Resource]:
    """The published resources right below a page, in two queries."""
    found = _open_below(page, ResourcePage).select_related("locale", "document")
    return [
        Resource(
            title=each.title,
            url=address_for(each, language),
            summary=each.introduction,
            language=each.language,
            written_in=_spoken(each.written_in),
        )
        for each in found
    ]


def _open_below(page: HubPage, model: type[Page]) -> Any:
    """The published pages of a type right below a page that everybody may read, in their order."""
    return model.objects.live().child_of(page).filter(for_everybody()).order_by("path")


def home_language_of(page: HubPage) -> str:
    """The home language of the hub in which a page lies; empty if it lies in none. One query."""
    paths = [page.path[:end] for end in range(page.steplen, len(page.path) + 1, page.steplen)]
    hubs = RegionalHubPage.objects.filter(path__in=paths)
    return hubs.values_list("region__hub__home_language", flat=True).first() or ""


def original_of(page: HubPage, home_language: str, language: str) -> Original | None:
    """The published page that this one is a translation of; None if it is the original itself."""
    if not home_language or page.language == home_language:
        return None
    source = (
        Page.objects.live()
        .filter(translation_key=page.translation_key, locale__language_code=home_language)
        .select_related("locale")
        .first()
    )
    if source is None:
        return None
    changed, own = source.last_published_at, page.last_published_at
    return Original(
        url=source.get_url() or "",
        language=home_language,
        changed_at=changed,
        is_newer=changed is not None and (own is None or own < changed),
    )


def _sections(below: Sequence[Page], language: str) -> list[HubPlace]:
    kinds = {page.pk for page in below if page.specific_class is HubSectionPage}
    return [
        HubPlace(
            page.title,
            address_for(page, language),
            page.locale.language_code,
        )
        for page in below
        if page.pk in kinds
    ]


def _sectors(counts: Mapping[str, int], region: Region, language: str) -> list[SectorCount]:
    label = registry.get(FIRMS).label
    largest = sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:SECTORS]
    return [
        SectorCount(
            label("sector", slug, language),
            firms,
            f"{register_url()}?{urlencode({'region': region.slug, 'sector': slug})}",
        )
        for slug, firms in largest
    ]


def _review(hub: RegionalHub | None) -> Review | None:
    last = HubReview.objects.filter(hub=hub).order_by("-at").first() if hub else None
    return Review(last.at, last.by_name) if last else None


def _spoken(code: str) -> str:
    return str(ResourcePage(written_in=code).get_written_in_display()) if code else ""


def _contact_url(region: Region) -> str:
    try:
        return reverse("cluster_pages:contact", args=[region.slug])
    except NoReverseMatch:
        return ""
