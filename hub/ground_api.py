"""Owns what the API tells of the ground: the clusters with the story of each, and the tree of regions."""

from datetime import date
from typing import Self

from django.db.models import Prefetch
from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from .api import register
from .models import Cluster, ClusterState, ClusterStateChange, Region
from .regions import RegionTree
from .schemas import Answer, Texts


class StateChange(Answer):
    """A cluster took a state on a day, and why."""

    state: ClusterState
    date: date
    note: Texts


class ClusterAnswer(Answer):
    """Firms of one sector across borders."""

    slug: str = Field(examples=["food-drink"])
    name: Texts = Field(description="the sector focus")
    brand: str = Field(description="the name under which the cluster is known, if it has one")
    purpose: Texts
    values: Texts
    state: ClusterState
    changes: tuple[StateChange, ...] = Field(description="the dated story of its life, oldest first")

    @classmethod
    def of(cls, cluster: Cluster) -> Self:
        """What everybody may know of a cluster."""
        return cls(
            slug=cluster.slug,
            name=Texts.of(cluster, "name"),
            brand=cluster.brand,
            purpose=Texts.of(cluster, "purpose"),
            values=Texts.of(cluster, "values"),
            state=ClusterState(cluster.state),
            changes=tuple(
                StateChange(state=ClusterState(each.state), date=each.date, note=Texts.of(each, "note"))
                for each in cluster.changes.all()
            ),
        )


class RegionAnswer(Answer):
    """A node of the tree of regions. What lies in what is said by `parent`."""

    slug: str = Field(examples=["kent"])
    name: Texts
    parent: str | None = Field(
        description="the slug of the region it lies in", examples=["south-east-england"]
    )
    depth: int = Field(description="0 for a country", examples=[3])
    scheme: Region.Scheme = Field(description="who gave the code")
    code: str = Field(examples=["UKJ4"])
    other_codes: tuple[str, ...] = Field(description="other codes for the same ground", examples=[["UK"]])
    languages: tuple[str, ...] = Field(description="languages spoken there (ISO 639-1)", examples=[["en"]])
    is_partner: bool = Field(description="whether it runs the programme together with the other partners")


clusters, regions = Router(tags=["clusters"]), Router(tags=["regions"])


@clusters.get("/", response=list[ClusterAnswer], summary="All clusters", operation_id="clusters")
def cluster_list(request: HttpRequest) -> list[ClusterAnswer]:
    """Every cluster with its purpose, its state, and since when."""
    story = ClusterStateChange.objects.order_by("date", "pk")
    found = Cluster.objects.order_by("pk").prefetch_related(Prefetch("changes", story))
    return [ClusterAnswer.of(cluster) for cluster in found]


@regions.get("/", response=list[RegionAnswer], summary="All regions", operation_id="regions")
def region_list(request: HttpRequest) -> list[RegionAnswer]:
    """The whole tree with its codes: a region comes before those that lie in it."""
    tree = RegionTree.load()
    return [
        RegionAnswer(
            slug=region.slug,
            name=Texts.of(region, "name"),
            parent=tree.by_pk[region.parent_id].slug if region.parent_id else None,
            depth=depth,
            scheme=Region.Scheme(region.scheme),
            code=region.code,
            other_codes=tuple(region.other_codes),
            languages=tuple(region.languages),
            is_partner=region.is_partner,
        )
        for depth, region in tree.in_order()
    ]


def register_api() -> None:
    """Answers for the ground."""
    register("/clusters", clusters)
    register("/regions", regions)
