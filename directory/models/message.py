"""Owns that visitors have written to firms: how often, and nothing of what they wrote."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .firm import Firm


class ContactMessage(models.Model):
    """Somebody wrote to a firm. The text is in the mails, for a time; this row counts, and limits robots."""

    class Route(models.TextChoices):
        """To whom it went."""

        PEOPLE = "people", _("Contact persons")
        GENERAL = "general", _("General mail of the firm")
        STEWARDS = "stewards", _("People of the region")

    firm = models.ForeignKey(
        Firm, verbose_name=_("firm"), on_delete=models.CASCADE, related_name="contact_messages"
    )
    at = models.DateTimeField(_("written at"))
    route = models.CharField(_("went to"), max_length=10, choices=Route)
    # The same for two posts of one form: see `Letter.mark()`.
    mark = models.CharField(max_length=64, unique=True)
    # Salted hashes (`hub.visitors`), erased as soon as no limit looks at them.
    sender = models.CharField(max_length=64, blank=True)
    network = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            models.Index(fields=["sender", "at"], name="directory_message_sender"),
            models.Index(fields=["network", "at"], name="directory_message_network"),
        ]

    def __str__(self) -> str:
        return f"{self.firm}: {self.at:%Y-%m-%d}"
