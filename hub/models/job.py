"""Owns how each job of the worker stands: when it went well last, and who runs it now."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.Model):
    """One job by its name. The row outlives the worker, so that several share the work and none is lost."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    due_at = models.DateTimeField(_("due"))
    last_success_at = models.DateTimeField(_("last success"), null=True, blank=True)
    last_error_at = models.DateTimeField(_("last failure"), null=True, blank=True)
    last_error = models.CharField(_("how it failed"), max_length=100, blank=True)
    lease = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")

    def __str__(self) -> str:
        return self.name
