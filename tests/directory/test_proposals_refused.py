"""Owns the proof that what cannot be done with a proposal is refused in plain words and changes nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from wagtail.models import ModelLogEntry

from directory.actions.answering import AcceptProposalAction, ReasonMissing, ReturnProposalAction
from directory.actions.carrying_out import DraftSaysOtherwise, NotMergedYet, Way
from directory.actions.own_firm import SaveOwnFirmAction
from directory.actions.proposing import (
    A_DAY,
    LINKS_PER_FIRM,
    PER_FIRM,
    PER_NETWORK,
    PER_SENDER,
    AlreadyDecided,
    FirmGone,
    NothingProposed,
    TooManyProposals,
    WithdrawProposalAction,
)
from directory.importing.writing import FirmHasDraft, FirmIsLocked
from directory.models import Firm, Proposal, Sector
from directory.proposing import Change, ProposalBroken
from directory.upkeep import forget_networks
from hub.actions import SYSTEM, NotAllowed
from tests.counting import queries_of
from tests.directory.builders import NOW, make_firm, make_sector
from tests.directory.proposing import SENDER, answer_url, mails, propose

pytestmark = pytest.mark.django_db


def accept(proposal: Proposal, **how: Any) -> Proposal:
    return AcceptProposalAction(**{"proposal": proposal, "actor": SYSTEM, "now": NOW} | how).run()


def give_back(proposal: Proposal, reason: str = "We asked the firm.") -> Proposal:
    return ReturnProposalAction(proposal=proposal, reason=reason, actor=SYSTEM, now=NOW).run()


def test_a_firm_that_is_not_listed_takes_no_proposals() -> None:
    with pytest.raises(FirmGone):
        propose(firm=make_firm(live=False))


def test_a_correction_that_says_nothing_is_refused() -> None:
    with pytest.raises(NothingProposed):
        propose(firm=make_firm(), changes={})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("slug", "mine"),
        ("is_demo", True),
        ("live", False),
        ("other", "x"),
        ("_state", "x"),
        ("name", ""),
        ("name", "x" * 201),
        ("name", "a\x1bb"),
        ("name", "a\nb"),
        ("website", "javascript:alert(1)"),
        ("email", "a@b.example\nBcc: c@d.example"),
        ("kind", "king"),
        ("founded", 12),
        ("founded", "soon"),
        ("sectors", ["never-heard-of"]),
        ("sectors", [{"slug": "x"}]),
        ("languages", {"en": 1}),
        ("offers", ["everything"]),
        ("description_en", "x" * 10_001),
        ("description_de", "Guten Tag"),
        ("number", "12"),
    ],
)
def test_what_a_firm_cannot_have_is_neither_taken_nor_given(field: str, value: Any) -> None:
    firm = make_firm(published=True)
    with pytest.raises(ProposalBroken):
        propose(firm=firm, changes={field: Change("", value)})
    # Nor is it believed if somebody put it into the database.
    proposal = propose(firm=firm)
    Proposal.objects.update(changes={field: {"before": "", "after": value}})
    with pytest.raises(ProposalBroken):
        accept(proposal)
    assert Proposal.objects.get().state == "waiting"


def test_a_term_that_is_gone_since_is_named(admin: Client) -> None:
    make_sector("cheese")
    firm = make_firm(published=True)
    proposal = propose(firm=firm, changes={"sectors": Change([], ["cheese"])})
    Sector.objects.get(slug="cheese").delete()

    assert "cheese" in admin.post(answer_url(proposal), {"way": "publish"}).content.decode()
    assert Proposal.objects.get().state == "waiting"


def test_one_sender_sends_so_many_a_day() -> None:
    for _each in range(PER_SENDER):
        propose(firm=make_firm())
    with pytest.raises(TooManyProposals):
        propose(firm=make_firm(), email=SENDER.upper())
    propose(firm=make_firm(), email="other@sender.example")
    propose(firm=make_firm(), now=NOW + A_DAY + timedelta(seconds=1))


def test_one_network_sends_so_many_a_day_whatever_mails_it_types_and_is_then_forgotten() -> None:
    for number in range(PER_NETWORK):
        propose("list", email=f"{number}@victim.example", network="192.0.2.7", note="List us.")
    with pytest.raises(TooManyProposals):
        propose("list", email="next@victim.example", network="192.0.2.7", note="List us.")
    propose("list", email="next@victim.example", network="192.0.2.8", note="List us.")
    assert "192.0.2" not in str(list(Proposal.objects.values()))

    assert forget_networks(NOW + A_DAY) == PER_NETWORK + 1
    assert not Proposal.objects.exclude(network="").exists()


@pytest.mark.parametrize(("kind", "most"), [("mine", LINKS_PER_FIRM), ("closed", PER_FIRM)])
@pytest.mark.parametrize("email", ["", "info@firm.example"])
def test_about_one_firm_so_many_are_sent_a_day(kind: str, most: int, email: str) -> None:
    firm = make_firm(email=email)
    for number in range(most):
        propose(kind, firm=firm, email=f"sender-{number}@sender.example")
    with pytest.raises(TooManyProposals):
        propose(kind, firm=firm, email="last@sender.example")


def test_a_proposal_is_decided_once() -> None:
    decide: list[Callable[[Proposal], Proposal]] = [
        accept,
        give_back,
        lambda proposal: WithdrawProposalAction(proposal=proposal, now=NOW).run(),
    ]
    for first in decide:
        proposal = propose(firm=make_firm(published=True), email=f"{len(mails('x'))}@s.example")
        state = first(proposal).state
        for second in decide:
            with pytest.raises(AlreadyDecided):
                second(proposal)
        proposal.refresh_from_db()
        assert proposal.state == state


def test_only_who_may_answer_answers(client: Client) -> None:
    firm = make_firm(town="Deal", published=True)
    proposal = propose(firm=firm)
    somebody = get_user_model().objects.create_user("somebody")
    for action in (
        AcceptProposalAction(proposal=proposal, actor=somebody, now=NOW),
        ReturnProposalAction(proposal=proposal, reason="No.", actor=somebody, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            action.run()
    somebody.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(somebody)
    for path in (answer_url(proposal), f"{answer_url(proposal)}return/", "/admin/directory/proposal/"):
        for answer in (client.get(path), client.post(path, {"way": "publish", "reason": "No."})):
            assert SENDER not in answer.content.decode()
    assert "roposals" not in client.get("/admin/").content.decode()

    assert Proposal.objects.get().state == "waiting"
    assert Firm.objects.get().town == "Deal"


def test_nothing_is_returned_without_a_reason() -> None:
    with pytest.raises(ReasonMissing):
        give_back(propose(firm=make_firm()), reason=" \n")


def test_a_returned_proposal_tells_why(admin: Client) -> None:
    proposal = propose(firm=make_firm(published=True))
    admin.post(f"{answer_url(proposal)}return/", {"reason": "The firm says otherwise."})
    assert "The firm says otherwise." in mails("directory.proposal.returned")[0].body


def test_a_draft_of_an_editor_is_neither_published_nor_lost(admin: Client) -> None:
    firm = make_firm(town="Deal", postcode="CT14", published=True)
    firm.postcode = "Words of an editor"
    firm.save_revision()
    proposal = propose(firm=firm, changes={"town": Change("Deal", "Margate")})

    with pytest.raises(FirmHasDraft):
        accept(proposal)
    screen = admin.get(answer_url(proposal)).content.decode()
    assert "An editor has a draft" in screen and 'value="publish"' not in screen
    admin.post(answer_url(proposal), {"way": "draft"})

    live = Firm.objects.get()
    draft = live.get_latest_revision_as_object()
    assert (live.town, live.postcode) == ("Deal", "CT14")
    assert (draft.town, draft.postcode) == ("Margate", "Words of an editor")
    assert Proposal.objects.get().state == "accepted"


def test_where_the_draft_says_something_else_a_person_decides(admin: Client) -> None:
    firm = make_firm(town="Deal", published=True)
    firm.town = "Words of an editor"
    firm.save_revision()
    proposal = propose(firm=firm, changes={"town": Change("Deal", "Margate")})

    with pytest.raises(DraftSaysOtherwise, match="town"):
        accept(proposal, way=Way.INTO_DRAFT)
    assert "Words of an editor" in admin.get(answer_url(proposal)).content.decode()
    admin.post(answer_url(proposal), {"way": "hand"})

    assert Firm.objects.get().get_latest_revision_as_object().town == "Words of an editor"
    assert Proposal.objects.get().state == "accepted"


def test_a_locked_firm_is_left_alone() -> None:
    firm = make_firm(published=True)
    proposal = propose(firm=firm)
    Firm.objects.update(locked=True)
    for way in (Way.PUBLISH, Way.INTO_DRAFT):
        with pytest.raises(FirmIsLocked):
            accept(proposal, way=way)


def test_only_fields_that_the_sender_changed_are_given_and_facts_never() -> None:
    firm = make_firm("Hopshed", town="Deal", region="kent", slug="hopshed", published=True)
    changes = {"town": Change("Deal", "Margate"), "region": Change("kent", "belgium")}
    proposal = propose(firm=firm, changes=changes)
    firm.name = "Renamed meanwhile"
    firm.save_revision().publish()

    accept(proposal)

    now = Firm.objects.get()
    assert (now.name, now.town, now.slug, str(now.region)) == (
        "Renamed meanwhile",
        "Margate",
        "hopshed",
        "Kent",
    )


def test_two_entries_are_merged_before_the_proposal_is_closed() -> None:
    proposal = propose("duplicate", firm=make_firm(), changes={"other": Change("", "The other one")})
    with pytest.raises(NotMergedYet):
        accept(proposal)
    assert accept(proposal, way=Way.BY_HAND).state == "accepted"


@pytest.mark.parametrize("kind", ["closed", "remove"])
def test_what_does_harm_asks_whether_one_is_sure(admin: Client, kind: str) -> None:
    firm = make_firm(published=True)
    proposal = propose(kind, firm=firm)
    admin.post(answer_url(proposal), {"way": "publish"})
    assert Firm.objects.get().live
    admin.post(answer_url(proposal), {"way": "publish", "is_sure": "on"})

    assert not Firm.objects.filter(live=True).exists()
    assert Firm.objects.exists() == (kind == "closed")
    assert [each.to for each in mails("directory.proposal.accepted")] == [SENDER]


def test_a_returned_draft_of_the_firm_is_no_longer_to_be_published() -> None:
    firm = make_firm(email="info@firm.example", town="Deal", published=True)
    request = propose("mine", firm=firm)
    saved = SaveOwnFirmAction(request=request, changes={"town": Change("Deal", "Margate")}, now=NOW).run()
    assert Firm.objects.get().has_unpublished_changes

    give_back(saved)

    firm = Firm.objects.get()
    assert not firm.has_unpublished_changes and firm.get_latest_revision_as_object().town == "Deal"


def test_a_proposal_about_a_firm_that_is_gone_says_so(admin: Client) -> None:
    firm = make_firm("Hopshed Lane", published=True)
    proposal = propose(firm=firm)
    firm.delete()
    assert (
        "not in the register any more"
        in admin.post(answer_url(proposal), {"way": "publish"}).content.decode()
    )
    assert give_back(proposal).state == "returned"


def test_the_queue_asks_the_database_as_often_for_many_as_for_few(admin: Client) -> None:
    queue = "/admin/directory/proposal/?state=all"
    propose(firm=make_firm())
    few = queries_of(admin, queue)
    for number in range(30):
        propose(firm=make_firm(), email=f"{number}@sender.example")

    assert queries_of(admin, queue) == few


def test_who_sent_what_stays_in_the_queue_and_in_mails(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    firm = make_firm("Hopshed Lane", published=True)
    proposal = propose(firm=firm, note="Canary words.", name="Canary Grace")
    with pytest.raises(AlreadyDecided):
        accept(accept(proposal))

    pages = [client.get(path).content.decode() for path in (firm.get_absolute_url(), "/en/firms/?q=canary")]
    written = [
        *pages,
        caplog.text,
        str([(each.label, each.data) for each in ModelLogEntry.objects.order_by("pk")]),
    ]
    assert not [each for each in ("Canary words", "Canary Grace", SENDER) if each in "".join(written)]
