"""Owns what visitors can ask the register: its facets on one screen, and what a firm is to the search."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar, cast

from django.db import models
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from hub.languages import LANGUAGES, by_language
from hub.models import Cluster, Region
from hub.regions import RegionTree
from search.documents import Document, FacetValue, Language, Text
from search.faceted import FacetedSearch
from search.facets import Facet

from .completeness import quality_of
from .models import (
    Capability,
    Confirmation,
    Exchange,
    Firm,
    FirmCapability,
    FirmProfile,
    FirmSector,
    Kind,
    Membership,
    Sector,
    Size,
    SpokenLanguage,
    VocabularyTerm,
)
from .models.firm import FIRMS
from .places import names_of_town

CARD_CHARACTERS = 2_000

Term = TypeVar("Term", bound=VocabularyTerm)
Thing = TypeVar("Thing")


def _terms(model: type[Sector] | type[Capability]) -> Iterator[FacetValue]:
    for term in model.objects.order_by("name"):
        also = (*term.also_en, *term.also_fr, *term.also_nl)
        yield FacetValue(term.slug, by_language(term, "name"), also)


def _clusters() -> Iterator[FacetValue]:
    for cluster in Cluster.objects.order_by("pk"):
        yield FacetValue(cluster.slug, {language: cluster.label(language) for language in LANGUAGES})


def _regions() -> Iterator[FacetValue]:
    tree = RegionTree.load()
    for _depth, region in tree.in_order():
        parent = tree.by_pk[region.parent_id].slug if region.parent_id else ""
        yield FacetValue(region.slug, by_language(region, "name"), parent=parent)


def _choices(choices: type[models.TextChoices]) -> Iterator[FacetValue]:
    for choice in choices:
        labels = {}
        for language in LANGUAGES:
            with translation.override(language):
                labels[language] = str(choice.label)
        yield FacetValue(str(choice.value), labels)


class FirmSearch(FacetedSearch):
    """What visitors can ask the register. Labels are in the reader's language; values are not."""

    index = FIRMS
    noun = ngettext_lazy("%(count)d firm", "%(count)d firms", "count")
    facets = (
        Facet(
            name="sector",
            label=_("Sector"),
            values=lambda: _terms(Sector),
            words=_("in %(lower)s"),
            typed="concept",
        ),
        Facet(
            name="capability",
            label=_("Uses"),
            values=lambda: _terms(Capability),
            words=ngettext_lazy("that uses %(lower)s", "that use %(lower)s", "count"),
            typed="concept",
        ),
        Facet(name="cluster", label=_("Cluster"), values=_clusters, words=_("in the cluster %(value)s")),
        Facet(
            name="region",
            label=_("Region"),
            values=_regions,
            words=_("in %(value)s"),
            typed="place",
            tree=True,
            widened_by="serves",
            widened_label=_("Also firms that serve the region from elsewhere"),
        ),
        Facet(name="serves", label=_("Also serves"), values=_regions, tree=True, hidden=True),
        Facet(name="kind", label=_("Kind"), values=lambda: _choices(Kind), words=_("of the kind %(lower)s")),
        Facet(name="size", label=_("Size"), values=lambda: _choices(Size), words=_("with %(lower)s")),
        Facet(
            name="language",
            label=_("Language spoken"),
            values=lambda: _choices(SpokenLanguage),
            words=ngettext_lazy("that speaks %(value)s", "that speak %(value)s", "count"),
        ),
        Facet(
            name="offers",
            label=_("Offers"),
            values=lambda: _choices(Exchange),
            words=ngettext_lazy("that offers %(lower)s", "that offer %(lower)s", "count"),
        ),
        Facet(
            name="looks_for",
            label=_("Looks for"),
            values=lambda: _choices(Exchange),
            words=ngettext_lazy("that looks for %(lower)s", "that look for %(lower)s", "count"),
        ),
    )

    def keys(self) -> Iterable[int]:
        return Firm.objects.listed().order_by("pk").values_list("pk", flat=True).iterator()

    def documents(self, keys: Collection[int]) -> Iterator[Document]:
        firms = list(Firm.objects.listed().filter(pk__in=list(keys)).order_by("pk"))
        beside = _Beside([firm.pk for firm in firms])
        for firm in firms:
            yield _document(firm, beside)


