"""Owns the proof that a visitor's message reaches who answers for a firm, once, and shows no address."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import translation

from directory.actions.writing import forget_senders
from directory.contacting import reading_language, recipients_of
from directory.models import ContactMessage, Firm
from hub.delivery import forget
from hub.models import OutgoingMail
from tests.directory.builders import make_contact, make_firm, make_region
from tests.hub.mails import NOW

pytestmark = pytest.mark.django_db

TEXT = "We look for red ale for our shop in Lille. Can you deliver?"


@pytest.fixture
def firm() -> Firm:
    """A listed firm in Kent with two contact persons of whom nothing is public."""
    firm = make_firm("Hopshed Lane", texts={"en": "We brew."}, email="hello@hopshed.example")
    make_contact(firm, email="ada@private.example")
    make_contact(firm, email="bea@private.example")
    return firm


def send(client: Client, firm: Firm, language: str = "en", **values: str) -> Any:
    given = {"name": "Zoé", "email": "zoe@visitor.example", "message": TEXT, "nonce": "n1", "headline": ""}
    return client.post(f"/{language}/firms/{firm.slug}/write/", given | values, follow=True)


def mails() -> dict[str, OutgoingMail]:
    return {mail.to: mail for mail in OutgoingMail.objects.all()}


def test_every_contact_person_gets_a_mail_and_the_visitor_a_copy(client: Client, firm: Firm) -> None:
    answer = send(client, firm)

    assert answer.redirect_chain == [("/en/firms/hopshed-lane/write/thanks/", 302)]
    assert "Your message is on its way" in answer.content.decode()
    sent = mails()
    assert set(sent) == {"ada@private.example", "bea@private.example", "zoe@visitor.example"}
    for to in ("ada@private.example", "bea@private.example"):
        assert sent[to].reply_to == "zoe@visitor.example" and TEXT in sent[to].body
        assert sent[to].subject == "Zoé writes to Hopshed Lane"
    copy = sent["zoe@visitor.example"]
    assert TEXT in copy.body and "What happens next" in copy.body and copy.reply_to == ""
    assert ContactMessage.objects.get().route == "people"


def test_without_contact_persons_it_goes_to_the_firm_and_else_to_who_answers_for_the_region(
    client: Client,
) -> None:
    get_user_model().objects.create_superuser("admin", "Admin@hub.example")
    get_user_model().objects.create_superuser("silent", "")
    general = make_firm(email="hello@hopshed.example")
    bare = make_firm()

    assert recipients_of(general).mails == [("hello@hopshed.example", "en")]
    send(client, bare)

    assert set(mails()) == {"Admin@hub.example", "zoe@visitor.example"}
    assert "has no mail" in mails()["Admin@hub.example"].subject
    assert "answer for its region" in mails()["zoe@visitor.example"].body


def test_where_nobody_can_answer_the_visitor_is_told_so(client: Client) -> None:
    answer = send(client, make_firm())

    assert answer.status_code == 409 and "Your message was not sent" in answer.content.decode()
    assert TEXT in answer.content.decode() and not OutgoingMail.objects.exists()


def test_everybody_reads_it_in_his_own_language(client: Client) -> None:
    firm = make_firm("Roodbier", texts={"nl": "Wij brouwen."})
    make_contact(firm, email="ada@private.example")

    answer = send(client, firm, language="fr")

    assert "Votre message est en route" in answer.content.decode()
    assert mails()["ada@private.example"].subject == "Zoé schrijft aan Roodbier"
    assert "http://testserver/nl/firms/roodbier/" in mails()["ada@private.example"].body
    assert mails()["zoe@visitor.example"].subject == "Copie : votre message à Roodbier"


def test_a_firm_reads_the_language_in_which_it_presents_itself() -> None:
    kortrijk = make_region("west-flanders", languages=["nl"])

    assert reading_language(make_firm(texts={"fr": "x"}, region=kortrijk)) == "fr"
    assert reading_language(make_firm(texts={"fr": "x", "nl": "x"}, region=kortrijk)) == "nl"
    assert reading_language(make_firm(region=kortrijk)) == "nl"


def test_a_fault_is_said_and_what_was_typed_is_kept(client: Client, firm: Firm) -> None:
    answer = send(client, firm, email="nonsense", message=f"{TEXT} See https://x.example/")
    shown = answer.content.decode()

    assert answer.status_code == 400 and not OutgoingMail.objects.exists()
    assert "<title>Error:" in shown and "We pass on no links" in shown and 'value="Zoé"' in shown
    assert "https://x.example/</textarea>" in shown and 'value="n1"' in shown


def test_a_robot_sends_nothing(client: Client, firm: Firm) -> None:
    assert "looks like a robot" in send(client, firm, headline="x").content.decode()
    assert not OutgoingMail.objects.exists() and not ContactMessage.objects.exists()


def test_the_same_form_sent_twice_is_one_message_and_a_changed_one_is_another(
    client: Client, firm: Firm
) -> None:
    for _each in range(3):
        assert send(client, firm).redirect_chain
    assert (ContactMessage.objects.count(), OutgoingMail.objects.count()) == (1, 3)

    send(client, firm, message=f"{TEXT} Please.")
    assert ContactMessage.objects.count() == 2


def test_the_page_of_a_firm_has_the_form(client: Client, firm: Firm) -> None:
    shown = client.get("/en/firms/hopshed-lane/").content.decode()

    assert 'action="/en/firms/hopshed-lane/write/"' in shown and "csrfmiddlewaretoken" in shown
    again = client.get("/en/firms/hopshed-lane/").content.decode()
    nonces = [re.findall(r'name="nonce" value="([\w-]{20,})"', page) for page in (shown, again)]
    assert [len(each) for each in nonces] == [1, 1] and nonces[0] != nonces[1]


def test_one_sender_may_write_to_some_firms_an_hour(client: Client, clock: time_machine.Traveller) -> None:
    firms = [make_firm(email=f"firm{number}@x.example") for number in range(6)]
    for number, firm in enumerate(firms[:5]):
        assert send(client, firm, nonce=str(number)).status_code == 200
        clock.shift(timedelta(minutes=5))

    answer = send(client, firms[5], email="ZOE@visitor.example")
    assert answer.status_code == 429
    assert "the next one in 35\xa0minutes" in answer.content.decode() and TEXT in answer.content.decode()
    assert send(client, firms[5], email="other@visitor.example").status_code == 200
    clock.shift(timedelta(minutes=36))
    assert send(client, firms[5]).status_code == 200


def test_one_network_and_one_firm_have_their_limits_too(client: Client, firm: Firm) -> None:
    for number in range(10):
        assert send(client, firm, nonce=str(number), email=f"v{number}@visitor.example").status_code == 200
    elsewhere = Client(REMOTE_ADDR="192.0.2.9")

    page = send(client, firm, email="v11@visitor.example").content.decode()
    # There is nothing to put right, and the page does not say so.
    assert "sent many messages" in page and "This was not sent" in page and "put right" not in page
    assert "has got many messages" in send(elsewhere, firm, email="v11@visitor.example").content.decode()


def test_a_firm_that_left_while_somebody_wrote_is_a_clear_answer(client: Client, firm: Firm) -> None:
    firm.unpublish()
    answer = send(client, firm)

    assert answer.status_code == 410 and "not in the register any more" in answer.content.decode()
    assert TEXT in answer.content.decode() and not OutgoingMail.objects.exists()
    firm.delete()
    assert send(client, firm).status_code == 410
    assert client.get("/en/firms/hopshed-lane/write/").status_code == 410


def test_a_firm_that_moved_to_another_address_still_gets_it(client: Client, firm: Firm) -> None:
    firm.former_slugs.create(slug="old-lane")

    answer = client.post(
        "/en/firms/old-lane/write/", {"name": "Zoé", "email": "z@v.example", "message": TEXT}
    )
    assert answer["Location"] == "/en/firms/hopshed-lane/write/thanks/"
    assert client.get("/en/firms/old-lane/write/").status_code == 301


@pytest.mark.parametrize("language", ["en", "fr", "nl"])
def test_no_page_and_no_mail_to_the_visitor_shows_a_private_address(
    client: Client, firm: Firm, language: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"):
        pages = [
            client.get(f"/{language}/firms/hopshed-lane/"),
            client.get(f"/{language}/firms/hopshed-lane/write/"),
            send(client, firm, language, email="wrong"),
            send(client, firm, language),
            send(client, firm, language, message="short"),
        ]

    told = " ".join(page.content.decode() for page in pages) + mails()["zoe@visitor.example"].body
    assert "@private.example" not in told and "Ada Private" not in told
    logged = " ".join(
        str(vars(record)) for record in caplog.records if record.name.startswith(("hub", "directory"))
    )
    assert "private.example" not in logged and "visitor.example" not in logged and TEXT not in logged


def test_after_90_days_only_the_count_is_left(
    client: Client, firm: Firm, clock: time_machine.Traveller
) -> None:
    send(client, firm)
    message = ContactMessage.objects.get()
    assert message.sender and message.network

    assert forget_senders(NOW + timedelta(days=1)) == 1
    assert forget(NOW + timedelta(days=90)) == 3

    kept = " ".join(str(row) for model in (OutgoingMail, ContactMessage) for row in model.objects.values())
    assert TEXT not in kept and "@visitor" not in kept and "private.example" not in kept
    message.refresh_from_db()
    assert (message.sender, message.network, firm.contact_messages.count()) == ("", "", 1)


def test_without_its_cookie_a_form_is_refused_in_words(firm: Firm) -> None:
    strict = Client(enforce_csrf_checks=True)

    answer = send(strict, firm)

    assert answer.status_code == 403 and "The form was not accepted" in answer.content.decode()
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("language", ["en", "fr", "nl"])
def test_hostile_bodies_get_a_clear_answer(client: Client, firm: Firm, language: str) -> None:
    path = f"/{language}/firms/hopshed-lane/write/"
    form = "application/x-www-form-urlencoded"
    too_long = client.post(path, {"name": "x", "email": "z@v.example", "message": "x" * 10_000_000})
    as_body = client.post(path, b"message=" + b"x" * 10_000_000, content_type=form)
    many = client.post(path, "&".join(f"a{number}=1" for number in range(10_001)), content_type=form)

    assert [answer.status_code for answer in (too_long, as_body, many)] == [413] * 3
    with translation.override(language):
        assert translation.gettext("That was too much") in as_body.content.decode().replace("&#x27;", "'")
    for rubbish in (
        b"name=%00&message=%ED%A0%80%00",
        b"\xff\xfe",
        b"name=a%0d%0aBcc:x&email=a@b.example%0d%0aBcc:c@d.example",
    ):
        assert client.post(path, rubbish, content_type=form).status_code == 400
    assert client.post(path, b"{}", content_type="application/json").status_code == 400
    assert client.put(path).status_code == 405
    assert not OutgoingMail.objects.exists()
