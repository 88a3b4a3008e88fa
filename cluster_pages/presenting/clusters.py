"""Owns what pages show of clusters: where each stands in its life and why, and how many firms are in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.text import Truncator

from cluster_pages.models import ClusterIndexPage, ClusterPage
from directory.models.firm import FIRMS
from directory.placing import register_url
from directory.presenting.cards import FirmCard, cards
from hub.languages import LANGUAGES, in_language
from hub.models import Cluster, ClusterState
from hub.pages import for_everybody, read_from
from search import registry
from search.results import Results
from search.state import SearchState

from .regions import RegionCount, region_counts

LATEST = 4  # firms that a page shows
PREPARED = (ClusterState.PROPOSED, ClusterState.CONSULTING)
ENDED = (ClusterState.WINDING_DOWN, ClusterState.CLOSED)
TEASER = 32  # words of the purpose in a list
FLAGS = 6  # patterns that hub/css/components/flag.css draws


@dataclass(frozen=True, slots=True)
class StateChange:
    """A day on which a cluster took a state, and why."""

    state: str
    date: date
    note: str


@dataclass(frozen=True, slots=True)
class ClusterCard:
    """A cluster in a list. `flag` is the number of its emblem; `url` is empty if it has no page."""

    label: str
    brand: str
    focus: str
    purpose: str
    state: str
    state_label: str
    firms: int
    url: str
    flag: int
    since: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether a firm can join."""
        return self.state == ClusterState.ACTIVE

    @property
    def teaser(self) -> str:
        """The beginning of its purpose; the dots stay with the last word."""
        return Truncator(self.purpose).words(TEASER, truncate="\u00a0…")

    @property
    def has_ended(self) -> bool:
        """Whether it is winding down or closed."""
        return self.state in ENDED


@dataclass(frozen=True, slots=True)
class ClusterFacts:
    """What the page of a cluster shows beside what its editor wrote."""

    card: ClusterCard
    values: str
    story: Sequence[StateChange]
    regions: Sequence[RegionCount]
    latest: Sequence[FirmCard]
    firms_url: str
    join_url: str

    @property
    def now(self) -> StateChange | None:
        """The last change of its state."""
        return self.story[-1] if self.story else None

    @classmethod
    def of(cls, page: ClusterPage, language: str) -> Self:
        """The facts of a cluster's page, in a number of queries that does not depend on its firms."""
        cluster = page.cluster
        results = _search(SearchState(chosen={"cluster": frozenset({cluster.slug})}, sort="newest"))
        story = [
            StateChange(str(ClusterState(each.state).label), each.date, in_language(each, "note", language))
            for each in cluster.changes.order_by("date", "pk")
        ]
        card = card_of(cluster, language, results.total, page.get_url() or "")
        search = registry.get(FIRMS)
        highlighter = search.highlighter(SearchState())
        return cls(
            card=card,
            values=in_language(cluster, "values", language),
            story=story,
            regions=region_counts(results.counts.get("region", {}), language, {"cluster": cluster.slug}),
            latest=cards(search, results.hits[:LATEST], highlighter, language),
            firms_url=f"{register_url()}?{urlencode({'cluster': cluster.slug})}",
            join_url=_join_url(cluster) if card.is_open else "",
        )


@dataclass(frozen=True, slots=True)
class ClusterIndexFacts:
    """All clusters, by where they stand in their life."""

    open: Sequence[ClusterCard]
    prepared: Sequence[ClusterCard]
    ended: Sequence[ClusterCard]

    @classmethod
    def of(cls, page: ClusterIndexPage, language: str) -> Self:
        """The facts of the page of all clusters, in a fixed number of queries."""
        found = all_cards(language, _search(SearchState()).counts.get("cluster", {}))
        return cls(
            open=[card for card in found if card.is_open],
            prepared=[card for card in found if card.state in PREPARED],
            ended=[card for card in found if card.has_ended],
        )


def all_cards(language: str, counts: Mapping[str, int]) -> list[ClusterCard]:
    """Every cluster as a card, in three queries however many there are: those that are open come first."""
    urls = _urls(language)
    found = [
        card_of(cluster, language, counts.get(cluster.slug, 0), urls.get(cluster.pk, ""))
        for cluster in Cluster.objects.order_by("pk")
    ]
    return sorted(found, key=lambda card: (not card.is_open, card.has_ended))


def card_of(cluster: Cluster, language: str, firms: int, url: str) -> ClusterCard:
    """A cluster as a card; asks nothing."""
    return ClusterCard(
        label=cluster.label(language),
        brand=cluster.brand,
        focus=in_language(cluster, "name", language),
        purpose=in_language(cluster, "purpose", language),
        state=cluster.state,
        state_label=str(ClusterState(cluster.state).label),
        firms=firms,
        url=url,
        flag=cluster.pk % FLAGS,
    )


def _urls(language: str) -> dict[int, str]:
    """The page of each cluster for readers of a language: theirs, or else the first there is."""
    # A host may have trees in further languages; the hub has words for these only.
    pages: Iterable[ClusterPage] = (
        ClusterPage.objects.live()
        .filter(for_everybody(), locale__language_code__in=LANGUAGES)
        .select_related("locale")
        .only("url_path", "cluster_id", "locale__language_code")
    )
    order = (language, *LANGUAGES)
    urls: dict[int, str] = {}
    for page in sorted(pages, key=lambda page: order.index(page.language)):
        if page.cluster_id not in urls:
            urls[page.cluster_id] = (
                page.get_url() or "" if page.language == language else read_from(page, language)
            )
    return urls


def _search(state: SearchState) -> Results:
    return registry.get(FIRMS).search(state)


def _join_url(cluster: Cluster) -> str:
    try:
        return reverse("directory:join", args=[cluster.slug])
    except NoReverseMatch:
        return ""
