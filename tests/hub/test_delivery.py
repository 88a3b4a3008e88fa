"""Owns the proof that every mail goes out, once if nobody dies, and that what fails says why."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail as memory
from django.core.mail.backends.base import BaseEmailBackend
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from hub.backoff import DELAYS, MOST_TRIES, delay_after
from hub.delivery import LEASE, Outcome, claim, deliver, forget, outcome_of, settle
from hub.models import MailState, OutgoingMail
from tests.hub.mails import DAY, NOW, make_mail, state_of

pytestmark = pytest.mark.django_db

FAILURE: list[Exception] = []


class FailingBackend(BaseEmailBackend):
    """Fails as the test says."""

    def send_messages(self, email_messages):  # type: ignore[no-untyped-def]
        raise FAILURE[0]


def failing_with(error: Exception) -> override_settings:
    FAILURE[:] = [error]
    return override_settings(HUB_MAIL_BACKEND="tests.hub.test_delivery.FailingBackend")


def test_a_mail_goes_out_once_with_all_its_headers() -> None:
    mail = make_mail(reply_to="visitor@x.example")

    assert deliver(NOW) == 1
    assert deliver(NOW) == 0

    [sent] = memory.outbox
    assert (sent.to, sent.reply_to, sent.subject, sent.body) == (
        ["ada@firm.example"], ["visitor@x.example"], "A message", "Hello\n",
    )  # fmt: skip
    message = sent.message()
    assert message["Message-ID"] == mail.message_id and message["Auto-Submitted"] == "auto-generated"
    mail.refresh_from_db()
    assert (mail.state, mail.tries, mail.settled_at, mail.lease) == (MailState.SENT, 1, NOW, "")


def test_a_backend_that_sends_nothing_keeps_the_mail() -> None:
    mail = make_mail()
    with override_settings(HUB_MAIL_BACKEND="hub.mailing.KeepingBackend"):
        assert deliver(NOW) == 1

    assert state_of(mail) == MailState.KEPT
    assert mail.body == "Hello\n"


def test_a_server_that_is_away_puts_mails_off_and_is_asked_once() -> None:
    first, second = make_mail(), make_mail(to="bea@firm.example")
    with failing_with(ConnectionRefusedError("no")):
        assert deliver(NOW) == 0

    assert state_of(first) == state_of(second) == MailState.WAITING
    assert (first.tries, first.due_at, second.tries) == (1, NOW + timedelta(minutes=1), 0)
    assert first.reason == "ConnectionRefusedError: no"
    assert deliver(NOW) == 1
    assert deliver(NOW + timedelta(minutes=1)) == 1


def test_after_the_last_try_a_mail_has_failed_with_its_reason() -> None:
    mail = make_mail()
    waits, now = [], NOW
    with failing_with(OSError("hub-mail.invalid does not resolve")):
        while state_of(mail) == MailState.WAITING:
            deliver(mail.due_at)
            mail.refresh_from_db()
            waits.append(mail.due_at - now)
            now = mail.due_at

    assert waits[:-1] == list(DELAYS)
    assert (mail.state, mail.tries) == (MailState.FAILED, MOST_TRIES)
    assert "does not resolve" in mail.reason


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (smtplib.SMTPRecipientsRefused({"a@x": (550, b"5.1.1 unknown")}), MailState.FAILED),
        (smtplib.SMTPRecipientsRefused({"a@x": (451, b"later")}), MailState.WAITING),
        (smtplib.SMTPSenderRefused(553, b"not you", "hub@x"), MailState.FAILED),
        (smtplib.SMTPDataError(554, b"spam"), MailState.FAILED),
        (smtplib.SMTPDataError(452, b"full"), MailState.WAITING),
        (smtplib.SMTPAuthenticationError(535, b"wrong password"), MailState.WAITING),
        (smtplib.SMTPServerDisconnected("gone"), MailState.WAITING),
        (TimeoutError("slow"), MailState.WAITING),
        (ValueError("cannot be encoded"), MailState.FAILED),
        (RuntimeError("a bug"), MailState.WAITING),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_what_a_server_says_for_good_fails_at_once_and_all_else_is_tried_again(
    error: Exception, state: MailState
) -> None:
    mail = make_mail()
    with failing_with(error):
        deliver(NOW)

    assert state_of(mail) == state
    assert mail.reason


def test_only_a_server_that_cannot_be_reached_ends_the_round() -> None:
    assert outcome_of(ConnectionRefusedError()).is_server_away
    assert outcome_of(smtplib.SMTPServerDisconnected()).is_server_away
    assert not outcome_of(smtplib.SMTPRecipientsRefused({"a@x": (451, b"")})).is_server_away
    assert not outcome_of(RuntimeError()).is_server_away


def test_a_mail_is_claimed_by_one_and_free_again_when_the_lease_ends() -> None:
    mail = make_mail()

    mine = claim(mail.pk, NOW)

    assert mine is not None and claim(mail.pk, NOW) is None
    assert claim(mail.pk, NOW + LEASE - timedelta(seconds=1)) is None
    theirs = claim(mail.pk, NOW + LEASE)
    assert theirs is not None and theirs.tries == 2
    # Whoever comes back late writes nothing over the one who holds the lease now.
    settle(mine, Outcome(MailState.FAILED, "late"), NOW + LEASE)
    assert state_of(mail) == MailState.WAITING


def test_a_mail_that_kills_every_worker_is_given_up() -> None:
    mail = make_mail(tries=MOST_TRIES)

    deliver(NOW)

    assert state_of(mail) == MailState.FAILED
    assert "Every try ended" in mail.reason and memory.outbox == []


def test_texts_and_addresses_are_erased_when_their_time_is_over_and_the_row_stays() -> None:
    sent = make_mail(
        state=MailState.SENT, reply_to="v@x.example", reason="550 ada@firm.example", forget_after=DAY
    )
    waiting = make_mail(forget_after=DAY)
    young = make_mail()

    assert forget(NOW + DAY) == 2
    assert forget(NOW + DAY) == 0

    row = OutgoingMail.objects.values().get(pk=sent.pk)
    assert (row["to"], row["reply_to"], row["subject"], row["body"], row["reason"]) == ("", "", "", "", "")
    assert (row["state"], row["is_forgotten"], row["kind"]) == (MailState.SENT, True, "hub.trial")
    assert state_of(waiting) == MailState.DISCARDED
    assert state_of(young) == MailState.WAITING and young.body


def test_a_mail_too_old_to_read_is_not_sent() -> None:
    make_mail(forget_after=DAY)

    assert deliver(NOW + DAY) == 0
    assert memory.outbox == []


@pytest.mark.parametrize(
    ("backend", "lines"),
    (("django.core.mail.backends.locmem.EmailBackend", 3), ("hub.mailing.KeepingBackend", 0)),
)
def test_each_mail_that_leaves_is_a_line_of_the_log_and_none_that_a_demo_keeps(
    caplog: pytest.LogCaptureFixture, backend: str, lines: int
) -> None:
    for _each in range(3):
        make_mail()

    with override_settings(HUB_MAIL_BACKEND=backend), caplog.at_level("INFO", logger="hub.mail"):
        deliver(NOW)

    assert len([record for record in caplog.records if record.name == "hub.mail"]) == lines


def test_the_log_says_nothing_about_anybody(caplog: pytest.LogCaptureFixture) -> None:
    make_mail(subject="Secret", body="Secret", reply_to="v@x.example")
    make_mail()
    with (
        caplog.at_level("DEBUG"),
        failing_with(smtplib.SMTPRecipientsRefused({"ada@firm.example": (550, b"ada@firm.example")})),
    ):
        deliver(NOW)

    told = " ".join(str(vars(record)) for record in caplog.records if record.name.startswith("hub"))
    assert "hub.trial" in told
    assert "@" not in told.replace("@testserver", "") and "Secret" not in told


@given(st.integers(min_value=1, max_value=50))
def test_waits_only_grow_and_then_end(tries: int) -> None:
    wait, following = delay_after(tries), delay_after(tries + 1)

    assert (wait is None) == (tries >= MOST_TRIES)
    assert following is None or (wait is not None and following > wait)
