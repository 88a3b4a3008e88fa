"""Owns everything public of one firm as the API answers it."""

from typing import cast

from django.db.models import Max
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from directory.exporters import for_export
from directory.models import Capability, ContactPerson, Firm, FirmProfile, Kind, Sector, Size
from hub.languages import LANGUAGES
from hub.models import Cluster, Region
from hub.regions import RegionTree
from hub.schemas import LanguageCode, Texts

from .schemas import FirmAnswer, Logo, Place, Profile, PublicPerson, Story, Term


def everything(slug: str) -> Firm | None:
    """A listed firm with all that is told of it, in a constant number of queries; None if none is listed."""
    found = for_export(Firm.objects.filter(slug=slug)).select_related("region", "logo")
    return found.annotate(last_confirmed=Max("confirmations__at")).prefetch_related("case_studies").first()


def firm_answer(request: HttpRequest, firm: Firm) -> FirmAnswer:
    """What everybody may know; addresses are in the language in force."""
    at = firm.last_confirmed  # annotated by everything()
    return FirmAnswer(
        slug=firm.slug,
        name=firm.name,
        trading_name=firm.trading_name,
        kind=Kind(firm.kind),
        town=firm.town,
        postcode=firm.postcode,
        region=tuple(
            _place(region) for region in RegionTree.above(firm.region_id or 0).path(firm.region_id or 0)
        ),
        serves=tuple(_place(region) for region in firm.serves.all()),
        website=firm.website,
        email=firm.email,
        phone=firm.phone,
        number=firm.number,
        founded=firm.founded,
        size=Size(firm.size) if firm.size else None,
        languages=tuple(firm.languages),
        nace_codes=tuple(firm.nace_codes),
        sectors=tuple(_term(row.tag) for row in firm.firm_sectors.all()),
        capabilities=tuple(_term(row.tag) for row in firm.firm_capabilities.all()),
        clusters=tuple(_clusters(firm)),
        offers=tuple(firm.offers),
        looks_for=tuple(firm.looks_for),
        texts=_texts(firm),
        case_studies=tuple(
            Story(language=each.language, title=each.title, text=each.text)
            for each in firm.case_studies.all()
        ),
        people=tuple(filter(None, map(_person, firm.contact_persons.all()))),
        logo=_logo(request, firm),
        confirmed=timezone.localtime(at).date() if at else None,
        is_demo=firm.is_demo,
        url=request.build_absolute_uri(firm.get_absolute_url()),
        api_url=request.build_absolute_uri(reverse("hub-api:firm", args=[firm.slug])),
    )


def _place(region: Region) -> Place:
    return Place(slug=region.slug, name=Texts.of(region, "name"))


def _term(term: Sector | Capability) -> Term:
    return Term(slug=term.slug, label=Texts.of(term, "name"))


def _clusters(firm: Firm) -> list[Term]:
    """The clusters it belongs to today."""
    today = timezone.localdate()
    current = [row.cluster for row in firm.memberships.all() if row.from_date <= today]
    return [Term(slug=cluster.slug, label=_label(cluster)) for cluster in current]


def _label(cluster: Cluster) -> Texts:
    return Texts(**{code: cluster.label(code) for code in LANGUAGES})


def _texts(firm: Firm) -> dict[LanguageCode, Profile]:
    profiles: list[FirmProfile] = [each for each in firm.profiles.all() if not each.is_empty()]
    return {
        cast(LanguageCode, each.language): Profile(
            tagline=each.tagline,
            description=each.description,
            offers=each.offers_text,
            looks_for=each.looks_for_text,
        )
        for each in profiles
    }


def _person(person: ContactPerson) -> PublicPerson | None:
    told = PublicPerson(
        name=person.name if person.is_name_public else "",
        role=person.role if person.is_name_public else "",
        email=person.email if person.is_email_public else "",
        phone=person.phone if person.is_phone_public else "",
    )
    return told if any((told.name, told.email, told.phone)) else None


def _logo(request: HttpRequest, firm: Firm) -> Logo | None:
    if firm.logo is None:
        return None
    shown = firm.logo.get_rendition("max-320x192")
    return Logo(
        url=request.build_absolute_uri(shown.url), width=shown.width, height=shown.height, alt=firm.logo_alt
    )
