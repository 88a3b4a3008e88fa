"""Owns what is remembered of merged firms: which one stayed, what went over, and how long it can go back."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.locks import BaseLock

CAN_BE_UNDONE_FOR = timedelta(days=30)


class MergeQuerySet(models.QuerySet["Merge"]):
    """Merges by how they stand."""

    def open(self) -> Self:
        """Those whose other firm is kept aside: neither undone nor final."""
        return self.filter(undone_at=None, final_at=None, merged__isnull=False)

    def due(self, now: datetime) -> Self:
        """Open ones that can be undone no longer."""
        return self.open().filter(at__lte=now - CAN_BE_UNDONE_FOR)


class Merge(models.Model):
    """Two firms became one. `merged` is kept aside, unpublished and locked, until the merge is final.

    `moved` says what went over to `kept`, so that it can go back: see `directory.merging`. It is emptied when
    the merge is undone or final.
    """

    kept = models.ForeignKey(
        "directory.Firm", verbose_name=gettext_lazy("firm"), on_delete=models.CASCADE, related_name="merges"
    )
    merged = models.ForeignKey(
        "directory.Firm",
        verbose_name=gettext_lazy("merged firm"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="merged_into",
    )
    at = models.DateTimeField(gettext_lazy("merged at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=gettext_lazy("merged by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    moved = models.JSONField(default=dict)
    undone_at = models.DateTimeField(gettext_lazy("undone at"), null=True)
    final_at = models.DateTimeField(gettext_lazy("final since"), null=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("merge")
        verbose_name_plural = gettext_lazy("merges")
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at=None), name="directory_firm_is_merged_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} → {self.kept_id} ({self.at:%Y-%m-%d})"

    @property
    def until(self) -> datetime:
        """Until when it can be undone."""
        return self.at + CAN_BE_UNDONE_FOR


class MergedKey(models.Model):
    """The key of a merged firm's row in a file, if the firm that stayed has a row of its own.

    An import knows by it that the row is no new firm; it takes nothing over from it.
    """

    firm = models.ForeignKey(
        "directory.Firm",
        verbose_name=gettext_lazy("firm"),
        on_delete=models.CASCADE,
        related_name="merged_keys",
    )
    source = models.CharField(gettext_lazy("source"), max_length=60)
    key = models.CharField(gettext_lazy("key in the source"), max_length=200)

    class Meta:
        verbose_name = gettext_lazy("key of a merged firm")
        verbose_name_plural = gettext_lazy("keys of merged firms")
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="directory_merged_key_is_unique")
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.key}"


class MergedLock(BaseLock):
    """Nobody edits a firm that is kept aside: the merge would bring old words back, or lose new ones."""

    def __init__(self, firm: models.Model, merge: Merge) -> None:
        super().__init__(firm)
        self.merge = merge

    def for_user(self, user: object) -> bool:
        """For everybody."""
        return True

    def get_message(self, user: object) -> SafeString:
        """Into which firm it was merged, and when."""
        day = date_format(localtime(self.merge.at), "DATE_FORMAT")
        said = _("This firm was merged into %(firm)s on %(date)s. Undo the merge to edit it.")
        return format_html("{}", said % {"firm": self.merge.kept, "date": day})
