"""Owns builders of mails and of what mail servers answer."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hub.models import OutgoingMail
from hub.outbox import store

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def make_mail(**values: Any) -> OutgoingMail:
    """A mail to Ada that waits and is due, unless the test says otherwise."""
    given: dict[str, Any] = {
        "kind": "hub.trial",
        "to": "ada@firm.example",
        "language": "en",
        "subject": "A message",
        "body": "Hello\n",
        "now": NOW,
    }
    fields = {
        name: values.pop(name)
        for name in list(values)
        if name not in {*given, "key", "reply_to", "forget_after"}
    }
    mail = store(**given | values)
    assert mail is not None
    OutgoingMail.objects.filter(pk=mail.pk).update(**fields)
    mail.refresh_from_db()
    return mail


def state_of(mail: OutgoingMail) -> str:
    mail.refresh_from_db()
    return mail.state


def notification(message_id: str, *, action: str = "failed", copy: str = "message/rfc822") -> bytes:
    """What a mail server sends back (RFC 3464), with a copy of the mail or of its headers alone."""
    return f"""\
From: MAILER-DAEMON@mx.example
To: hub@hub.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <bounce-1@mx.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Sorry.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; ada@firm.example
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 No such
 person here

--b
Content-Type: {copy}

Message-ID: {message_id}
Subject: A message

Hello

--b--
""".encode()


DAY = timedelta(days=1)
