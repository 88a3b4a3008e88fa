"""Owns that visitors have written to the leads of a region: how often, and nothing of what they wrote."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hub.models import Region


class LeadMessage(models.Model):
    """Somebody wrote to the leads of a region. The text is in the mails, for a time; this row counts."""

    region = models.ForeignKey(
        Region, verbose_name=_("region"), on_delete=models.CASCADE, related_name="messages"
    )
    at = models.DateTimeField(_("written at"))
    # The same for two posts of one form.
    mark = models.CharField(max_length=64, unique=True)
    # Salted hashes (`hub.visitors`), erased as soon as no limit looks at them.
    sender = models.CharField(max_length=64, blank=True)
    network = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("message to leads")
        verbose_name_plural = _("messages to leads")
        indexes = [
            models.Index(fields=["sender", "at"], name="cluster_pages_message_sender"),
            models.Index(fields=["network", "at"], name="cluster_pages_message_network"),
        ]

    def __str__(self) -> str:
        return f"{self.region}: {self.at:%Y-%m-%d}"
