"""Owns what the home page shows beside what its editor wrote: the clusters, the regions, the newest firms."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from cluster_pages.models import HomePage
from directory.models.firm import FIRMS
from directory.placing import register_url
from directory.presenting.cards import FirmCard, cards
from search import registry
from search.state import MAX_TEXT, SearchState

from .clusters import LATEST, ClusterCard, all_cards
from .regions import MapRegion, RegionCount, hub_urls, region_counts, region_map


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """The hub in numbers, in words and on a map."""

    firms: int
    clusters: Sequence[ClusterCard]
    regions: Sequence[RegionCount]
    map: Sequence[MapRegion]
    latest: Sequence[FirmCard]
    register_url: str
    max_text: int = MAX_TEXT

    @classmethod
    def of(cls, page: HomePage, language: str) -> Self:
        """The facts of a home page, in a fixed number of queries."""
        search = registry.get(FIRMS)
        state = SearchState(sort="newest")
        results = search.search(state)
        regions = region_counts(results.counts.get("region", {}), language, hubs=hub_urls(language))
        return cls(
            firms=results.total,
            clusters=all_cards(language, results.counts.get("cluster", {})),
            regions=regions,
            map=region_map(regions),
            latest=cards(search, results.hits[:LATEST], search.highlighter(state), language),
            register_url=register_url(),
        )
