"""Owns which pages the set-up has made: what an editor then changed or deleted stays so."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class MadePage(models.Model):
    """A page that the set-up made once, or found; it is never made again."""

    key = models.CharField(_("key"), max_length=80)
    language = models.CharField(_("language"), max_length=2)
    page = models.ForeignKey(
        Page, verbose_name=_("page"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("page made by the set-up")
        verbose_name_plural = _("pages made by the set-up")
        constraints = [
            models.UniqueConstraint(fields=["key", "language"], name="cluster_pages_page_is_made_once")
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.language})"
