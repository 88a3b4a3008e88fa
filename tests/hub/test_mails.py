"""Owns the proof that administrators see every mail and what they do to one has its effect and is logged."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core import mail as memory
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from hub.actions import NotAllowed
from hub.actions.mail import DiscardMailAction, MailIsSettled, RetryMailAction
from hub.delivery import deliver
from hub.kinds_of_mail import named_kinds
from hub.models import MailState, OutgoingMail
from tests.architecture.repository import TEMPLATES
from tests.hub.mails import NOW, make_mail, state_of

pytestmark = pytest.mark.django_db
INDEX = "hub_outgoingmail_modeladmin_index"


@pytest.fixture
def admin(client: Client) -> Client:
    """An administrator's browser."""
    client.force_login(get_user_model().objects.create_superuser("admin", "admin@hub.example"))
    return client


def screen(mail: OutgoingMail, name: str = "hub_outgoingmail_modeladmin_inspect") -> str:
    return reverse(name, args=[mail.pk])


def test_mails_are_listed_by_state_and_found_by_recipient(admin: Client) -> None:
    make_mail(to="ada@firm.example", state=MailState.FAILED, reason="550 No such person")
    make_mail(to="bea@firm.example")
    index = reverse(INDEX)

    failed = admin.get(index, {"state__exact": "failed"}).content.decode()
    found = admin.get(index, {"q": "bea@"}).content.decode()
    assert "550 No such person" in failed and "bea@firm.example" not in failed
    assert "bea@firm.example" in found and "ada@firm.example" not in found


def test_the_kinds_of_mails_are_named_in_the_words_of_the_reader(admin: Client) -> None:
    UserProfile.objects.create(user=get_user_model().objects.get(), preferred_language="fr")
    link = make_mail(kind="directory.firm.edit_link", to="ada@firm.example")
    make_mail(kind="hub.week.ahead", to="bea@firm.example")

    shown = admin.get(reverse(INDEX), {"kind": "directory.firm.edit_link"}).content.decode()
    read = admin.get(screen(link)).content.decode()
    assert "ada@firm.example" in shown and "bea@firm.example" not in shown
    assert "Lien pour modifier une fiche" in shown and "La semaine à venir" in shown
    assert "Lien pour modifier une fiche" in read
    assert "firm.edit_link" not in read and ">directory.firm.edit_link" not in shown


def test_every_mail_that_we_write_has_a_name() -> None:
    ours = {each.stem for each in (TEMPLATES / "emails").glob("*.txt")}

    assert ours <= {kind.replace(".", "_") for kind in named_kinds()}


@pytest.mark.parametrize("language", ["en", "fr", "nl"])
def test_one_mail_is_shown_with_its_text_and_working_links(admin: Client, language: str) -> None:
    UserProfile.objects.create(user=get_user_model().objects.get(), preferred_language=language)
    mail = make_mail(
        body="Look:\nhttp://testserver/en/firms/\n<script>alert(1)</script>", state=MailState.KEPT
    )

    shown = admin.get(screen(mail)).content.decode()
    assert 'href="http://testserver/en/firms/"' in shown
    assert "<script>alert" not in shown


def test_a_failed_mail_is_sent_again(admin: Client) -> None:
    mail = make_mail(state=MailState.FAILED, tries=8, reason="550")

    assert b"Send it again" in admin.get(screen(mail)).content
    admin.post(screen(mail, "hub_retry_mail"))

    assert (state_of(mail), mail.tries, mail.reason) == (MailState.WAITING, 0, "")
    deliver(timezone.now())
    assert len(memory.outbox) == 1
    entry = ModelLogEntry.objects.get(action="hub.mail.retry")
    assert entry.label == "hub.trial" and entry.user.username == "admin"


def test_a_mail_is_given_up(admin: Client) -> None:
    mail = make_mail()

    admin.post(screen(mail, "hub_discard_mail"))

    assert state_of(mail) == MailState.DISCARDED
    assert deliver(timezone.now()) == 0
    assert ModelLogEntry.objects.filter(action="hub.mail.discard").exists()


@pytest.mark.parametrize("state", [MailState.SENT, MailState.KEPT, MailState.WAITING])
def test_a_mail_that_has_not_failed_is_not_sent_again(admin: Client, state: MailState) -> None:
    mail = make_mail(state=state)

    answer = admin.post(screen(mail, "hub_retry_mail"))

    assert b"has not failed" in answer.content
    assert state_of(mail) == state


def test_what_is_erased_or_settled_stays_so(admin: Client) -> None:
    erased = make_mail(state=MailState.FAILED, is_forgotten=True)
    sent = make_mail(state=MailState.SENT)
    user = get_user_model().objects.get()

    with pytest.raises(MailIsSettled, match="erased"):
        RetryMailAction(mail=erased, actor=user, now=NOW).run()
    with pytest.raises(MailIsSettled, match="settled already"):
        DiscardMailAction(mail=sent, actor=user, now=NOW).run()


def test_nobody_else_sees_or_changes_a_mail(client: Client) -> None:
    mail = make_mail(state=MailState.FAILED, subject="Secret subject")
    editor = get_user_model().objects.create_user("editor")
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(editor)

    for path in (
        screen(mail),
        reverse(INDEX),
        screen(mail, "hub_retry_mail"),
        screen(mail, "hub_discard_mail"),
    ):
        for answer in (client.get(path, follow=True), client.post(path, follow=True)):
            assert b"Secret subject" not in answer.content and b"What happens by itself" not in answer.content
    assert state_of(mail) == MailState.FAILED
    for action in (RetryMailAction, DiscardMailAction):
        with pytest.raises(NotAllowed):
            action(mail=mail, actor=editor, now=NOW).run()


def test_the_dashboard_tells_how_jobs_and_mails_stand(admin: Client) -> None:
    make_mail(state=MailState.FAILED)

    shown = admin.get("/admin/").content.decode()

    assert "What happens by itself" in shown and "does not run" in shown
    assert f"{reverse(INDEX)}?state__exact=failed" in shown
