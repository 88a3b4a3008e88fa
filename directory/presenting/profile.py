"""Owns what the public page of a firm shows: everything public of it, best in the visitor's language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import Max
from django.utils import timezone, translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from directory.models import Exchange, Firm, FirmProfile, SpokenLanguage
from directory.models.firm import FIRMS
from directory.placing import register_url
from hub.languages import LANGUAGES
from hub.models import Region
from hub.regions import RegionTree
from hub.seo import Crumb, Head, ShareImage, json_ld
from search import registry
from search.analysis import name_key

from .cards import place_of
from .facts import Words, facts_of, shortened
from .similar import SimilarFirm, across_the_border, similar_firms


@dataclass(frozen=True, slots=True)
class Link:
    """Something with a name and the search that shows all firms that share it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Person:
    """What a contact person shows to everyone; what is private is empty."""

    name: str
    role: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class Story:
    """A case study."""

    title: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class FirmProfilePage:
    """A firm as its page shows it.

    `other_language` is that of a text which is not in the visitor's own; `facts` are for machines (JSON-LD).
    """

    firm: Firm
    place: str
    path: Sequence[Link]
    sectors: Sequence[Link]
    capabilities: Sequence[Link]
    clusters: Sequence[Link]
    serves: Sequence[Link]
    languages: Sequence[str]
    offers: Sequence[Link]
    looks_for: Sequence[Link]
    tagline: Words | None
    description: Words | None
    offers_text: Words | None
    looks_for_text: Words | None
    other_language: str
    stories: Sequence[Story]
    people: Sequence[Person]
    confirmed: date | None
    similar: Sequence[SimilarFirm]
    facts: Mapping[str, Any]

    @classmethod
    def of(cls, firm: Firm, language: str) -> Self:
        """The page of a firm, in as many queries for a rich one as for a bare one.

        Tells nothing that is not public: of a contact person only the fields that it has made public.
        """
        path = RegionTree.above(firm.region_id or 0).path(firm.region_id or 0)
        words = _words_of(firm, language)
        sectors, capabilities = list(firm.sectors.all()), list(firm.capabilities.all())
        serves, told = list(firm.serves.all()), words["description"] or words["tagline"]
        stories = _stories(firm, language)
        alike = across_the_border(firm, path, sectors, capabilities)
        return cls(
            firm=firm,
            place=place_of(firm.town, str(path[-1]) if path else ""),
            path=[_region(region) for region in path],
            sectors=_terms("sector", sectors),
            capabilities=_terms("capability", capabilities),
            clusters=_clusters_of(firm, language),
            serves=_terms("region", serves),
            languages=[str(SpokenLanguage(code).label) for code in firm.languages],
            offers=[_exchange("offers", value) for value in firm.offers],
            looks_for=[_exchange("looks_for", value) for value in firm.looks_for],
            tagline=words["tagline"],
            description=words["description"],
            offers_text=words["offers_text"],
            looks_for_text=words["looks_for_text"],
            other_language=_other_than(language, [*filter(None, words.values()), *stories]),
            stories=stories,
            people=_people(firm),
            confirmed=_confirmed(firm),
            similar=similar_firms(registry.get(FIRMS), alike, language),
            facts=facts_of(firm, path, told, [*sectors, *capabilities], serves),
        )

    @property
    def facts_for_machines(self) -> SafeString:
        """The facts as a script that no browser runs."""
        return json_ld(self.facts)

    def head(self, language: str, home_url: str) -> Head:
        """What the page says of itself to machines."""
        told = self.tagline or self.description
        return Head(
            path=self.firm.get_absolute_url(),
            language=language,
            addresses={code: _address(self.firm, code) for code in LANGUAGES},
            title=self.firm.name,
            description=shortened(told.text) if told else "",
            crumbs=[Crumb(_("Home"), home_url), Crumb(_("Firms"), register_url())],
            image=_logo(self.firm),
        )

    @property
    def has_text(self) -> bool:
        """Whether the firm has written about itself, in any language."""
        return any((self.tagline, self.description, self.offers_text, self.looks_for_text))

    @property
    def website_name(self) -> str:
        """The website as people say it: without the protocol and a slash at its end."""
        return self.firm.website.split("://", 1)[-1].removeprefix("www.").rstrip("/")

    @property
    def dialled(self) -> str:
        """The general phone number as a telephone wants it: a plus sign and digits."""
        return "".join(char for char in self.firm.phone.replace("(0)", "") if char in "+0123456789")


def _address(firm: Firm, language: str) -> str:
    with translation.override(language):
        return firm.get_absolute_url()


def _logo(firm: Firm) -> ShareImage | None:
    if firm.logo is None:
        return None
    shown = firm.logo.get_rendition("max-320x192")
    return ShareImage(shown.url, shown.width, shown.height, firm.logo_alt)


def _words_of(firm: Firm, language: str) -> Mapping[str, Words | None]:
    """Each kind of text in the visitor's language, or else in the first that has it."""
    profiles = {profile.language: profile for profile in firm.profiles.all()}
    told = [profiles[code] for code in dict.fromkeys((language, *LANGUAGES)) if code in profiles]
    return {name: _first(told, name) for name in ("tagline", "description", "offers_text", "looks_for_text")}


def _first(profiles: Iterable[FirmProfile], name: str) -> Words | None:
    for profile in profiles:
        text = getattr(profile, name).strip()
        if text:
            return Words(text, profile.language)
    return None


def _other_than(language: str, told: Iterable[Words | Story]) -> str:
    """The first other language in which anything is told; empty if there is none."""
    return next((each.language for each in told if each.language != language), "")


def _search_url(facet: str, value: str) -> str:
    return f"{register_url()}?{urlencode({facet: value})}"


def _link(facet: str, value: str, label: str) -> Link:
    return Link(label, _search_url(facet, value))


def _region(region: Region) -> Link:
    return _link("region", region.slug, str(region))


def _exchange(facet: str, value: str) -> Link:
    return _link(facet, value, str(Exchange(value).label))


def _terms(facet: str, terms: Iterable[Any]) -> list[Link]:
    return sorted(
        (_link(facet, term.slug, str(term)) for term in terms), key=lambda link: name_key(link.label)
    )


def _clusters_of(firm: Firm, language: str) -> list[Link]:
    today = timezone.localdate()
    memberships = firm.memberships.filter(from_date__lte=today).exclude(to_date__lt=today)
    named = ("cluster__slug", "cluster__brand", *(f"cluster__name_{code}" for code in LANGUAGES))
    rows = memberships.select_related("cluster").only("firm", *named).order_by("cluster")
    clusters = [row.cluster for row in rows]
    return [_link("cluster", cluster.slug, cluster.label(language)) for cluster in clusters]


def _stories(firm: Firm, language: str) -> list[Story]:
    """All case studies, those in the visitor's language first."""
    studies = sorted(
        firm.case_studies.all(), key=lambda study: (study.language != language, study.sort_order)
    )
    return [Story(study.title, study.text, study.language) for study in studies]


def _people(firm: Firm) -> list[Person]:
    people = [
        Person(
            name=person.name if person.is_name_public else "",
            role=person.role if person.is_name_public else "",
            email=person.email if person.is_email_public else "",
            phone=person.phone if person.is_phone_public else "",
        )
        for person in firm.contact_persons.order_by("pk")
    ]
    return [person for person in people if person.name or person.email or person.phone]


def _confirmed(firm: Firm) -> date | None:
    at = firm.confirmations.aggregate(latest=Max("at"))["latest"]
    return timezone.localtime(at).date() if at else None
