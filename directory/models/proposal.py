"""Owns what somebody without an account asks of the register, and what became of it."""

import hashlib
import json
from collections.abc import Collection
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _

from hub.languages import LANGUAGES
from hub.models import Cluster, Region

from .firm import Firm


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals by how they stand."""

    def waiting(self) -> Self:
        """Those that somebody has to answer."""
        return self.filter(state=Proposal.State.WAITING)

    def placed_in(self, regions: Collection[int] | None) -> Self:
        """Those that belong to these regions: to the firm's present one if there is a firm. None is all."""
        if regions is None:
            return self
        where = When(firm__isnull=False, then=F("firm__region"))
        place = Case(where, default=F("region"), output_field=models.IntegerField())
        return self.annotate(place=place).filter(place__in=list(regions))

    def of_kinds(self, kinds: Collection[str]) -> Self:
        """Those that ask one of these things."""
        return self.filter(kind__in=list(kinds))

    def to_forget(self, before: datetime) -> Self:
        """Those that were decided before a moment and still hold somebody's words."""
        return self.filter(decided_at__lt=before, forgotten_at=None)


class Proposal(models.Model):
    """One thing asked of the register. Sender, words and link are private; what is counted stays.

    `changes` maps a field of the firm to what was shown when it was sent and what is proposed:
    `{"town": {"before": "Gent", "after": "Ghent"}}`. It is checked again whenever it is used.
    """

    class Kind(models.TextChoices):
        """What is asked."""

        CORRECT = "correct", _("Correction")
        CLOSED = "closed", _("The firm has closed")
        DUPLICATE = "duplicate", _("Listed twice")
        REMOVE = "remove", _("Removal")
        MINE = "mine", _("“I work here”")
        LIST = "list", _("New firm")
        JOIN = "join", _("Joining a cluster")

    class State(models.TextChoices):
        """Where a proposal is in its life: docs/explanation/proposals.md draws it."""

        SENT = "sent", _("Link sent to the firm")
        WAITING = "waiting", _("Waits for an answer")
        ACCEPTED = "accepted", _("Accepted")
        RETURNED = "returned", _("Returned")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        CONFIRMED = "confirmed", _("Done by the firm itself")
        LAPSED = "lapsed", _("Lapsed")

    OPEN = (State.SENT, State.WAITING)

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.WAITING)
    firm = models.ForeignKey(
        Firm,
        verbose_name=_("firm"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="proposals",
    )
    firm_name = models.CharField(_("name of the firm"), max_length=200, blank=True)
    region = models.ForeignKey(
        Region,
        verbose_name=_("region"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    cluster = models.ForeignKey(
        Cluster,
        verbose_name=_("cluster"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    changes = models.JSONField(_("what is proposed"), default=dict, blank=True)
    note = models.TextField(_("in the sender's words"), max_length=2_000, blank=True)
    is_by_firm = models.BooleanField(_("sent through the firm's own link"), default=False)
    revision = models.BigIntegerField(_("draft that holds it"), null=True, blank=True)
    link_used_at = models.DateTimeField(_("link used at"), null=True, blank=True)

    sender_name = models.CharField(_("sender's name"), max_length=200, blank=True)
    sender_email = models.EmailField(_("sender's mail"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=[(each, each) for each in LANGUAGES])
    nonce = models.CharField(_("mark of the form"), max_length=64, unique=True)
    # A salted hash (`hub.visitors`), erased as soon as no limit looks at it.
    network = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(_("sent at"))
    reason = models.TextField(_("reason"), max_length=2_000, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    forgotten_at = models.DateTimeField(_("words erased at"), null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        indexes = [models.Index(fields=["state", "sent_at"], name="directory_proposal_queue")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("sent", "waiting"), decided_at=None)
                | (~Q(state__in=("sent", "waiting")) & Q(decided_at__isnull=False)),
                name="directory_proposal_decided_when_closed",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(reason="") | Q(forgotten_at__isnull=False),
                name="directory_proposal_returned_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        # The log and the page's title keep this: it names nobody.
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def version(self) -> str:
        """What is proposed as a short mark: another one as soon as the sender says more."""
        said = json.dumps(self.changes, sort_keys=True).encode()
        return hashlib.sha256(said).hexdigest()[:16]

    @property
    def subject(self) -> "Firm | Proposal":
        """What decides who answers, by its region: the firm as it is; without one, the proposal itself."""
        return self.firm or self

    @property
    def is_open(self) -> bool:
        """Whether something can still come of it."""
        return self.state in self.OPEN
