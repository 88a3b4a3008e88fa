"""Owns what a visitor reads where a firm was listed once: nothing of it, but who else is in its sectors."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from directory.models import GoneAddress
from directory.models.firm import FIRMS
from directory.placing import register_url
from search import registry

from .similar import SimilarFirm, in_sectors, similar_firms


@dataclass(frozen=True, slots=True)
class GoneFirmPage:
    """Other firms of the same sectors, and the search that shows them all."""

    similar: Sequence[SimilarFirm]
    search_url: str

    @classmethod
    def of(cls, gone: GoneAddress, language: str) -> Self:
        """The page at the address of a firm that is gone."""
        query = urlencode([("sector", slug) for slug in gone.sectors])
        return cls(
            similar=similar_firms(registry.get(FIRMS), in_sectors(gone.sectors), language),
            search_url=f"{register_url()}{'?' if query else ''}{query}",
        )
