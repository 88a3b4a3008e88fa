"""Owns what a firm says about itself, once per language."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey


class FirmProfile(models.Model):
    """A firm's own words in one language. Plain text: markup is shown as it is typed."""

    class Language(models.TextChoices):
        """The languages of the hub."""

        ENGLISH = "en", _("English")
        FRENCH = "fr", _("French")
        DUTCH = "nl", _("Dutch")

    firm = ParentalKey("directory.Firm", related_name="profiles", on_delete=models.CASCADE)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    tagline = models.CharField(_("in one line"), max_length=160, blank=True)
    description = models.TextField(_("description"), max_length=10_000, blank=True)
    offers_text = models.TextField(_("what the firm offers"), max_length=2_000, blank=True)
    looks_for_text = models.TextField(_("what the firm looks for"), max_length=2_000, blank=True)

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        constraints = [
            models.UniqueConstraint(fields=["firm", "language"], name="directory_one_profile_per_language")
        ]

    def __str__(self) -> str:
        return f"{self.get_language_display()}: {self.tagline or self.description[:60]}"

    def is_empty(self) -> bool:
        """Whether nothing is said in this language."""
        return not (self.tagline or self.description or self.offers_text or self.looks_for_text)
