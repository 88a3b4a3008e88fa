"""Owns loading the ground that ships with the hub: regions and clusters; what is there already stays."""

import tomllib
from pathlib import Path
from typing import Any

from hub.languages import LANGUAGES
from hub.models import Cluster, ClusterStateChange, Region

from .base import Action

HUB = Path(__file__).parents[1]


def shipped(path: Path, kind: str) -> list[dict[str, Any]]:
    """The tables `[[kind]]` of a TOML file that ships with the code."""
    with path.open("rb") as file:
        tables: list[dict[str, Any]] = tomllib.load(file)[kind]
    return tables


class LoadRegionsAction(Action):
    """Adds the shipped regions that are missing. Source: Eurostat, NUTS 2016; ISO 3166-1."""

    def execute(self) -> int:
        known = {region.slug: region for region in Region.objects.all()}
        added = 0
        for row in shipped(HUB / "regions.toml", "region"):
            if row["slug"] in known:
                continue
            known[row["slug"]] = Region.objects.create(
                slug=row["slug"],
                parent=known[row["parent"]] if row["parent"] else None,
                scheme=row["scheme"],
                code=row["code"],
                other_codes=row["other_codes"],
                languages=row["languages"],
                is_partner=row["partner"],
                **{f"name_{language}": row[language] for language in LANGUAGES},
            )
            added += 1
        return added


class LoadClustersAction(Action):
    """Adds the shipped clusters that are missing, with the dated story of their states."""

    def execute(self) -> int:
        known = set(Cluster.objects.values_list("slug", flat=True))
        added = 0
        for row in shipped(HUB / "clusters.toml", "cluster"):
            if row["slug"] in known:
                continue
            texts = {
                f"{name}_{language}": row[f"{name}_{language}"]
                for name in ("name", "purpose", "values")
                for language in LANGUAGES
            }
            cluster = Cluster.objects.create(
                slug=row["slug"], brand=row["brand"], state=row["state"], **texts
            )
            ClusterStateChange.objects.bulk_create(
                ClusterStateChange(cluster=cluster, **change) for change in row["change"]
            )
            added += 1
        return added
