"""Owns what is remembered of imports: each run with its numbers, and each row as it was last taken over."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .firm import Firm


class ImportRun(models.Model):
    """One run of an import that wrote. Without `finished_at` it was cut short; run again, it goes on."""

    file_name = models.CharField(_("file"), max_length=200)
    mapping_name = models.CharField(_("mapping"), max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("imported by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    started_at = models.DateTimeField(_("started at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    counts = models.JSONField(_("numbers"), default=dict, blank=True)
    reasons = models.JSONField(_("reasons"), default=dict, blank=True)

    class Meta:
        verbose_name = _("import run")
        verbose_name_plural = _("import runs")

    def __str__(self) -> str:
        return f"{self.file_name} ({self.started_at:%Y-%m-%d %H:%M})"


class ImportedRow(models.Model):
    """What a file said of a firm when it was last imported, to know an editor's work from its own.

    `values` holds what was taken over, field by field, and `digest` its fingerprint: an equal digest means
    nothing to do. `draft_revision` is the revision in which the import left the firm as a draft; None once it
    is published.
    """

    firm = models.OneToOneField(
        Firm, verbose_name=_("firm"), on_delete=models.CASCADE, related_name="imported_row"
    )
    run = models.ForeignKey(
        ImportRun, verbose_name=_("import run"), null=True, on_delete=models.SET_NULL, related_name="rows"
    )
    digest = models.CharField(_("fingerprint of the row"), max_length=64)
    values = models.JSONField(_("values"), default=dict)
    draft_revision = models.BigIntegerField(_("revision left as a draft"), null=True, blank=True)

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")

    def __str__(self) -> str:
        return f"{self.firm_id}: {self.digest[:8]}"
