"""Owns the offer of a firm to another region, and what became of it."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hub.models import Region

from .firm import Firm

PATIENCE = timedelta(days=60)


class FirmTransferQuerySet(models.QuerySet["FirmTransfer"]):
    """Offers by how they stand."""

    def waiting(self) -> Self:
        """Those that the other region has not answered."""
        return self.filter(state=FirmTransfer.State.WAITING)

    def due(self, now: datetime) -> Self:
        """Those that have waited too long, or whose firm is where it was no longer."""
        moved = ~Q(firm__region=F("from_region")) | Q(firm__region=None)
        return self.waiting().filter(Q(offered_at__lte=now - PATIENCE) | moved)

    def to_regions(self, regions: Collection[int] | None) -> Self:
        """Those offered to these regions; None is all."""
        return self if regions is None else self.filter(to_region__in=list(regions))

    def between(self, regions: Collection[int] | None) -> Self:
        """Those offered to these regions, or by them; None is all."""
        if regions is None:
            return self
        return self.filter(Q(to_region__in=list(regions)) | Q(from_region__in=list(regions)))


class FirmTransfer(models.Model):
    """A firm that the lead of its region offers to another one; it moves when that one accepts."""

    class State(models.TextChoices):
        """Where an offer is in its life."""

        WAITING = "waiting", _("Waits for an answer")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        LAPSED = "lapsed", _("Lapsed")

    firm = models.ForeignKey(Firm, verbose_name=_("firm"), on_delete=models.CASCADE, related_name="transfers")
    from_region = models.ForeignKey(
        Region, verbose_name=_("from region"), on_delete=models.CASCADE, related_name="+"
    )
    to_region = models.ForeignKey(
        Region, verbose_name=_("to region"), on_delete=models.CASCADE, related_name="+"
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("offered by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    offered_at = models.DateTimeField(_("offered at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    reason = models.TextField(_("reason"), max_length=2_000, blank=True)

    objects = FirmTransferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer of a firm")
        verbose_name_plural = _("offers of firms")
        constraints = [
            models.UniqueConstraint(
                fields=["firm"], condition=Q(state="waiting"), name="directory_firm_is_offered_once"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at=None)
                | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                name="directory_transfer_decided_when_closed",
            ),
            models.CheckConstraint(
                condition=~Q(from_region=F("to_region")), name="directory_transfer_goes_elsewhere"
            ),
        ]

    def __str__(self) -> str:
        # The log and the page's title keep this: it names nobody.
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.state == self.State.WAITING
