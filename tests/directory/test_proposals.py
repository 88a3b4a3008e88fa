"""Owns the proof that what a visitor proposes reaches the coordinator and, accepted, the page."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from directory.models import Firm, Proposal
from tests.directory.builders import make_firm, make_region
from tests.directory.proposing import SENDER, answer_url, link_in, mails, send

pytestmark = pytest.mark.django_db


def test_a_correction_goes_from_the_page_through_the_queue_back_to_the_page(
    client: Client, admin: Client
) -> None:
    firm = make_firm("Hopshed Lane", town="Faversham", texts={"en": "We brew."}, published=True)
    visitor = Client()
    assert f"/en/firms/{firm.slug}/propose/correct/" in visitor.get(firm.get_absolute_url()).content.decode()

    answer = send(visitor, firm, town="Whitstable", note="We moved.")
    assert answer.status_code == 302
    status = visitor.get(answer.headers["Location"]).content.decode()
    assert "Whitstable" in status and "Take it back" in status
    proposal = Proposal.objects.get()
    screen = admin.get(answer_url(proposal)).content.decode()
    assert all(each in screen for each in ("Faversham", "Whitstable", "We moved.", SENDER))
    admin.post(answer_url(proposal), {"way": "publish"})

    assert "Whitstable" in visitor.get(firm.get_absolute_url()).content.decode()
    assert Firm.objects.get().latest_revision.user == get_user_model().objects.get(username="admin")
    received, accepted = mails("directory.proposal.received"), mails("directory.proposal.accepted")
    assert [each.to for each in (*received, *accepted)] == [SENDER, SENDER]
    assert [each.to for each in mails("directory.proposal.waiting")] == ["admin@hub.example"]
    assert link_in(mails("directory.proposal.waiting")[0], "/admin/") == answer_url(proposal)
    assert "Accepted" in visitor.get(link_in(accepted[0], "/proposals/")).content.decode()


def test_a_correction_proposes_only_what_its_sender_changed(client: Client) -> None:
    firm = make_firm("Hopshed Lane", region="kent", town="Faversham", published=True)

    send(client, firm, town="Whitstable")

    assert list(Proposal.objects.get().changes) == ["town"]


def test_a_visitor_can_wish_for_another_region(client: Client) -> None:
    make_region("east-flanders")
    firm = make_firm("Hopshed Lane", region="kent", published=True)
    form = client.get(f"/en/firms/{firm.slug}/propose/correct/").context["form"]
    offered = {str(each.data["label"]).strip(): str(each.data["value"]) for each in form["region"].subwidgets}

    send(client, firm, region=offered["East Flanders"])

    assert Proposal.objects.get().changes == {"region": {"before": "kent", "after": "east-flanders"}}
