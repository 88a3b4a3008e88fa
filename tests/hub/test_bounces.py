"""Owns the proof that a mail which comes back is recognised, whatever a server sends."""

import io
import sys

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from hub.bounces import read_bounce
from hub.models import MailState
from tests.hub.mails import make_mail, notification, state_of


def note(raw: bytes, monkeypatch: pytest.MonkeyPatch) -> str:
    said = io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    call_command("note_bounce", stdout=said)
    return said.getvalue()


@pytest.mark.pure
@pytest.mark.parametrize("copy", ["message/rfc822", "text/rfc822-headers"])
def test_a_notification_names_the_mail_and_the_reason(copy: str) -> None:
    bounce = read_bounce(notification("<m1@hub.example>", copy=copy))

    assert bounce is not None
    assert bounce.message_ids == ("<m1@hub.example>",)
    assert bounce.reason == "550 5.1.1 No such person here"


@pytest.mark.pure
def test_a_delay_or_an_ordinary_mail_is_no_bounce() -> None:
    assert read_bounce(notification("<m1@hub.example>", action="delayed")) is None
    assert read_bounce(b"Subject: Hello\n\nI am on holiday.") is None
    assert read_bounce(b"") is None


@pytest.mark.pure
@given(st.binary(max_size=300), st.integers(min_value=0, max_value=900))
def test_rubbish_breaks_nothing(rubbish: bytes, cut: int) -> None:
    read_bounce(rubbish)
    read_bounce(notification("<m1@hub.example>")[:cut] + rubbish)


@pytest.mark.django_db
def test_the_mail_that_came_back_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    mail, other = make_mail(state=MailState.SENT), make_mail(state=MailState.SENT)

    assert note(notification(mail.message_id), monkeypatch) == "Noted.\n"

    assert (state_of(mail), state_of(other)) == (MailState.BOUNCED, MailState.SENT)
    assert mail.reason == "550 5.1.1 No such person here"


@pytest.mark.django_db
def test_what_is_not_ours_is_passed_over_without_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    mail = make_mail(state=MailState.SENT)

    assert "No mail of this hub" in note(notification("<other@elsewhere.example>"), monkeypatch)
    assert "nothing to do" in note(b"Subject: x\n\n" + b"x" * 3_000_000, monkeypatch)
    assert state_of(mail) == MailState.SENT


@pytest.mark.django_db
def test_a_reason_is_not_kept_for_a_mail_whose_text_is_erased(monkeypatch: pytest.MonkeyPatch) -> None:
    mail = make_mail(state=MailState.SENT, is_forgotten=True)

    note(notification(mail.message_id), monkeypatch)

    assert state_of(mail) == MailState.BOUNCED and mail.reason == ""
