"""Owns the proof that a firm that asks to be removed is erased, and that nobody can tell who it was."""

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import ModelLogEntry, Revision

from directory.actions.removing import RemoveFirmAction
from directory.models import ContactPerson, Firm, FormerSlug, Removal
from hub.actions import SYSTEM, NotAllowed
from hub.models import MailState
from tests.hub.mails import make_mail

from .builders import NOW, make_contact, make_firm

pytestmark = pytest.mark.django_db


def remove(firm: Firm) -> None:
    RemoveFirmAction(firm=firm, actor=SYSTEM, now=NOW).run()


def test_a_removed_firm_leaves_nothing_but_fingerprints() -> None:
    firm = make_firm("Ada Private Consulting", website="https://ada.example", published=True)
    make_contact(firm)
    FormerSlug.objects.create(firm=firm, slug="ada-private")

    remove(firm)

    assert not Firm.objects.exists()
    assert not ContactPerson.objects.exists()
    assert not FormerSlug.objects.exists()
    assert not Revision.objects.exists()
    assert Removal.objects.count() == 2
    assert all(len(each.fingerprint) == 64 for each in Removal.objects.order_by("pk"))


def test_the_log_keeps_what_happened_and_not_to_whom() -> None:
    remove(make_firm("Ada Private Consulting", published=True))
    entries = list(ModelLogEntry.objects.order_by("pk"))
    assert entries[-1].action == "wagtail.delete"
    assert "Ada" not in "".join(f"{entry.label}{entry.data}" for entry in entries)


def test_mails_to_the_firm_go_with_it_but_not_those_to_an_address_that_another_firm_has() -> None:
    firm = make_firm("Ada Private Consulting", email="ada@private.example")
    make_contact(firm, email="shared@private.example")
    make_contact(make_firm("Babbage Mills"), email="shared@private.example")
    waiting = make_mail(to="ada@private.example", body="To Ada Private.")
    shared = make_mail(to="shared@private.example", body="To both.")

    remove(firm)

    waiting.refresh_from_db()
    shared.refresh_from_db()
    assert (waiting.to, waiting.body, waiting.state) == ("", "", MailState.DISCARDED)
    assert (shared.to, shared.body, shared.state) == ("shared@private.example", "To both.", MailState.WAITING)


def test_removing_two_firms_with_the_same_website_is_no_accident() -> None:
    for name in ("A", "B"):
        remove(make_firm(name, website="https://ada.example"))
    assert Removal.objects.count() == 3


def test_a_trading_name_is_recognised_as_well() -> None:
    remove(make_firm("Ada Ltd", trading_name="Countess Computing"))
    assert Removal.objects.count() == 2


def test_only_who_may_delete_firms_can_remove_one() -> None:
    firm = make_firm()
    visitor = get_user_model().objects.create_user("visitor")
    with pytest.raises(NotAllowed):
        RemoveFirmAction(firm=firm, actor=visitor, now=NOW).run()
    assert Firm.objects.exists()

    RemoveFirmAction(firm=firm, actor=get_user_model().objects.create_superuser("admin"), now=NOW).run()
    assert not Firm.objects.exists()
