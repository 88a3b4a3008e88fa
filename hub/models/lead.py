"""Owns who leads: organisations that run the programme, and the terms of office of leads and deputies."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hub.names import name_of

from .cluster import Cluster
from .region import Region


class Partner(models.Model):
    """An organisation that runs the programme: a council, a chamber, a development agency, a university."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    region = models.ForeignKey(
        Region,
        verbose_name=_("region"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="partner_organisations",
    )
    website = models.URLField(_("website"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("partner organisation")
        verbose_name_plural = _("partner organisations")

    def __str__(self) -> str:
        return self.name


class LeadTermQuerySet(models.QuerySet["LeadTerm"]):
    """Terms by when and what they are."""

    def on(self, day: date) -> Self:
        """Terms that are open on a day; first and last day count."""
        return self.filter(Q(to_date=None) | Q(to_date__gte=day), from_date__lte=day)

    def not_over(self, day: date) -> Self:
        """Terms that are open on a day or begin later."""
        return self.filter(Q(to_date=None) | Q(to_date__gte=day))

    def overlapping(self, from_date: date, to_date: date | None) -> Self:
        """Terms that share a day with this span; None is for ever."""
        begun = self if to_date is None else self.filter(from_date__lte=to_date)
        return begun.filter(Q(to_date=None) | Q(to_date__gte=from_date))

    def of_regions(self) -> Self:
        """Terms of regional leads and deputies."""
        return self.exclude(region=None)

    def of_clusters(self) -> Self:
        """Terms of cluster leads, who lead a cluster in all regions."""
        return self.filter(region=None)


class LeadTerm(models.Model):
    """Somebody leads a region (for one cluster or all), or a cluster in all regions, for a time.

    Source: Terms of Reference of the clusters: one to three leads a region, one of them the deputy.
    """

    class Role(models.TextChoices):
        """In which of the two roles."""

        LEAD = "lead", _("Lead")
        DEPUTY = "deputy", _("Deputy")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person who logs in"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="lead_terms",
    )
    partner = models.ForeignKey(
        Partner,
        verbose_name=_("partner organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="lead_terms",
    )
    name = models.CharField(_("name of a person who does not log in"), max_length=150, blank=True)
    region = models.ForeignKey(
        Region,
        verbose_name=_("region"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="lead_terms",
    )
    cluster = models.ForeignKey(
        Cluster,
        verbose_name=_("cluster"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="lead_terms",
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.LEAD)
    from_date = models.DateField(_("first day"))
    to_date = models.DateField(_("last day"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = LeadTermQuerySet.as_manager()

    class Meta:
        verbose_name = _("term of a lead")
        verbose_name_plural = _("terms of leads")
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(user__isnull=False, partner=None, name="")
                    | Q(user=None, partner__isnull=False, name="")
                    | (Q(user=None, partner=None) & ~Q(name=""))
                ),
                name="hub_lead_term_has_one_holder",
            ),
            models.CheckConstraint(
                condition=Q(region__isnull=False) | Q(cluster__isnull=False),
                name="hub_lead_term_is_of_a_region_or_a_cluster",
            ),
            models.CheckConstraint(
                condition=Q(to_date=None) | Q(to_date__gte=F("from_date")),
                name="hub_lead_term_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(role)s: %(holder)s") % {"role": self.get_role_display(), "holder": self.holder}

    @property
    def holder(self) -> str:
        """Who holds it, as shown to everybody; never a mail address."""
        if self.user is not None:
            return name_of(self.user)
        return self.partner.name if self.partner is not None else self.name
