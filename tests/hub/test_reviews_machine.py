"""Owns the proof that reviews of a hub, whoever leads it and when, are due and told of as a model says."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from hub.actions import SYSTEM
from hub.actions.leads import AppointLeadAction, Holder, StandDownAction
from hub.actions.reviewing import ReviewHubAction, due_after
from hub.models import LeadTerm, OutgoingMail, RegionalHub
from hub.reminders import remind
from tests.hub.people import again, make_coordinator, make_editor, make_hub, make_lead, make_user
from tests.machines import ran, run_machine

pytestmark = pytest.mark.django_db
START = date(2026, 11, 24)
OFFICES = {"lead": LeadTerm.Role.LEAD, "deputy": LeadTerm.Role.DEPUTY}
CANDIDATES = ("ann", "bob", "cleo")
PEOPLE = (*CANDIDATES, "coordinator", "editor", "stranger")
# Who hears of a hub after so many whole days of lateness; where an office is empty, the next one does.
LADDER = {0: ("lead", "deputy", "coordinator"), 14: ("deputy", "coordinator"), 28: ("coordinator",)}


class Reviews(RuleBasedStateMachine):
    """One hub, whose lead and deputy come and go, a coordinator, an editor, and a lead from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.clock = time_machine.travel(_noon(START), tick=False)
        self.traveller = self.clock.start()
        self.day, self.due = START, START + timedelta(days=5)
        self.hub = make_hub("kent", review_due_date=self.due, review_months=1)
        self.people: dict[str, Any] = {name: make_user(name) for name in CANDIDATES}
        self.people |= {
            "coordinator": make_coordinator("coordinator"),
            "editor": make_editor("kent", "editor"),
        }
        make_hub("zeeland", review_due_date=date.max)
        self.people["stranger"] = make_lead("zeeland", "stranger")
        self.holds: dict[str, str] = {}  # who is in which office
        self.reviews: list[tuple[str, date]] = []
        self.told: set[tuple[date, int, str]] = set()

    def teardown(self) -> None:
        self.clock.stop()
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @rule(who=st.sampled_from(PEOPLE))
    def somebody_says_that_it_is_still_right(self, who: str) -> None:
        done = ran(ReviewHubAction(hub=self.hub, actor=again(self.people[who]), now=timezone.now()))

        assert done == (who == "coordinator" or who in self.holds.values())
        if done and self.reviews[-1:] != [(who, self.day)]:
            self.reviews.append((who, self.day))
            self.due = due_after(self.day, 1)

    @rule(who=st.sampled_from(CANDIDATES), office=st.sampled_from(list(OFFICES)))
    def an_office_is_given(self, who: str, office: str) -> None:
        if office in self.holds:
            return
        acting: dict[str, Any] = {"actor": SYSTEM, "now": timezone.now()}
        holder, region = Holder(user=self.people[who]), self.hub.region
        AppointLeadAction(
            holder=holder, region=region, role=OFFICES[office], from_date=self.day, **acting
        ).run()
        self.holds[office] = who

    @rule(office=st.sampled_from(list(OFFICES)))
    def an_office_is_left(self, office: str) -> None:
        if self.holds.pop(office, None) is None:
            return
        term = LeadTerm.objects.on(self.day).get(region=self.hub.region, role=OFFICES[office])
        yesterday = self.day - timedelta(days=1)
        StandDownAction(term=term, last_day=yesterday, actor=SYSTEM, now=timezone.now()).run()

    @rule(days=st.integers(0, 20))
    def some_days_pass(self, days: int) -> None:
        self.the_worker_looks_on(self.day + timedelta(days=days))

    @rule(step=st.sampled_from(list(LADDER)), more=st.integers(0, 1))
    def somebody_is_about_to_be_told(self, step: int, more: int) -> None:
        self.the_worker_looks_on(max(self.day, self.due + timedelta(days=step + more)))

    def the_worker_looks_on(self, day: date) -> None:
        self.day = day
        self.traveller.move_to(_noon(day))

        for _round in range(2):
            remind(timezone.now())

        late = (self.day - self.due).days - 1
        for step, ladder in LADDER.items():
            if late >= step:
                answers = next(rung for rung in ladder if rung == "coordinator" or rung in self.holds)
                self.told.add((self.due, step, self.holds.get(answers, answers)))

    @invariant()
    def the_rows_say_the_same(self) -> None:
        hub = RegionalHub.objects.get(pk=self.hub.pk)
        rows = hub.reviews.order_by("pk").values_list("by__username", "at")
        assert [(name, at.date()) for name, at in rows] == self.reviews
        assert hub.review_due_date == self.due
        assert (hub in RegionalHub.objects.overdue(self.day)) == (self.day > self.due)

    @invariant()
    def nobody_else_was_told_and_nobody_twice(self) -> None:
        mails = OutgoingMail.objects.filter(kind="hub.review.overdue").values_list("key", "to")
        told = [(*key.split(":")[2:4], to.partition("@")[0]) for key, to in mails]
        assert sorted(told) == sorted((due.isoformat(), str(step), who) for due, step, who in self.told)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), timezone.get_default_timezone())


@pytest.mark.parametrize("examples", [8, pytest.param(200, marks=pytest.mark.prove)])
def test_reviews_are_as_a_few_variables_say(examples: int) -> None:
    run_machine(Reviews, examples)
