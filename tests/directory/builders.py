"""Owns builders of what the register's tests need; each says only what matters to its test."""

import itertools
import tomllib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from directory.models import (
    Capability,
    Confirmation,
    ContactPerson,
    Firm,
    FirmProfile,
    Membership,
    Sector,
    VocabularyTerm,
)
from hub.models import Cluster, Region

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
_numbers = itertools.count(1)


def make_region(slug: str = "kent", *, parent: Region | str | None = None, **values: Any) -> Region:
    """The region of this slug, made if it is missing; `parent` by slug or as a region."""
    found = Region.objects.filter(slug=slug).first()
    if found is not None:
        return found
    name = slug.replace("-", " ").title()
    given: dict[str, Any] = {
        "scheme": Region.Scheme.LOCAL,
        "code": f"T{next(_numbers)}",
        "name_en": name,
        "name_fr": name,
        "name_nl": name,
        "parent": make_region(parent) if isinstance(parent, str) else parent,
    }
    return Region.objects.create(slug=slug, **given | values)


def make_cluster(slug: str = "food-drink", **values: Any) -> Cluster:
    """The cluster of this slug, made if it is missing."""
    name = slug.replace("-", " ").capitalize()
    names = {"name_en": name, "name_fr": name, "name_nl": name}
    return Cluster.objects.get_or_create(slug=slug, defaults=names | values)[0]


def make_sector(slug: str = "food-drink", **values: Any) -> Sector:
    """The sector of this slug, made if it is missing."""
    return Sector.objects.get_or_create(slug=slug, defaults=_labels(slug) | values)[0]


def make_capability(slug: str = "brewing", **values: Any) -> Capability:
    """The capability of this slug, made if it is missing."""
    return Capability.objects.get_or_create(slug=slug, defaults=_labels(slug) | values)[0]


def _labels(slug: str) -> dict[str, Any]:
    name = slug.replace("-", " ").capitalize()
    return {"name": name, "name_fr": name, "name_nl": name}


def make_firm(
    name: str = "",
    *,
    region: Region | str | None = "kent",
    sectors: Iterable[Sector | str] = ("food-drink",),
    capabilities: Iterable[Capability | str] = (),
    serves: Iterable[Region | str] = (),
    texts: Mapping[str, str | Mapping[str, str]] | None = None,
    clusters: Iterable[Cluster | str] = (),
    confirmed_at: datetime | None = None,
    published: bool = False,
    **values: Any,
) -> Firm:
    """A live, listed firm in Kent and in the sector food-drink, unless the test says otherwise.

    `texts` maps a language to a description or to a profile's fields. Slugs of regions, sectors, capabilities
    and clusters are made if they are missing. `published` sends it through a revision and `publish()`;
    otherwise it is plainly saved, which is quick and marks nothing for the search.
    """
    number = next(_numbers)
    name = name or f"Firm {number}"
    region = make_region(region) if isinstance(region, str) else region
    given = {"slug": slugify(name) or f"firm-{number}", "live": True, "region": region} | values
    if "slug" not in values and Firm.objects.filter(slug=given["slug"]).exists():
        given["slug"] = f"{given['slug']}-{number}"
    firm = Firm(name=name, **given)
    for language, text in (texts or {}).items():
        fields = {"description": text} if isinstance(text, str) else dict(text)
        firm.profiles.add(FirmProfile(language=language, **fields))
    _tag(firm, sectors, capabilities)
    firm.save()
    _serve(firm, serves)
    for cluster in clusters:
        make_membership(firm, cluster)
    if confirmed_at is not None:
        Confirmation.objects.create(firm=firm, at=confirmed_at)
    if published:
        firm.save_revision().publish()
        firm.refresh_from_db()
    return firm


def _tag(firm: Firm, sectors: Iterable[Sector | str], capabilities: Iterable[Capability | str]) -> None:
    firm.sectors.add(*[make_sector(each) if isinstance(each, str) else each for each in sectors])
    firm.capabilities.add(
        *[make_capability(each) if isinstance(each, str) else each for each in capabilities]
    )


def _serve(firm: Firm, serves: Iterable[Region | str]) -> None:
    regions = [make_region(region) if isinstance(region, str) else region for region in serves]
    if regions:
        # A parental many-to-many takes nothing before the row has its key.
        firm.serves.add(*regions)
        firm.save()


def make_membership(firm: Firm, cluster: Cluster | str = "food-drink", **values: Any) -> Membership:
    """The firm belongs to the cluster since 2019."""
    cluster = make_cluster(cluster) if isinstance(cluster, str) else cluster
    return Membership.objects.create(firm=firm, cluster=cluster, **{"from_date": date(2019, 3, 1)} | values)


def make_contact(firm: Firm, **values: Any) -> ContactPerson:
    """A person at the firm of whom nothing is public."""
    given = {
        "name": "Ada Private",
        "role": "Owner",
        "email": "ada@private.example",
        "phone": "+44 1634 000000",
    }
    return ContactPerson.objects.create(firm=firm, **given | values)


def load_regions() -> None:
    """All regions that the hub ships."""
    made: dict[str, Region] = {}
    for row in tomllib.loads((ROOT / "hub/regions.toml").read_text(encoding="utf-8"))["region"]:
        made[row["slug"]] = Region.objects.create(
            slug=row["slug"],
            parent=made.get(row.get("parent", "")),
            scheme=row["scheme"],
            code=row["code"],
            other_codes=row["other_codes"],
            name_en=row["en"],
            name_fr=row["fr"],
            name_nl=row["nl"],
            languages=row["languages"],
            is_partner=row["partner"],
        )


def load_vocabularies() -> None:
    """All sectors and capabilities that the register ships."""
    _load_terms(Sector, "sector", "sectors.toml")
    _load_terms(Capability, "capability", "capabilities.toml")


def _load_terms(model: type[VocabularyTerm], table: str, file: str) -> None:
    rows = tomllib.loads((ROOT / "directory/vocabularies" / file).read_text(encoding="utf-8"))[table]
    model._default_manager.bulk_create(
        model(
            slug=row["slug"],
            name=row["en"],
            name_fr=row["fr"],
            name_nl=row["nl"],
            also_en=row["also_en"],
            also_fr=row["also_fr"],
            also_nl=row["also_nl"],
        )
        for row in rows
    )
