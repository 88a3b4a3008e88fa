"""Owns how a stored mail leaves: claimed by a lease, sent outside any transaction, then settled or put off.

A process that dies while it sends leaves the lease; when that has ended, the mail goes out once more under
the same Message-ID, so that a mail program shows it once.
"""

import logging
import secrets
import smtplib
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F, Q, QuerySet

from hub.backoff import MOST_TRIES, delay_after
from hub.models import MailState, OutgoingMail

logger = logging.getLogger("hub.mail")

LEASE = timedelta(minutes=5)  # a mail takes at most eight answers of the server, 20 seconds each
BATCH = 50  # mails in one run of the job
SECONDS = 60.0  # after which a run begins no further mail
TIMEOUT = 20  # seconds to wait for each answer of the server
_UNREACHABLE = (OSError, smtplib.SMTPServerDisconnected)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a try. A mail that may be tried again is still `WAITING`."""

    state: MailState
    reason: str = ""
    is_server_away: bool = False


def deliver(now: datetime) -> int:
    """Sends what is due, a batch at most; how many mails were settled.

    A server that cannot be reached ends the run: every further mail would wait for it in vain.
    """
    settled, end = 0, time.monotonic() + SECONDS
    for mail in _claimed(now):
        outcome = _send(mail)
        settle(mail, outcome, now)
        settled += outcome.state != MailState.WAITING
        if outcome.is_server_away or time.monotonic() > end:
            break
    return settled


def due(now: datetime) -> QuerySet[OutgoingMail]:
    """The mails that wait, whose time has come, and that nobody is sending."""
    is_free = Q(leased_until=None) | Q(leased_until__lte=now)
    return OutgoingMail.objects.filter(is_free, state=MailState.WAITING, due_at__lte=now, forget_at__gt=now)


def claim(pk: int, now: datetime) -> OutgoingMail | None:
    """The mail, if it is ours to send now: one UPDATE decides between workers, on every database."""
    lease = secrets.token_hex(16)
    mine = due(now).filter(pk=pk).update(lease=lease, leased_until=now + LEASE, tries=F("tries") + 1)
    return OutgoingMail.objects.get(pk=pk) if mine else None


def settle(mail: OutgoingMail, outcome: Outcome, now: datetime) -> None:
    """Writes down what became of a try, unless somebody else holds the lease by now."""
    change: dict[str, object] = {"state": outcome.state, "reason": outcome.reason[:500], "settled_at": now}
    if outcome.state == MailState.WAITING:
        wait = delay_after(mail.tries)
        change |= {"state": MailState.FAILED} if wait is None else {"settled_at": None, "due_at": now + wait}
    held = OutgoingMail.objects.filter(pk=mail.pk, lease=mail.lease, state=MailState.WAITING)
    if held.update(lease="", leased_until=None, **change):
        # A demo keeps dozens of mails at its first start: they must not push the log-in off the screen.
        level = logging.DEBUG if outcome.state == MailState.KEPT else logging.INFO
        told = {"kind": mail.kind, "state": str(change["state"]), "tries": mail.tries}
        logger.log(level, "mail", extra=told)


def forget(now: datetime) -> int:
    """Erases texts and addresses whose time is over, and gives up mails that nobody may read any more."""
    return _erase(OutgoingMail.objects.filter(forget_at__lte=now), now)


def forget_recipients(addresses: Collection[str], now: datetime) -> int:
    """Erases every mail to these addresses at once, sent or not: whoever had them is gone."""
    return _erase(OutgoingMail.objects.filter(to__in=[each for each in addresses if each]), now)


def _erase(mails: QuerySet[OutgoingMail], now: datetime) -> int:
    mails = mails.filter(is_forgotten=False)
    mails.filter(state=MailState.WAITING).update(state=MailState.DISCARDED, settled_at=now)
    return mails.update(is_forgotten=True, to="", reply_to="", subject="", body="", reason="")


def _claimed(now: datetime) -> Iterator[OutgoingMail]:
    """Mails that are ours, the one that waited longest first."""
    for pk in list(due(now).order_by("due_at", "pk").values_list("pk", flat=True)[:BATCH]):
        mail = claim(pk, now)
        if mail is not None:
            yield mail


def _send(mail: OutgoingMail) -> Outcome:
    """Tries once. Whatever goes wrong is an outcome and no exception."""
    if mail.tries > MOST_TRIES:
        return Outcome(MailState.FAILED, "Every try ended before anybody could say how.")
    try:
        return Outcome(MailState.SENT if _message(mail).send() else MailState.KEPT)
    except Exception as error:
        return outcome_of(error)


def outcome_of(error: Exception) -> Outcome:
    """What an error means for the mail: try again, or never.

    Never: the server refused the recipient, the sender or the text for good (5xx, RFC 5321 section 4.2.1), or
    the mail cannot be written down. A refused log-in is our own setting's fault and can be mended.
    """
    codes = _codes(error)
    is_final = bool(codes) and all(500 <= code < 600 for code in codes)
    is_unwritable = isinstance(error, ValueError)
    state = MailState.FAILED if is_final or is_unwritable else MailState.WAITING
    return Outcome(state, _reason(error), isinstance(error, _UNREACHABLE) and not codes)


def _codes(error: Exception) -> list[int]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _said in error.recipients.values()]
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        return [error.smtp_code]
    return []


def _reason(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = [f"{code} {_text(said)}" for code, said in error.recipients.values()]
        return "; ".join(answers)
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return f"{type(error).__name__}: {error}"


def _text(said: str | bytes) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return text.replace("\0", "")


def _message(mail: OutgoingMail) -> EmailMessage:
    backend = getattr(settings, "HUB_MAIL_BACKEND", settings.EMAIL_BACKEND)
    timeout = getattr(settings, "EMAIL_TIMEOUT", None) or TIMEOUT
    return EmailMessage(
        mail.subject,
        mail.body,
        to=[mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        # RFC 3834: no holiday message answers it.
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
        connection=get_connection(backend, timeout=timeout),
    )
