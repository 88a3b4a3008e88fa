"""Owns the proof that a firm changes its region when both sides want it, once, and wholly."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from wagtail.models import Workflow

from directory.actions.merging import MergeFirmsAction
from directory.actions.moving import FirmNotMovable, MoveFirmAction
from directory.actions.removing import RemoveFirmAction
from directory.actions.renaming import RenameFirmAction
from directory.actions.transferring import (
    AcceptTransferAction,
    DeclineTransferAction,
    OfferedAlready,
    OfferFirmAction,
    ReasonMissing,
    TransferClosed,
    WithdrawTransferAction,
    lapse_transfers,
)
from directory.models import Firm, FirmTransfer
from directory.transfers import offers
from hub.actions import SYSTEM, ActionRefused, NotAllowed
from hub.approval import keep_task
from hub.models import MailPreference
from hub.permissions import may_edit, may_publish, regions_for
from hub.rights import Right
from tests.directory.admin import url
from tests.directory.at_once import at_once
from tests.directory.builders import NOW, make_firm, make_region
from tests.directory.indexing import marked
from tests.directory.proposing import mails
from tests.directory.walls import STRANGERS, browser_of, kent, register, said_to
from tests.hub.people import make_coordinator, make_deputy, make_editor, make_lead

pytestmark = pytest.mark.django_db
SECRET = "Quixotic Brewers"
LIST = "/admin/directory/firmtransfer/"
State = FirmTransfer.State


def make_offered(by: Any = SYSTEM, **values: Any) -> FirmTransfer:
    """A firm of Kent that is offered to Zeeland."""
    given = {"published": True, "texts": {"en": "Yes."}} | values
    firm = make_firm(SECRET, region=kent(), **given)
    transfer: FirmTransfer = OfferFirmAction(firm=firm, to=make_region("zeeland"), actor=by, now=NOW).run()
    return transfer


def end(action: type, transfer: FirmTransfer, by: Any = SYSTEM, **values: Any) -> None:
    action(transfer=transfer, actor=by, now=NOW, **values).run()


def state_of(transfer: FirmTransfer) -> str:
    return FirmTransfer.objects.get(pk=transfer.pk).state


def region_of(transfer: FirmTransfer) -> str:
    region = Firm.objects.get(pk=transfer.firm_id).region
    return region.slug if region else ""


# The way of an offer


def test_what_one_lead_offers_another_accepts_and_the_firm_moves_with_all_that_is_open() -> None:
    ours, theirs = make_lead("kent"), make_lead("zeeland")
    transfer = make_offered(by=ours)
    firm = Firm.objects.get()
    workflow = Workflow.objects.create(name="Approval")
    keep_task(workflow)
    draft = firm.save_revision(user=ours)
    waiting = workflow.start(firm, ours).current_task_state
    assert region_of(transfer) == "kent"

    end(AcceptTransferAction, transfer, theirs)

    moved = Firm.objects.get()
    assert (region_of(transfer), state_of(transfer)) == ("zeeland", State.ACCEPTED)
    assert draft.as_object().region == make_region("zeeland")
    assert [may_publish(each, moved) for each in (ours, theirs)] == [False, True]
    assert firm.pk in marked()
    assert moved.current_workflow_task_state == waiting
    assert [bool(waiting.task.specific.get_actions(moved, each)) for each in (ours, theirs)] == [False, True]
    with pytest.raises(NotAllowed):
        RenameFirmAction(firm=firm, slug="mine-still", actor=ours, now=NOW).run()


@pytest.mark.parametrize("who", [*STRANGERS, "editor of Kent"])
def test_nobody_else_offers_a_firm(who: str) -> None:
    firm = make_firm(region=kent(), published=True)
    person = make_editor("kent") if who == "editor of Kent" else STRANGERS[who]()

    with pytest.raises(NotAllowed):
        OfferFirmAction(firm=firm, to=make_region("zeeland"), actor=person, now=NOW).run()

    assert not FirmTransfer.objects.exists()


@pytest.mark.parametrize("action", [AcceptTransferAction, DeclineTransferAction])
@pytest.mark.parametrize(
    "who",
    [*sorted(STRANGERS.keys() - {"lead of Zeeland"}), "lead of Kent"],
)
def test_nobody_else_answers_an_offer(who: str, action: type) -> None:
    transfer = make_offered()
    person = make_lead("kent") if who == "lead of Kent" else STRANGERS[who]()

    with pytest.raises(NotAllowed):
        end(action, transfer, person, reason="No.")

    assert (region_of(transfer), state_of(transfer)) == ("kent", State.WAITING)


@pytest.mark.parametrize("who", [*STRANGERS, "editor of Kent"])
def test_nobody_else_takes_an_offer_back(who: str) -> None:
    transfer = make_offered()
    person = make_editor("kent") if who == "editor of Kent" else STRANGERS[who]()

    with pytest.raises(NotAllowed):
        end(WithdrawTransferAction, transfer, person)

    assert state_of(transfer) == State.WAITING


def test_a_deputy_declines_with_a_reason_and_takes_back_and_a_coordinator_accepts() -> None:
    theirs, ours = make_deputy("zeeland"), make_deputy("kent")
    first = make_offered(by=ours)
    with pytest.raises(ReasonMissing):
        end(DeclineTransferAction, first, theirs, reason="  ")
    end(DeclineTransferAction, first, theirs, reason="It is in Ghent.")
    again = OfferFirmAction(firm=first.firm, to=make_region("zeeland"), actor=ours, now=NOW).run()
    end(WithdrawTransferAction, again, ours)
    third = OfferFirmAction(firm=first.firm, to=make_region("zeeland"), actor=ours, now=NOW).run()
    end(AcceptTransferAction, third, make_coordinator())

    assert [state_of(each) for each in (first, again, third)] == ["declined", "withdrawn", "accepted"]
    assert FirmTransfer.objects.get(pk=first.pk).reason == "It is in Ghent."


def test_a_firm_is_offered_to_one_region_at_a_time() -> None:
    transfer = make_offered()
    other = make_region("east-flanders")

    with pytest.raises(OfferedAlready, match="offered to Zeeland already"):
        OfferFirmAction(firm=transfer.firm, to=other, actor=SYSTEM, now=NOW).run()
    with pytest.raises(IntegrityError), transaction.atomic():
        FirmTransfer.objects.create(firm=transfer.firm, from_region=kent(), to_region=other, offered_at=NOW)


@pytest.mark.parametrize("region", ["kent", None])
def test_a_firm_is_offered_from_a_region_to_another(region: str | None) -> None:
    firm = make_firm(region=region)

    with pytest.raises(FirmNotMovable):
        OfferFirmAction(firm=firm, to=make_region("kent"), actor=SYSTEM, now=NOW).run()


@pytest.mark.parametrize("action", [AcceptTransferAction, DeclineTransferAction, WithdrawTransferAction])
def test_what_is_over_is_over(action: type) -> None:
    transfer = make_offered()
    end(DeclineTransferAction, transfer, reason="No.")

    with pytest.raises(TransferClosed):
        end(action, transfer, reason="Or yes.")

    assert (region_of(transfer), state_of(transfer)) == ("kent", State.DECLINED)


# Its end without an answer


def test_an_offer_ends_after_sixty_days_and_its_region_hears_of_it() -> None:
    make_lead("kent", "ken")
    transfer = make_offered()

    assert lapse_transfers(NOW + timedelta(days=59)) == 0
    assert (lapse_transfers(NOW + timedelta(days=60)), lapse_transfers(NOW + timedelta(days=61))) == (1, 0)

    assert (region_of(transfer), state_of(transfer)) == ("kent", State.LAPSED)
    assert [mail.to for mail in mails("directory.transfer.answered")] == ["ken@people.example"]


def test_an_offer_ends_when_the_firm_goes_another_way() -> None:
    transfer = make_offered()
    MoveFirmAction(firm=transfer.firm, to=make_region("belgium"), actor=SYSTEM, now=NOW).run()
    assert (region_of(transfer), state_of(transfer)) == ("belgium", State.LAPSED)

    kept, merged = make_firm(region="kent"), make_firm(region="kent")
    to = make_region("zeeland")
    pair = [OfferFirmAction(firm=each, to=to, actor=SYSTEM, now=NOW).run() for each in (kept, merged)]
    MergeFirmsAction(kept=kept, other=merged, actor=SYSTEM, now=NOW).run()
    assert [state_of(each) for each in pair] == [State.LAPSED, State.LAPSED]
    with pytest.raises(FirmNotMovable, match="kept aside"):
        OfferFirmAction(firm=merged, to=to, actor=SYSTEM, now=NOW).run()

    OfferFirmAction(firm=kept, to=to, actor=SYSTEM, now=NOW).run()
    RemoveFirmAction(firm=kept, actor=SYSTEM, now=NOW).run()
    assert not FirmTransfer.objects.waiting().exists()


def test_an_offer_whose_firm_was_moved_behind_its_back_moves_nothing() -> None:
    transfer = make_offered()
    Firm.objects.update(region=make_region("belgium"))

    with pytest.raises(FirmNotMovable):
        end(AcceptTransferAction, transfer)

    assert region_of(transfer) == "belgium"
    assert lapse_transfers(NOW) == 1


# Mails and the desk


def test_the_other_region_hears_of_the_offer_and_ours_of_the_answer() -> None:
    ours, theirs = make_lead("kent", "ken"), make_lead("zeeland", "zoe")
    make_lead("belgium", "bea")
    MailPreference.objects.create(user=theirs, at_once=True)
    transfer = make_offered(by=ours)
    desk = list(offers(regions_for(theirs, Right.MOVE)))
    end(DeclineTransferAction, transfer, theirs, reason="It is in Ghent.")

    assert [mail.to for mail in mails("hub.transfer.offered")] == ["zoe@people.example"]
    (answer,) = mails("directory.transfer.answered")
    assert (answer.to, "It is in Ghent." in answer.body) == ("ken@people.example", True)
    assert [(each.title, each.region_id) for each in desk] == [(SECRET, make_region("zeeland").pk)]
    assert list(offers(regions_for(ours, Right.MOVE))) == []


# Screens


def test_two_leads_hand_a_firm_over_on_their_screens() -> None:
    ours, theirs = browser_of(make_lead("kent")), browser_of(make_lead("zeeland"))
    firm = make_firm(SECRET, region=kent(), published=True, texts={"en": "Yes."})

    form = said_to(ours, url("edit", firm.pk))
    said_to(ours, url("offer", firm.pk), {"region": make_region("zeeland").pk})
    transfer = FirmTransfer.objects.get()
    listed = said_to(theirs, LIST)
    said_to(theirs, f"/admin/directory/transfers/{transfer.pk}/", {})

    assert url("offer", firm.pk) in form
    assert url("move", firm.pk) not in form
    assert f"/admin/directory/transfers/{transfer.pk}/" in listed
    assert region_of(transfer) == "zeeland"


def test_who_is_offered_a_firm_sees_what_everybody_sees_and_no_draft() -> None:
    transfer = make_offered(town="Deal")
    firm = transfer.firm
    firm.town = "Hiddenham"
    firm.save_revision()
    unseen = make_firm(
        "Only a name", region="kent", live=False, town="Hiddenham", website="https://h.example"
    )
    other = OfferFirmAction(firm=unseen, to=make_region("zeeland"), actor=SYSTEM, now=NOW).run()
    theirs = make_lead("zeeland")
    browser = browser_of(theirs)

    shown = [said_to(browser, f"/admin/directory/transfers/{each.pk}/") for each in (transfer, other)]

    assert "Deal" in shown[0]
    assert "Only a name" in shown[1]
    assert "Hiddenham" not in shown[0] + shown[1] + said_to(browser, url("edit", firm.pk))
    assert "h.example" not in shown[1]
    assert not may_edit(theirs, firm)


@pytest.mark.parametrize("who", sorted(STRANGERS.keys() - {"lead of Zeeland"}))
def test_an_offer_is_for_the_two_regions(who: str) -> None:
    transfer, person = make_offered(), STRANGERS[who]()
    # What a draft says; the name of a firm that everybody sees stands on the desk of the region.
    Firm.objects.update(live=False)
    browser, before = browser_of(person), register()
    paths = [f"/admin/directory/transfers/{transfer.pk}/{each}" for each in ("", "decline/", "withdraw/")]

    told = "".join(
        said_to(browser, path, sent)
        for path in (*paths, LIST, url("offer", transfer.firm_id))
        for sent in (None, {"reason": "No."})
    )

    assert SECRET not in told
    assert (register(), state_of(transfer)) == (before, State.WAITING)


# All at once


def accept_once(transfer: FirmTransfer) -> str:
    try:
        end(AcceptTransferAction, transfer)
    except ActionRefused as refusal:
        return type(refusal).__name__
    return "accepted"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_accept_at_the_same_moment_one_does() -> None:
    transfer = make_offered()

    assert sorted(at_once(20, lambda: accept_once(transfer))) == [*["TransferClosed"] * 19, "accepted"]
    assert region_of(transfer) == "zeeland"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_offer_at_the_same_moment_one_does() -> None:
    firm, to = make_firm(region=kent()), make_region("zeeland")

    def offer() -> str:
        try:
            OfferFirmAction(firm=firm, to=to, actor=SYSTEM, now=NOW).run()
        except OfferedAlready:
            return "refused"
        return "offered"

    assert sorted(at_once(20, offer)) == ["offered", *["refused"] * 19]
