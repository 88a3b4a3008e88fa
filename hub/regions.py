"""Owns questions about the whole tree of regions, asked in memory: some hundred nodes that seldom change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from hub.models import Region

# UNION, not UNION ALL: it ends even where a region lay in itself.
_ABOVE = """
    WITH RECURSIVE above(id, parent_id) AS (
        SELECT id, parent_id FROM hub_region WHERE id = %s
        UNION
        SELECT beyond.id, beyond.parent_id FROM hub_region beyond JOIN above ON beyond.id = above.parent_id
    )
    SELECT * FROM hub_region WHERE id IN (SELECT id FROM above)"""


@dataclass(frozen=True)
class RegionTree:
    """All regions at one moment, by pk."""

    by_pk: Mapping[int, Region]

    @classmethod
    def load(cls) -> Self:
        """Reads the tree in one query."""
        return cls({region.pk: region for region in Region.objects.order_by("pk")})

    @classmethod
    def above(cls, pk: int) -> Self:
        """Reads only a region and all it lies in, in one query; the whole tree takes five times as long."""
        return cls({region.pk: region for region in Region.objects.raw(_ABOVE, [pk])})

    @cached_property
    def _children(self) -> Mapping[int | None, list[Region]]:
        children: dict[int | None, list[Region]] = {}
        for region in self.by_pk.values():
            children.setdefault(region.parent_id, []).append(region)
        return children

    @cached_property
    def by_slug(self) -> Mapping[str, Region]:
        """Regions by their short name in addresses."""
        return {region.slug: region for region in self.by_pk.values()}

    @cached_property
    def by_code(self) -> Mapping[str, Region]:
        """Regions by any of their codes, of whatever scheme: `UKJ4`, `GB` and `UK` alike."""
        codes: dict[str, Region] = {}
        for region in self.by_pk.values():
            for code in (region.code, *region.other_codes):
                codes.setdefault(code, region)
        return codes

    def path(self, pk: int) -> list[Region]:
        """The region and all it lies in, from the country down.

        For Kent: United Kingdom, England, South East, Kent.
        """
        path: list[Region] = []
        at: int | None = pk
        while at is not None and at in self.by_pk:
            path.insert(0, self.by_pk[at])
            at = self.by_pk[at].parent_id
        return path

    def within(self, pks: Iterable[int]) -> set[int]:
        """The pks of these regions and of all below them."""
        found, todo = set(), list(pks)
        while todo:
            pk = todo.pop()
            if pk not in found:
                found.add(pk)
                todo.extend(child.pk for child in self._children.get(pk, ()))
        return found

    def in_order(self) -> list[tuple[int, Region]]:
        """Every region with its depth, parents before children, siblings by English name."""
        listed: list[tuple[int, Region]] = []

        def descend(parent: int | None, depth: int) -> None:
            for region in sorted(self._children.get(parent, ()), key=lambda child: child.name_en):
                listed.append((depth, region))
                descend(region.pk, depth + 1)

        descend(None, 0)
        return listed
