"""Owns what a cluster lead finds at home in the admin: the pages of the cluster, and what waits there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from wagtail.admin.ui.components import Component

from cluster_pages.models import ClusterPage
from hub.approval import Waiting, waiting_for
from hub.models import Cluster
from hub.permissions import clusters_led_by


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A page of one's own cluster, and what waits of it."""

    page: ClusterPage
    language: str
    edit_url: str
    waits: Waiting | None


@dataclass(frozen=True, slots=True)
class OwnCluster:
    """A cluster of one's own with its pages, one per language."""

    cluster: Cluster
    pages: Sequence[OwnPage]


class OwnClustersPanel(Component):
    """For cluster leads: their cluster's page in each language, to edit or to see as visitors do."""

    order = 15
    template_name = "cluster_pages/admin/own_clusters_panel.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """As things stand for this person."""
        return {"clusters": own_clusters(parent_context["request"].user)}


def own_clusters(user: Any) -> list[OwnCluster]:
    """The clusters that somebody leads, by name."""
    clusters = Cluster.objects.filter(pk__in=clusters_led_by(user)).order_by("name_en")
    pages = ClusterPage.objects.filter(cluster__in=clusters).select_related("locale").order_by("locale")
    return [
        OwnCluster(cluster, [_own(page) for page in pages if page.cluster_id == cluster.pk])
        for cluster in clusters
    ]


def _own(page: ClusterPage) -> OwnPage:
    return OwnPage(
        page=page,
        language=page.locale.language_code,
        edit_url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        waits=waiting_for(page),
    )