class _Beside:
    """The rows beside a batch of firms, by firm: as many queries for one firm as for a thousand."""

    def __init__(self, pks: list[int]) -> None:
        self.tree = RegionTree.load()
        self.profiles: Mapping[int, list[FirmProfile]] = _grouped(
            (profile.firm_id, profile)
            for profile in FirmProfile.objects.filter(firm__in=pks).order_by("language")
        )
        self.sectors = _terms_of(Sector, FirmSector.objects.filter(content_object__in=pks))
        self.capabilities = _terms_of(Capability, FirmCapability.objects.filter(content_object__in=pks))
        today = timezone.localdate()
        members = Membership.objects.filter(firm__in=pks, from_date__lte=today).exclude(to_date__lt=today)
        self.clusters = _grouped(members.order_by("cluster").values_list("firm", "cluster__slug"))
        served = Firm.serves.through.objects.filter(firm__in=pks).order_by("region")
        self.serves = _grouped(served.values_list("firm", "region"))
        self.confirmed: dict[int, datetime] = dict(
            Confirmation.objects.filter(firm__in=pks).values_list("firm").annotate(Max("at")).order_by()
        )
        self._names: dict[int, tuple[str, ...]] = {}

    def names(self, thing: models.Model) -> tuple[str, ...]:
        """What one of these terms or regions is called in each language; found out once for the batch."""
        names = self._names.get(id(thing))
        if names is None:
            names = self._names[id(thing)] = tuple(by_language(thing, "name").values())
        return names


def _terms_of(model: type[Term], rows: models.QuerySet[Any]) -> Mapping[int, list[Term]]:
    """The terms of each firm, by name; a term that many firms have is read once."""
    pairs = list(rows.order_by("tag__name").values_list("content_object", "tag"))
    terms = model._default_manager.in_bulk({tag for _, tag in pairs})
    return _grouped((firm, terms[tag]) for firm, tag in pairs)


def _grouped(pairs: Iterable[tuple[int, Thing]]) -> Mapping[int, list[Thing]]:
    groups: dict[int, list[Thing]] = defaultdict(list)
    for firm, thing in pairs:
        groups[firm].append(thing)
    return groups


def _document(firm: Firm, beside: _Beside) -> Document:
    path = beside.tree.path(firm.region_id or 0)
    sectors = beside.sectors.get(firm.pk, [])
    capabilities = beside.capabilities.get(firm.pk, [])
    profiles = beside.profiles.get(firm.pk, [])
    confirmed = beside.confirmed.get(firm.pk)
    served = {above.slug for region in beside.serves.get(firm.pk, ()) for above in beside.tree.path(region)}
    return Document(
        key=firm.pk,
        name=firm.name,
        texts=tuple(_texts(firm, beside, [*sectors, *capabilities], path, profiles)),
        values={
            "sector": frozenset(term.slug for term in sectors),
            "capability": frozenset(term.slug for term in capabilities),
            "cluster": frozenset(beside.clusters.get(firm.pk, ())),
            "region": frozenset(region.slug for region in path),
            "serves": frozenset(served),
            "kind": frozenset({firm.kind}),
            "size": frozenset({firm.size} - {""}),
            "language": frozenset(firm.languages),
            "offers": frozenset(firm.offers),
            "looks_for": frozenset(firm.looks_for),
        },
        quality=quality_of(firm, profiles=profiles, tags=[*sectors, *capabilities], confirmed_at=confirmed),
        confirmed=int(confirmed.timestamp()) if confirmed else 0,
        created=int(firm.created_at.timestamp()),
        card=_card(firm, path, sectors, capabilities, profiles, confirmed),
    )


def _texts(
    firm: Firm, beside: _Beside, tags: list[VocabularyTerm], path: list[Region], profiles: list[FirmProfile]
) -> Iterator[Text]:
    for name in filter(None, (firm.name, firm.trading_name)):
        yield Text("name", name)
    for label in dict.fromkeys(label for tag in tags for label in beside.names(tag)):
        yield Text("label", label)
    regions = (name for region in path for name in beside.names(region))
    for place in dict.fromkeys((*names_of_town(firm.town), *regions)):
        yield Text("place", place)
    for profile in profiles:
        language = cast(Language, profile.language)
        if profile.tagline:
            yield Text("tagline", profile.tagline, language)
        for words in filter(None, (profile.description, profile.offers_text, profile.looks_for_text)):
            yield Text("text", words, language)


def _card(
    firm: Firm,
    path: list[Region],
    sectors: list[Sector],
    capabilities: list[Capability],
    profiles: list[FirmProfile],
    confirmed: datetime | None,
) -> dict[str, Any]:
    return {
        "slug": firm.slug,
        "name": firm.name,
        "kind": firm.kind,
        "town": firm.town,
        "region": dict(by_language(path[-1], "name")) if path else {},
        "region_slug": path[-1].slug if path else "",
        "sectors": [term.slug for term in sectors],
        "capabilities": [term.slug for term in capabilities],
        "texts": {
            profile.language: {
                "tagline": profile.tagline,
                "description": profile.description[:CARD_CHARACTERS],
                "offers": profile.offers_text,
                "looks_for": profile.looks_for_text,
            }
            for profile in profiles
            if not profile.is_empty()
        },
        "confirmed": confirmed.date().isoformat() if confirmed else "",
        "demo": firm.is_demo,
    }
