"""Owns the tree of regions: which place lies in which, under which code, and how it is called."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.languages import current_language, in_language


class RegionQuerySet(models.QuerySet["Region"]):
    """Regions by what they are."""

    def partners(self) -> Self:
        """The regions that run the programme together."""
        return self.filter(is_partner=True)


class Region(models.Model):
    """A node of the tree: a country, England, a NUTS region. Flanders is a region and lies inside Belgium."""

    class Scheme(models.TextChoices):
        """Who gave the code. Source: ISO 3166-1; Eurostat, NUTS 2016, the last with the United Kingdom."""

        COUNTRY = "iso3166", _("Country code (ISO 3166-1)")
        NUTS = "nuts2016", _("NUTS 2016")
        LOCAL = "local", _("Our own")

    slug = models.SlugField(_("short name in addresses"), max_length=60, unique=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("lies in"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    scheme = models.CharField(_("scheme of the code"), max_length=10, choices=Scheme)
    code = models.CharField(_("code"), max_length=10)
    other_codes = models.JSONField(_("other codes for the same ground"), default=list, blank=True)
    name_en = models.CharField(_("name in English"), max_length=100)
    name_fr = models.CharField(_("name in French"), max_length=100)
    name_nl = models.CharField(_("name in Dutch"), max_length=100)
    languages = models.JSONField(_("languages spoken"), default=list, blank=True)
    is_partner = models.BooleanField(_("partner region"), default=False)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="hub_region_code_is_unique")]

    def __str__(self) -> str:
        return in_language(self, "name", current_language())

    def clean(self) -> None:
        """:raises ValidationError: if the region would lie inside itself."""
        super().clean()
        seen, above = {self.pk}, self.parent
        while above is not None:
            if above.pk in seen:
                raise ValidationError(
                    {"parent": _("A region cannot lie inside itself or inside a part of itself.")}
                )
            seen.add(above.pk)
            above = above.parent
