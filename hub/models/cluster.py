"""Owns the clusters: what each is about, and the dated story of its life."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.languages import current_language, in_language


class ClusterState(models.TextChoices):
    """Where a cluster is in its life."""

    PROPOSED = "proposed", _("Proposed")
    CONSULTING = "consulting", _("Consulting firms")
    ACTIVE = "active", _("Active")
    WINDING_DOWN = "winding-down", _("Winding down")
    CLOSED = "closed", _("Closed")


class Cluster(models.Model):
    """Firms of one sector across borders. Pages only show what is kept here."""

    slug = models.SlugField(_("short name in addresses"), max_length=60, unique=True)
    name_en = models.CharField(_("sector focus in English"), max_length=100)
    name_fr = models.CharField(_("sector focus in French"), max_length=100)
    name_nl = models.CharField(_("sector focus in Dutch"), max_length=100)
    brand = models.CharField(_("brand name"), max_length=100, blank=True)
    purpose_en = models.TextField(_("purpose in English"), blank=True)
    purpose_fr = models.TextField(_("purpose in French"), blank=True)
    purpose_nl = models.TextField(_("purpose in Dutch"), blank=True)
    values_en = models.TextField(_("values in English"), blank=True)
    values_fr = models.TextField(_("values in French"), blank=True)
    values_nl = models.TextField(_("values in Dutch"), blank=True)
    state = models.CharField(_("state"), max_length=20, choices=ClusterState, default=ClusterState.PROPOSED)

    class Meta:
        verbose_name = _("cluster")
        verbose_name_plural = _("clusters")

    def __str__(self) -> str:
        return self.label(current_language())

    def label(self, language: str) -> str:
        """The brand name, if any, with the sector focus: "Imagineers International (Digital & creative)"."""
        focus = in_language(self, "name", language)
        return f"{self.brand} ({focus})" if self.brand else focus


class ClusterStateChange(models.Model):
    """A cluster took a state on a day, and why. `ChangeClusterStateAction` adds rows; none is edited."""

    cluster = models.ForeignKey(
        Cluster, verbose_name=_("cluster"), on_delete=models.CASCADE, related_name="changes"
    )
    state = models.CharField(_("state"), max_length=20, choices=ClusterState)
    date = models.DateField(_("date"))
    note_en = models.TextField(_("why, in English"), blank=True)
    note_fr = models.TextField(_("why, in French"), blank=True)
    note_nl = models.TextField(_("why, in Dutch"), blank=True)

    class Meta:
        verbose_name = _("change of state")
        verbose_name_plural = _("changes of state")
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "state", "date"], name="hub_cluster_change_happens_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.cluster}: {self.get_state_display()} ({self.date:%Y-%m-%d})"
