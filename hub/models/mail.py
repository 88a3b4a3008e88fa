"""Owns the mails that the hub has to send: each waits here as a row until the worker has seen it off."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    """Where a mail is. Only `WAITING` changes by itself."""

    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    KEPT = "kept", _("Kept here, not sent (demo)")
    FAILED = "failed", _("Failed")
    BOUNCED = "bounced", _("Came back")
    DISCARDED = "discarded", _("Discarded")


class OutgoingMail(models.Model):
    """One mail to one person. What it says is erased after a time; that it was is kept."""

    kind = models.CharField(_("kind"), max_length=80)
    to = models.EmailField(_("recipient"), blank=True)
    reply_to = models.EmailField(_("answers go to"), blank=True)
    language = models.CharField(_("language"), max_length=2)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    body = models.TextField(_("text"), blank=True)
    key = models.CharField(_("key against doubles"), max_length=200, blank=True)
    message_id = models.CharField(_("Message-ID"), max_length=200, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=MailState, default=MailState.WAITING)
    created_at = models.DateTimeField(_("written"))
    due_at = models.DateTimeField(_("next try"))
    settled_at = models.DateTimeField(_("sent or given up"), null=True, blank=True)
    forget_at = models.DateTimeField(_("text erased after"))
    is_forgotten = models.BooleanField(_("text erased"), default=False)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    # Whoever holds the lease may send; after its end somebody else may.
    lease = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="hub_mail_of_a_key_goes_once")
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="hub_mail_waiting"),
            models.Index(fields=["forget_at"], condition=Q(is_forgotten=False), name="hub_mail_to_forget"),
        ]

    def __str__(self) -> str:
        return self.subject or self.kind
