"""Owns invitations: somebody is asked by mail to take up a role, and has some days to do so."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hub.languages import LANGUAGES

from .cluster import Cluster
from .lead import LeadTerm
from .region import Region

VALID_FOR = timedelta(days=14)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by how they stand."""

    def open(self, now: datetime) -> Self:
        """Those that can still be accepted."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now)

    def unanswered(self) -> Self:
        """Those that were neither accepted nor withdrawn, also when their time is over."""
        return self.filter(accepted_at=None, withdrawn_at=None)


class Invitation(models.Model):
    """One person is invited to one role. The mail is private; it goes with the row."""

    class Role(models.TextChoices):
        """What somebody can be invited to."""

        LEAD = "lead", _("Lead")
        DEPUTY = "deputy", _("Deputy")
        CLUSTER_LEAD = "cluster-lead", _("Cluster lead")
        EDITOR = "editor", _("Editor")
        COMMUNICATIONS = "communications", _("Communications team")
        COORDINATOR = "coordinator", _("Coordinator")

    OF_A_REGION = (Role.LEAD, Role.DEPUTY, Role.EDITOR)

    email = models.EmailField(_("mail"))
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(_("language"), max_length=2, choices=[(code, code) for code in LANGUAGES])
    role = models.CharField(_("role"), max_length=20, choices=Role)
    region = models.ForeignKey(
        Region, verbose_name=_("region"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    cluster = models.ForeignKey(
        Cluster, verbose_name=_("cluster"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    replaces = models.ForeignKey(
        LeadTerm,
        verbose_name=_("whose term this replaces"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    from_date = models.DateField(_("first day"), null=True, blank=True)
    to_date = models.DateField(_("last day"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField(_("invited on"))
    expires_at = models.DateTimeField(_("can be accepted until"))
    accepted_at = models.DateTimeField(_("accepted on"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(role__in=("lead", "deputy", "editor"), region__isnull=False)
                    | Q(role="cluster-lead", region=None, cluster__isnull=False)
                    | Q(role__in=("communications", "coordinator"), region=None, cluster=None)
                ),
                name="hub_invitation_is_to_a_role_and_its_place",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
                name="hub_invitation_has_one_answer",
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(role)s: %(holder)s") % {"role": self.get_role_display(), "holder": self.name}
