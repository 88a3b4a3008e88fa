"""Owns the proof that what is asked about a firm is seen and answered in its region, and nowhere else."""

from typing import Any

import pytest
from django.urls import reverse

from directory.actions.answering import AcceptProposalAction, ReturnProposalAction
from directory.actions.carrying_out import Way
from directory.actions.moving import MoveFirmAction
from directory.models import Firm, Proposal
from directory.proposing import Change
from directory.proposing.waiting import proposals
from hub.actions import SYSTEM, NotAllowed
from hub.models import MailPreference
from hub.permissions import regions_for
from hub.rights import Right
from tests.directory.admin import draft_of
from tests.directory.builders import NOW, make_cluster, make_firm, make_region
from tests.directory.proposing import SENDER, answer_url, mails, propose
from tests.directory.walls import KEEPERS, STRANGERS, browser_of, kent, register, said_to
from tests.hub.people import make_coordinator, make_editor, make_lead

pytestmark = pytest.mark.django_db
LIST = "/admin/directory/proposal/"
SECRET = "Quixotic Brewers"


def make_listed(**values: Any) -> Firm:
    return make_firm(SECRET, region=kent(), town="Deal", texts={"en": "Yes."}, published=True, **values)


def accept(proposal: Proposal, by: Any, way: Way = Way.PUBLISH) -> None:
    AcceptProposalAction(proposal=proposal, way=way, actor=by, now=NOW).run()


@pytest.mark.parametrize("who", STRANGERS)
def test_whom_a_firm_does_not_concern_neither_sees_nor_answers_what_is_asked_of_it(who: str) -> None:
    proposal, person = propose(firm=make_listed()), STRANGERS[who]()
    browser, before = browser_of(person), register()

    for way in Way:
        with pytest.raises(NotAllowed):
            accept(proposal, person, way)
    with pytest.raises(NotAllowed):
        ReturnProposalAction(proposal=proposal, reason="No.", actor=person, now=NOW).run()
    told = "".join(
        said_to(browser, path, sent)
        for path in (answer_url(proposal), f"{answer_url(proposal)}return/", LIST, f"{LIST}?q=quixotic")
        for sent in (None, {"way": "publish", "reason": "No."})
    ).replace("quixotic", "")

    assert SECRET not in told
    assert SENDER not in told
    assert register() == before


@pytest.mark.parametrize("who", KEEPERS)
def test_who_answers_for_the_region_answers(who: str) -> None:
    firm = make_listed()
    proposal, person = propose(firm=firm), KEEPERS[who]()
    browser = browser_of(person)

    listed = said_to(browser, LIST)
    said_to(browser, answer_url(proposal), {"way": "publish", "seen": proposal.version})

    assert SECRET in listed
    assert Firm.objects.get(pk=firm.pk).town == "Margate"
    assert Proposal.objects.get(pk=proposal.pk).decided_by == person


@pytest.mark.parametrize("kind", ["closed", "remove", "mine", "list", "join"])
def test_a_lead_does_what_each_kind_asks(kind: str) -> None:
    firm = make_listed()
    about: dict[str, Any] = {"firm": None if kind == "list" else firm}
    if kind == "list":
        about |= {"firm_name": "New", "region": kent(), "changes": {"name": Change("", "New")}}
    if kind == "join":
        about |= {"cluster": make_cluster("new", state="active")}
    proposal = propose(kind, **about)

    accept(proposal, make_lead("kent"))

    assert Proposal.objects.get(pk=proposal.pk).state == Proposal.State.ACCEPTED


# Editors


def test_an_editor_puts_a_correction_into_the_draft_and_publishes_nothing() -> None:
    firm, editor = make_listed(), make_editor("kent")
    proposal = propose(firm=firm)
    browser, path = browser_of(editor), answer_url(proposal)

    page = said_to(browser, path)
    for way in ("publish", "hand"):
        said_to(browser, path, {"way": way})
        assert Proposal.objects.get(pk=proposal.pk).state == Proposal.State.WAITING
    said_to(browser, path, {"way": "draft"})

    assert 'value="draft"' in page
    assert 'value="publish"' not in page
    assert "return/" not in page
    assert Firm.objects.get(pk=firm.pk).town == "Deal"
    assert draft_of(firm).town == "Margate"
    assert Proposal.objects.get(pk=proposal.pk).state == Proposal.State.ACCEPTED


@pytest.mark.parametrize("way", [Way.PUBLISH, Way.BY_HAND])
def test_an_editor_answers_nothing_for_good(way: Way) -> None:
    proposal, editor = propose(firm=make_listed()), make_editor("kent")
    before = register()

    with pytest.raises(NotAllowed):
        accept(proposal, editor, way)
    with pytest.raises(NotAllowed):
        ReturnProposalAction(proposal=proposal, reason="No.", actor=editor, now=NOW).run()

    assert register() == before


