"""Owns the pages of clusters; what a cluster is, is kept in `hub.Cluster` and only shown here."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from hub.models import Cluster
from hub.pages import HubPage, WrittenPage


class ClusterIndexPage(HubPage):
    """All clusters: those that go on, those that are being prepared, those that have ended."""

    template = "cluster_pages/cluster_index.html"
    parent_page_types = ["cluster_pages.HomePage"]
    subpage_types = ["cluster_pages.ClusterPage"]

    class Meta:
        verbose_name = _("page of all clusters")
        verbose_name_plural = _("pages of all clusters")


class ClusterPage(WrittenPage):
    """One cluster: its purpose, its values, its story, its firms."""

    cluster = models.ForeignKey(
        Cluster,
        verbose_name=_("cluster"),
        on_delete=models.PROTECT,
        related_name="pages",
        help_text=_("Purpose, values and state come from there, in every language."),
    )

    template = "cluster_pages/cluster.html"
    shown_with = ("cluster",)
    parent_page_types = ["cluster_pages.ClusterIndexPage"]
    subpage_types = ["cluster_pages.StandardPage"]
    content_panels = [*HubPage.content_panels, FieldPanel("cluster"), FieldPanel("body")]

    class Meta:
        verbose_name = _("page of a cluster")
        verbose_name_plural = _("pages of clusters")

    def clean(self) -> None:
        """:raises ValidationError: if the cluster has another page in this language."""
        super().clean()
        others = ClusterPage.objects.filter(cluster=self.cluster_id, locale=self.locale_id)
        if self.cluster_id and others.exclude(pk=self.pk).exists():
            raise ValidationError({"cluster": _("This cluster has a page in this language already.")})
