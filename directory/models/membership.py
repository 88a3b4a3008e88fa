"""Owns the plain rows beside a firm that no revision holds: only actions change them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hub.models import Cluster

from .firm import Firm


class ContactPerson(models.Model):
    """Somebody to talk to at a firm. Private, field by field, until the firm makes it public."""

    firm = models.ForeignKey(
        Firm, verbose_name=_("firm"), on_delete=models.CASCADE, related_name="contact_persons"
    )
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role"), max_length=200, blank=True)
    email = models.EmailField(_("mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    is_name_public = models.BooleanField(_("show the name and role to everyone"), default=False)
    is_email_public = models.BooleanField(_("show the mail to everyone"), default=False)
    is_phone_public = models.BooleanField(_("show the phone to everyone"), default=False)

    class Meta:
        verbose_name = _("contact person")
        verbose_name_plural = _("contact persons")

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A firm belongs to a cluster from a day on. A firm may be in several."""

    firm = models.ForeignKey(
        Firm, verbose_name=_("firm"), on_delete=models.CASCADE, related_name="memberships"
    )
    cluster = models.ForeignKey(
        Cluster, verbose_name=_("cluster"), on_delete=models.PROTECT, related_name="memberships"
    )
    from_date = models.DateField(_("from"))
    to_date = models.DateField(_("to"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "cluster"],
                condition=Q(to_date=None),
                name="directory_one_open_membership_per_cluster",
            ),
            models.CheckConstraint(
                condition=Q(to_date=None) | Q(to_date__gte=F("from_date")),
                name="directory_membership_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.firm}: {self.cluster}"


class Confirmation(models.Model):
    """Somebody said that what the register shows of a firm is still right."""

    firm = models.ForeignKey(
        Firm, verbose_name=_("firm"), on_delete=models.CASCADE, related_name="confirmations"
    )
    at = models.DateTimeField(_("confirmed at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    is_by_firm = models.BooleanField(_("by the firm itself"), default=False)

    class Meta:
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")

    def __str__(self) -> str:
        return f"{self.firm}: {self.at:%Y-%m-%d}"


class Removal(models.Model):
    """A firm asked to be removed. Only salted hashes are kept, so that no import brings it back."""

    fingerprint = models.CharField(_("fingerprint"), max_length=64, unique=True)
    at = models.DateTimeField(_("removed at"))

    class Meta:
        verbose_name = _("removal")
        verbose_name_plural = _("removals")

    def __str__(self) -> str:
        return f"{self.fingerprint[:8]}… ({self.at:%Y-%m-%d})"
