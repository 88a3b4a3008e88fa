"""Owns what a region's hub is made of, its reviews, and the groups of people whose role has no region."""

from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection, Workflow

from hub.languages import LANGUAGES

from .cluster import Cluster
from .region import Region

REVIEW_MONTHS = 6


class RegionalHubQuerySet(models.QuerySet["RegionalHub"]):
    """Hubs by the state they are in."""

    def overdue(self, day: date) -> Self:
        """Hubs that should have been looked through before this day; on the due date itself there is time."""
        return self.filter(review_due_date__lt=day)


class RegionalHub(models.Model):
    """A region that runs a hub, and all that it owns; its pages present it, one per language.

    Who edits is in the group of editors. The group of leads follows from their terms and is kept by the hub.
    """

    region = models.OneToOneField(
        Region, verbose_name=_("region"), on_delete=models.PROTECT, related_name="hub"
    )
    home_language = models.CharField(
        _("home language"), max_length=2, choices=[(code, code) for code in LANGUAGES]
    )
    leads_group = models.OneToOneField(
        Group, verbose_name=_("group of leads"), on_delete=models.PROTECT, related_name="led_hub"
    )
    editors_group = models.OneToOneField(
        Group, verbose_name=_("group of editors"), on_delete=models.PROTECT, related_name="edited_hub"
    )
    collection = models.OneToOneField(
        Collection, verbose_name=_("collection"), on_delete=models.PROTECT, related_name="hub"
    )
    workflow = models.OneToOneField(
        Workflow, verbose_name=_("workflow"), on_delete=models.PROTECT, related_name="hub"
    )
    review_months = models.PositiveSmallIntegerField(
        _("months between two reviews"),
        default=REVIEW_MONTHS,
        validators=[MinValueValidator(1), MaxValueValidator(24)],
    )
    review_due_date = models.DateField(_("next review"))

    objects = RegionalHubQuerySet.as_manager()

    class Meta:
        verbose_name = _("regional hub")
        verbose_name_plural = _("regional hubs")

    def __str__(self) -> str:
        return str(self.region)


class HubReview(models.Model):
    """Somebody looked a hub through and said that it is right. The name stays when the person is gone."""

    hub = models.ForeignKey(
        RegionalHub, verbose_name=_("regional hub"), on_delete=models.CASCADE, related_name="reviews"
    )
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    by_name = models.CharField(_("name"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("review of a hub")
        verbose_name_plural = _("reviews of hubs")

    def __str__(self) -> str:
        return f"{self.hub}: {self.at:%Y-%m-%d}"


class RoleGroup(models.Model):
    """A group of people whose role has no region. Which group it is, is said here and not by its name."""

    class Role(models.TextChoices):
        """The roles that are held by being in a group."""

        CLUSTER_LEAD = "cluster-lead", _("Cluster lead")
        COMMUNICATIONS = "communications", _("Communications team")
        COORDINATOR = "coordinator", _("Coordinator")

    role = models.CharField(_("role"), max_length=20, choices=Role)
    cluster = models.OneToOneField(
        Cluster,
        verbose_name=_("cluster"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="leads_group",
    )
    group = models.OneToOneField(
        Group, verbose_name=_("group"), on_delete=models.PROTECT, related_name="hub_role"
    )

    class Meta:
        verbose_name = _("group of a role")
        verbose_name_plural = _("groups of roles")
        constraints = [
            models.UniqueConstraint(
                fields=["role"], condition=Q(cluster=None), name="hub_role_has_one_group"
            ),
            models.CheckConstraint(
                condition=Q(role="cluster-lead", cluster__isnull=False)
                | (~Q(role="cluster-lead") & Q(cluster=None)),
                name="hub_role_group_of_a_cluster_lead_has_a_cluster",
            ),
        ]

    def __str__(self) -> str:
        return self.group.name
