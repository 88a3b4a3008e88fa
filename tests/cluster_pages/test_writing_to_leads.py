"""Owns the proof that a visitor's message reaches the leads of a region, once, and shows no address."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cluster_pages.actions.writing import forget_senders
from cluster_pages.models import LeadMessage
from directory.actions.writing import LONGEST
from hub.models import LeadTerm, OutgoingMail
from tests.directory.builders import make_region
from tests.hub import people

pytestmark = pytest.mark.django_db
TEXT = "We look for a partner for a festival in Dover. Who can help?"


def send(client: Client, region: str = "kent", language: str = "en", **values: str) -> Any:
    given = {"name": "Zoé", "email": "zoe@visitor.example", "message": TEXT, "nonce": "n1", "headline": ""}
    return client.post(f"/{language}/regions/{region}/contact/", given | values, follow=True)


def mails() -> dict[str, OutgoingMail]:
    return {mail.to: mail for mail in OutgoingMail.objects.all()}


def test_every_lead_and_deputy_with_a_mail_gets_it_and_the_visitor_a_copy(client: Client) -> None:
    lead, deputy = people.make_lead("kent"), people.make_deputy("kent")
    people.make_ended_lead("kent")
    people.make_lead("zeeland")
    people.make_editor("kent")
    LeadTerm.objects.create(
        user=people.make_user(email=""), region=make_region("kent"), from_date=timezone.localdate()
    )

    answer = send(client)

    assert answer.redirect_chain == [("/en/regions/kent/contact/thanks/", 302)]
    sent = mails()
    assert set(sent) == {lead.email, deputy.email, "zoe@visitor.example"}
    assert sent[lead.email].reply_to == "zoe@visitor.example" and TEXT in sent[lead.email].body
    assert lead.email not in sent["zoe@visitor.example"].body
    assert lead.email not in sent[deputy.email].body


def test_where_nobody_leads_coordinators_get_it(client: Client) -> None:
    people.make_hub("kent")
    coordinator = people.make_coordinator()

    send(client)

    assert set(mails()) == {coordinator.email, "zoe@visitor.example"}


def test_the_same_form_sent_twice_is_one_message(client: Client) -> None:
    people.make_lead("kent")

    send(client)
    send(client)

    assert LeadMessage.objects.count() == 1 and OutgoingMail.objects.count() == 2


def test_one_sender_cannot_flood_the_leads(client: Client) -> None:
    people.make_lead("kent")
    for number in range(5):
        send(client, nonce=f"n{number}")

    answer = send(client, nonce="n6")

    assert answer.status_code == 429 and LeadMessage.objects.count() == 5
    assert TEXT in answer.content.decode()


def test_what_was_typed_badly_is_shown_again(client: Client) -> None:
    people.make_lead("kent")

    answer = send(client, email="no mail")

    assert answer.status_code == 400 and TEXT in answer.content.decode() and not mails()


@pytest.mark.parametrize("language", ["en", "fr", "nl"])
def test_the_form_names_the_team_and_no_address(client: Client, language: str) -> None:
    people.make_lead("kent", "ann-baker")

    html = client.get(f"/{language}/regions/kent/contact/").content.decode()

    assert "Ann Baker" in html and "people.example" not in html


def test_a_region_without_a_hub_has_nobody_to_write_to(client: Client) -> None:
    make_region("essex")

    assert client.get("/en/regions/essex/contact/").status_code == 404
    assert client.get("/en/regions/atlantis/contact/").status_code == 404


def test_after_a_day_nobody_can_be_told_from_another(client: Client) -> None:
    people.make_lead("kent")
    send(client)

    assert forget_senders(timezone.now()) == 0
    assert forget_senders(timezone.now() + LONGEST) == 1
    assert LeadMessage.objects.get().sender == ""
