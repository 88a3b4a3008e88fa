"""Owns what processes do with mails in these tests; their imports stand inside, as in `tasks`."""

from datetime import datetime
from typing import Any

from .processes import Caller


def post(caller: Caller, number: int, now: datetime) -> list[str]:
    """Stores mails that are due; their Message-IDs."""
    from hub.outbox import store

    return [
        mail.message_id
        for each in range(number)
        if (
            mail := store(
                kind="hub.trial",
                to=f"person{each}@firm.example",
                language="en",
                subject=f"Mail {each}",
                body="Hello\n",
                now=now,
            )
        )
    ]


def deliver(caller: Caller, port: int, now: datetime) -> int:
    """Sends what is due through a mail server on this machine."""
    from django.test import override_settings

    from hub.delivery import deliver

    smtp = "django.core.mail.backends.smtp.EmailBackend"
    with override_settings(HUB_MAIL_BACKEND=smtp, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port):
        return deliver(now)


def deliver_at_a_word(caller: Caller, port: int, now: datetime) -> int:
    """The same as soon as the test says so."""
    caller.say("ready")
    caller.hear()
    return deliver(caller, port, now)


def rows(caller: Caller) -> list[dict[str, Any]]:
    """How every mail stands."""
    from hub.models import OutgoingMail

    return list(OutgoingMail.objects.order_by("pk").values("to", "state", "tries", "reason", "message_id"))


def write(caller: Caller, slug: str, form: dict[str, str]) -> tuple[int, str]:
    """Posts a message to a firm as soon as the test says so; the status and where it leads."""
    from django.test import Client

    client = Client()
    caller.say("ready")
    caller.hear()
    answer = client.post(f"/en/firms/{slug}/write/", form)
    return answer.status_code, answer.headers.get("Location", "")


def written(caller: Caller) -> tuple[int, list[str]]:
    """How many messages were counted, and to whom mails go."""
    from directory.models import ContactMessage
    from hub.models import OutgoingMail

    mails = OutgoingMail.objects.filter(kind__startswith="directory.contact").order_by("to")
    return ContactMessage.objects.count(), list(mails.values_list("to", flat=True))


def add_contact(caller: Caller, email: str) -> str:
    """Gives the first firm a contact person; its address."""
    from directory.models import Firm
    from tests.directory.builders import make_contact

    firm = Firm.objects.order_by("pk")[0]
    make_contact(firm, email=email)
    return firm.slug


def run_jobs(caller: Caller, name: str, now: datetime) -> list[str]:
    """Registers one job that says it runs, and runs what is due; the names of what was run."""
    from datetime import timedelta

    from hub import worker

    def run(now: datetime) -> int:
        caller.say("runs")
        caller.hear()
        return 1

    worker._jobs.clear()
    worker.register(worker.Job(name, name, timedelta(hours=1), run))
    return [ran.job.name for ran in worker.run_due(now)]
