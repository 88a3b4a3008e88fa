"""Owns how somebody wants to hear of what waits for them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class MailPreference(models.Model):
    """A person's choice between one mail a week and a mail for each thing; without a row it is one a week."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_preference"
    )
    at_once = models.BooleanField(
        _("A mail for each thing that waits for me, at once"),
        default=False,
        help_text=_("Otherwise one mail a week, on Monday morning; none when nothing waits."),
    )
    # The Monday of the last week that was looked at, whether there was anything to write or not.
    week_date = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = _("choice of mails")
        verbose_name_plural = _("choices of mails")

    def __str__(self) -> str:
        return f"{self.user}: {'at once' if self.at_once else 'weekly'}"
