"""Owns the proof that a change is told to who answers for the region, and its end to who wrote it; once."""

from typing import Any

import pytest

from hub.models import MailPreference, OutgoingMail
from tests.hub.people import make_administrator, make_coordinator, make_deputy, make_editor, make_lead
from tests.hub.stewards import all_told, make_change, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def lead() -> Any:
    """The lead of Kent, who wants each mail at once."""
    lead = make_lead("kent", "lead-kent")
    MailPreference.objects.create(user=lead, at_once=True)
    return lead


def test_a_change_is_told_to_the_lead_who_wants_each_at_once(lead: Any) -> None:
    make_deputy("kent"), make_coordinator(), make_lead("zeeland")

    make_change("kent", by=make_editor("kent", "eva-editor"), title="Our team")

    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to) == ("hub.change.submitted", "lead-kent@people.example")
    assert "Our team" in mail.subject and "Eva Editor" in mail.body and "/edit/" in mail.body


def test_a_lead_is_not_told_of_a_change_of_her_own(lead: Any) -> None:
    make_change("kent", by=lead)

    assert all_told() == set()


def test_a_region_without_a_lead_is_answered_for_by_the_coordinator() -> None:
    make_coordinator("coordinator")

    make_change("kent", by=make_editor("kent"))

    assert told("hub.change.submitted") == ["coordinator"]


def test_the_author_alone_hears_why_a_change_came_back_in_one_mail(lead: Any) -> None:
    change = make_change("kent", by=make_editor("kent", "eva-editor"), title="Our team")
    OutgoingMail.objects.all().delete()

    change.current_task_state.reject(user=lead, comment="Please name the source.")

    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to) == ("hub.change.returned", "eva-editor@people.example")
    assert "Please name the source." in mail.body


def test_the_author_alone_hears_that_a_change_is_public_in_one_mail(lead: Any) -> None:
    change = make_change("kent", by=make_editor("kent", "eva-editor"))
    OutgoingMail.objects.all().delete()

    change.current_task_state.approve(user=make_administrator())

    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to) == ("hub.change.approved", "eva-editor@people.example")


@pytest.mark.parametrize("answer", ["approve", "reject"])
def test_wagtail_writes_no_mail_of_its_own_about_the_same(mailoutbox: Any, answer: str) -> None:
    change = make_change("kent", by=make_editor("kent"))

    getattr(change.current_task_state, answer)(user=make_administrator(), comment="Please name the source.")

    assert mailoutbox == []
