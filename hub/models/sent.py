"""Owns the memory of forms that were sent a moment ago."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SentForm(models.Model):
    """A form of the admin that had its effect: see `hub.once`. It holds a digest, and nobody's words."""

    digest = models.CharField(_("digest"), max_length=64, primary_key=True)
    then = models.CharField(_("where it led"), max_length=500, blank=True)
    at = models.DateTimeField(_("when"), db_index=True)

    class Meta:
        verbose_name = _("form that was sent")
        verbose_name_plural = _("forms that were sent")

    def __str__(self) -> str:
        return self.digest
