"""Owns the proof that a firm's change goes only the ways that approval allows, whoever does what and when.

Everything is done as a browser does it, so that what Wagtail's views ask, or forget to ask, is in the proof.
"""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from wagtail.models import ModelLogEntry, WorkflowState

from cluster_pages.actions.set_up_hub import keep_workflow_of_firms
from directory.actions.moving import MoveFirmAction
from directory.models import Firm
from hub import desk
from hub.actions import SYSTEM
from hub.actions.leads import AppointLeadAction, Holder, StandDownAction
from hub.approval import approvers_of
from hub.models import LeadTerm, OutgoingMail
from tests.directory.admin import draft_of, filled, url
from tests.directory.builders import NOW, make_firm, make_region
from tests.hub.people import make_coordinator, make_editor, make_lead
from tests.machines import run_machine

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PLACES = ("kent", "zeeland")
KEEPS = {"kent": {"lead", "editor"}, "zeeland": {"other"}}  # who works in which region
LEADS = {"kent": "lead", "zeeland": "other"}

WHO = st.sampled_from(("lead", "editor", "other", "coordinator"))


class Approval(RuleBasedStateMachine):
    """One firm, its editor, the leads of two regions and a coordinator; each with a browser of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.people = {"lead": make_lead("kent", "lead"), "editor": make_editor("kent", "editor")}
        self.people |= {
            "other": make_lead("zeeland", "other"),
            "coordinator": make_coordinator("coordinator"),
        }
        self.browsers: dict[str, Client] = {}
        for name, person in self.people.items():
            self.browsers[name] = Client()
            self.browsers[name].force_login(person)
        keep_workflow_of_firms()
        self.firm = make_firm("Word 0", region="kent", published=True)
        self.place, self.leads, self.live = "kent", True, True
        self.public = self.draft = "Word 0"
        self.words = 0
        self.author = ""  # who asked for the change that waits or came back
        self.waits = self.came_back = False
        self.heard = {"approved": 0, "returned": 0}  # mails to authors
        self.published = 1

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    # What the table of rights says

    def keeps(self, who: str) -> bool:
        return who == "coordinator" or (who in KEEPS[self.place] and (who != "lead" or self.leads))

    def decides(self, who: str) -> bool:
        return self.keeps(who) and who != "editor"

    def may_write(self, who: str) -> bool:
        return self.keeps(who) and (self.decides(who) or not self.waits)

    # What people do

    @rule(who=WHO)
    def somebody_saves(self, who: str) -> None:
        word = self.send(who)

        if self.may_write(who):
            self.draft = word

    @rule(who=WHO)
    def somebody_submits(self, who: str) -> None:
        word = self.send(who, "action-submit")

        if self.may_write(who):
            self.draft = word
            self.author = self.author or who
            self.waits, self.came_back = True, False

    @rule(who=WHO)
    def somebody_publishes(self, who: str) -> None:
        word = self.send(who, "action-publish")

        if self.decides(who):
            self.draft = self.public = word
            self.live = True
            self.published += 1
            self.end()
        elif self.may_write(who):
            self.draft = word  # it is kept, as a draft

    @rule(who=WHO)
    def somebody_approves(self, who: str) -> None:
        self.answer(who, "approve")

        if self.waits and self.decides(who):
            self.public, self.live = self.draft, True
            self.published += 1
            self.heard["approved"] += who != self.author
            self.end()

    @rule(who=WHO, reason=st.sampled_from(("", " ", "Say which year.")))
    def somebody_returns(self, who: str, reason: str) -> None:
        self.answer(who, "reject", comment=reason)

        if self.waits and self.decides(who) and reason.strip():
            self.waits, self.came_back = False, True
            self.heard["returned"] += who != self.author

    @rule(who=WHO)
    def somebody_withdraws(self, who: str) -> None:
        word = self.send(who, "action-cancel-workflow")

        if self.may_write(who):
            self.draft = word
        if self.keeps(who) and (who == self.author or (self.waits and self.decides(who))):
            self.end()

    @rule(who=WHO)
    def somebody_unpublishes(self, who: str) -> None:
        self.browsers[who].post(url("unpublish", self.firm.pk))

        if self.decides(who):
            self.live = False

    # What happens meanwhile

    @rule()
    def the_lead_comes_or_goes(self) -> None:
        region, acting = make_region("kent"), {"actor": SYSTEM, "now": NOW}
        if self.leads:
            term = LeadTerm.objects.on(NOW.date()).get(region=region)
            StandDownAction(term=term, last_day=NOW.date() - timedelta(days=1), **acting).run()
        else:
            holder = Holder(user=self.people["lead"])
            AppointLeadAction(
                holder=holder, region=region, role=LeadTerm.Role.LEAD, from_date=NOW.date(), **acting
            ).run()
        self.leads = not self.leads

    @rule()
    def the_firm_moves(self) -> None:
        self.place = PLACES[1 - PLACES.index(self.place)]
        MoveFirmAction(firm=self.firm, to=make_region(self.place), actor=SYSTEM, now=NOW).run()

    # What must be so

    @invariant()
    def the_row_and_its_draft_say_the_same(self) -> None:
        firm = Firm.objects.get()
        assert (firm.region.slug, firm.live) == (self.place, self.live)
        assert firm.name == self.public or not self.live
        assert draft_of(firm).name == self.draft
        assert ModelLogEntry.objects.filter(action="wagtail.publish").count() == self.published

    @invariant()
    def the_change_stands_where_it_should(self) -> None:
        state = Firm.objects.get().current_workflow_state
        statuses = WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES
        assert state is None or state.status in statuses
        assert (state is not None and state.status == statuses[0]) == self.waits
        assert (state is not None and state.status == statuses[1]) == self.came_back
        if state is not None:
            assert state.requested_by == self.people[self.author]

    @invariant()
    def it_waits_for_whoever_may_decide_and_on_no_other_desk(self) -> None:
        lead = LEADS[self.place]
        there = self.leads or lead != "lead"
        assert approvers_of(Firm.objects.get()) == [self.people[lead if there else "coordinator"]]
        for place in PLACES:
            errands = desk.waiting(frozenset({make_region(place).pk}))
            assert len(errands) == (self.waits and place == self.place)

    @invariant()
    def authors_hear_what_became_of_it(self) -> None:
        for answer, number in self.heard.items():
            assert OutgoingMail.objects.filter(kind=f"hub.change.{answer}").count() == number

    # How

    def send(self, who: str, *buttons: str) -> str:
        self.words += 1
        word = f"Word {self.words}"
        told = filled(name=word, **dict.fromkeys(buttons, "1"))
        assert self.browsers[who].post(url("edit", self.firm.pk), told).status_code < 500
        return word

    def answer(self, who: str, name: str, **told: str) -> None:
        """Answers the change that waits, or the last one that did."""
        state = WorkflowState.objects.for_instance(self.firm).order_by("-pk").first()
        if state is not None and state.current_task_state is not None:
            where = url("workflow_action", self.firm.pk, name, state.current_task_state.pk)
            assert self.browsers[who].post(where, told).status_code < 500

    def end(self) -> None:
        self.waits = self.came_back = False
        self.author = ""


@pytest.mark.parametrize("examples", [4, pytest.param(60, marks=pytest.mark.prove)])
def test_a_change_goes_the_ways_that_approval_allows(examples: int) -> None:
    run_machine(Approval, examples, steps=15)
