"""Owns the proof of what becomes of a proposal that nobody answers, or can answer: its sender hears of it."""

from datetime import timedelta

import pytest
from django.test import Client

from directory.actions.answering import AcceptProposalAction, ReturnProposalAction
from directory.actions.lapsing import LapseProposalAction, StillYoung
from directory.actions.own_firm import ConfirmRemovalAction, SaveOwnFirmAction
from directory.actions.removing import RemoveFirmAction
from directory.models import Firm, Proposal
from directory.proposing import Change
from directory.proposing.addresses import STATUS, path_to
from directory.upkeep import lapse_unanswered
from hub.actions import SYSTEM
from tests.directory.builders import NOW, make_firm, make_region
from tests.directory.proposing import SENDER, mails, propose

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)
UNANSWERED, GONE = "directory.proposal.unanswered", "directory.proposal.firm_gone"


def test_after_a_year_without_an_answer_it_is_closed_and_its_sender_is_told_and_forgotten() -> None:
    firm = make_firm("Hopshed Lane", published=True)
    propose("correct", firm=firm, note="My words.")
    assert lapse_unanswered(NOW + YEAR - timedelta(seconds=1)) == 0

    assert lapse_unanswered(NOW + YEAR) == 1
    assert lapse_unanswered(NOW + YEAR) == 0

    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.firm) == ("lapsed", firm)
    assert (proposal.sender_name, proposal.sender_email, proposal.note, proposal.changes) == ("", "", "", {})
    (mail,) = mails(UNANSWERED)
    assert mail.to == SENDER and "Hopshed Lane" in mail.body and "erased" in mail.body
    assert mail.forget_at == NOW + YEAR + timedelta(days=7)


def test_what_was_answered_in_time_does_not_lapse() -> None:
    firm = make_firm(published=True)
    ReturnProposalAction(proposal=propose(firm=firm), reason="No.", actor=SYSTEM, now=NOW).run()
    waiting = propose(firm=firm)

    with pytest.raises(StillYoung):
        LapseProposalAction(proposal=waiting, now=NOW + YEAR - timedelta(days=1)).run()
    assert lapse_unanswered(NOW + YEAR) == 1

    assert sorted(Proposal.objects.values_list("state", flat=True)) == ["lapsed", "returned"]


def test_a_new_firm_that_nobody_looked_at_lapses_and_its_name_is_not_passed_on(client: Client) -> None:
    asked = propose("list", firm_name="Buy cheap pills", region=make_region(), note="We are new.")

    lapse_unanswered(NOW + YEAR)

    assert "pills" not in mails(UNANSWERED)[0].body
    page = client.get(path_to(STATUS, "en", proposal=asked.pk)).content.decode()
    assert "Nobody answered it within a year" in page


def test_the_draft_that_a_firm_saved_and_nobody_looked_at_is_put_aside() -> None:
    firm = make_firm(email="info@firm.example", published=True)
    mine = propose("mine", firm=firm)
    SaveOwnFirmAction(request=mine, changes={"town": Change("", "Deal")}, now=NOW).run()
    assert Firm.objects.get().has_unpublished_changes

    lapse_unanswered(NOW + YEAR)

    assert not Firm.objects.get().has_unpublished_changes
    assert [each.to for each in mails(UNANSWERED)] == ["info@firm.example"]


def test_whoever_waits_is_told_when_the_firm_is_erased_without_its_name() -> None:
    firm = make_firm("Ada Private Consulting", email="info@ada.example", published=True)
    propose("correct", firm=firm, language="nl")
    propose("mine", firm=firm, email="worker@else.example")
    answered = propose("closed", firm=firm, email="answered@else.example")
    ReturnProposalAction(proposal=answered, reason="No.", actor=SYSTEM, now=NOW).run()

    RemoveFirmAction(firm=firm, actor=SYSTEM, now=NOW).run()

    told = mails(GONE)
    assert [(each.to, each.language) for each in told] == [(SENDER, "nl"), ("worker@else.example", "en")]
    assert not [each for each in told if "Ada" in each.subject + each.body]
    assert not Proposal.objects.exclude(sender_email="").exists()


def test_whoever_asked_for_the_removal_is_told_of_it_and_of_nothing_else() -> None:
    by_link, by_hand = make_firm(email="info@firm.example", published=True), make_firm(published=True)

    ConfirmRemovalAction(request=propose("remove", firm=by_link), now=NOW).run()
    AcceptProposalAction(proposal=propose("remove", firm=by_hand), actor=SYSTEM, now=NOW).run()

    assert not Firm.objects.exists() and not mails(GONE)
    assert len(mails("directory.proposal.confirmed")) == len(mails("directory.proposal.accepted")) == 1
