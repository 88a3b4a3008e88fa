"""Owns the proof that a mail is written once, at once, in its reader's language, with what it is about."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage, send_mail
from django.db import transaction
from django.test import override_settings
from django.utils import translation

from hub.models import MailState, OutgoingMail
from hub.outbox import post
from tests.hub.mails import NOW, make_mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def letters(tmp_path, settings):  # type: ignore[no-untyped-def]
    """A kind of mail `hub.trial` of the tests' own."""
    (tmp_path / "emails").mkdir()
    (tmp_path / "emails" / "hub_trial.txt").write_text(
        "{% load i18n %}{% translate 'Error:' %} {{ name }}\n\n\n\n"
        "Dear {{ name }}, this is {{ site_name }} at {{ site_url }}.\n"
    )
    templates = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    with override_settings(TEMPLATES=templates):
        yield


def letter(**values):  # type: ignore[no-untyped-def]
    given = {
        "kind": "hub.trial",
        "to": "ada@firm.example",
        "language": "en",
        "context": {"name": "Ada"},
        "now": NOW,
    }
    return post(**given | values)


def test_a_mail_is_rendered_at_once_in_its_readers_language(letters: None) -> None:
    with translation.override("nl"):
        mail = letter(language="fr", context={"name": "Brasserie & Fils <b>"})

    assert mail.subject == "Erreur\u00a0: Brasserie & Fils <b>".replace("\u00a0", " ")
    assert mail.body == "Dear Brasserie & Fils <b>, this is Member hub at http://testserver/.\n"
    assert (mail.state, mail.due_at, mail.forget_at) == (MailState.WAITING, NOW, NOW + timedelta(days=90))
    assert mail.message_id.endswith("@testserver>")


def test_a_name_brings_no_line_into_the_subject(letters: None) -> None:
    mail = letter(context={"name": "Ada\r\nBcc: all@list.example\u2028\0x"})

    assert mail.subject == "Error: Ada"
    assert len(mail.subject.splitlines()) == 1


def test_the_same_key_posts_once(letters: None) -> None:
    assert letter(key="proposal-7-accepted") is not None
    assert letter(key="proposal-7-accepted", to="bea@firm.example") is None
    assert letter(key="") is not None and letter(key="") is not None
    assert OutgoingMail.objects.count() == 3


def test_a_mail_goes_with_the_transaction_it_is_about(letters: None) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        letter()
        raise RuntimeError

    assert not OutgoingMail.objects.exists()


@override_settings(EMAIL_BACKEND="hub.mailing.OutboxBackend")
def test_what_django_and_wagtail_send_waits_in_the_outbox_too() -> None:
    with translation.override("fr"):
        send_mail("Nouveau mot\nde passe", "Bonjour", None, ["ada@firm.example", "bea@firm.example"])
    EmailMessage("Hi", "x", to=["ada@firm.example"], reply_to=["zoe@x.example"]).send()

    rows = OutgoingMail.objects.order_by("pk")
    assert [row.to for row in rows] == ["ada@firm.example", "bea@firm.example", "ada@firm.example"]
    assert (rows[0].subject, rows[0].body, rows[0].language) == ("Nouveau mot de passe", "Bonjour", "fr")
    assert rows[2].reply_to == "zoe@x.example"


def test_a_mail_reads_as_its_subject() -> None:
    assert str(make_mail(subject="A message")) == "A message"