@pytest.mark.parametrize("kind", ["closed", "remove", "mine", "list", "duplicate"])
def test_an_editor_only_reads_what_is_no_correction(kind: str) -> None:
    firm = None if kind == "list" else make_listed()
    given = {"region": kent(), "firm_name": SECRET, "changes": {"name": Change("", SECRET)}}
    proposal = propose(kind, firm=firm, **(given if kind == "list" else {}))
    editor = make_editor("kent")
    browser, before = browser_of(editor), register()

    page = said_to(browser, answer_url(proposal))
    for way in ("publish", "draft", "hand"):
        said_to(browser, answer_url(proposal), {"way": way, "is_sure": "on"})
    for each in Way:
        with pytest.raises(NotAllowed):
            accept(proposal, editor, each)

    assert SECRET in page
    assert "Whoever leads the region answers this." in page
    assert register() == before


# Where a proposal belongs


def test_a_proposal_goes_with_its_firm() -> None:
    """The firm moved after it was sent: the new region has it on its list and desk, the old one has not."""
    firm = make_listed()
    proposal, old, new = propose(firm=firm), make_lead("kent"), make_lead("zeeland")
    MoveFirmAction(firm=firm, to=make_region("zeeland"), actor=SYSTEM, now=NOW).run()

    lists = [said_to(browser_of(each), LIST) for each in (old, new)]
    desks = [list(proposals(regions_for(each, Right.ANSWER))) for each in (old, new)]
    with pytest.raises(NotAllowed):
        accept(proposal, old)
    accept(proposal, new)

    assert [SECRET in each for each in lists] == [False, True]
    assert [len(desk) for desk in desks] == [0, 1]


def test_what_belongs_to_no_region_waits_for_the_coordinator() -> None:
    firm = make_firm(SECRET, region="kent", texts={"en": "Yes."}, published=True)
    proposal, lead, coordinator = propose(firm=firm), make_lead("kent"), make_coordinator()
    Firm.objects.filter(pk=firm.pk).update(region=None)

    assert SECRET not in said_to(browser_of(lead), LIST)
    assert SECRET in said_to(browser_of(coordinator), LIST)
    with pytest.raises(NotAllowed, match="no region yet"):
        accept(proposal, lead)


def test_a_new_firm_belongs_to_the_region_for_which_it_is_proposed() -> None:
    given = {"firm_name": SECRET, "region": kent(), "changes": {"name": Change("", SECRET)}}
    proposal = propose("list", **given)

    with pytest.raises(NotAllowed):
        accept(proposal, make_lead("zeeland"))
    assert SECRET in said_to(browser_of(make_lead("kent")), LIST)


def test_those_of_the_region_get_the_mail_and_no_others() -> None:
    people = [make_lead("zeeland", "zoe"), make_lead("kent", "ken")]
    for person in people:
        MailPreference.objects.create(user=person, at_once=True)

    propose(firm=make_listed())

    assert [mail.to for mail in mails("directory.proposal.waiting")] == ["ken@people.example"]


# The dashboard


def test_the_dashboard_counts_what_is_ones_own() -> None:
    proposal = propose(firm=make_listed())
    make_firm("Elsewhere", region="zeeland", texts={"en": "Yes."}, live=False)

    kentish, other = (said_to(browser_of(make_lead(each)), "/admin/") for each in ("kent", "zeeland"))

    assert answer_url(proposal) in kentish
    assert answer_url(proposal) not in other
    listed = "<strong>1</strong> firms listed"
    assert listed in kentish
    assert listed not in other
    assert "Zeeland" not in kentish
    assert "<strong>1</strong> not published" in other


def test_who_keeps_no_firms_has_no_numbers() -> None:
    make_listed()
    for who in ("somebody without a role", "former lead of Kent", "communications", "lead of a cluster"):
        page = said_to(browser_of(STRANGERS[who]()), "/admin/")
        assert "hub-numbers" not in page, who


# The registers beside firms


@pytest.mark.parametrize("model", ["membership", "confirmation"])
def test_a_register_lists_rows_of_firms_of_ones_own_regions(model: str) -> None:
    for name, region in ((SECRET, "kent"), ("Elsewhere", "zeeland")):
        firm = make_firm(name, region=region, clusters=["food-drink"], confirmed_at=NOW)
        assert firm.pk
    path = reverse(f"directory_{model}_modeladmin_index")

    def sees(person: Any, query: str = "") -> tuple[bool, bool]:
        told = said_to(browser_of(person), f"{path}{query}")
        return SECRET in told, "Elsewhere" in told

    assert sees(make_lead("kent")) == (True, False)
    assert sees(make_editor("zeeland"), "?q=e") == (False, True)
    assert sees(make_coordinator()) == (True, True)
    assert sees(STRANGERS["former lead of Kent"]()) == (False, False)
    assert sees(STRANGERS["communications"]()) == (False, False)
