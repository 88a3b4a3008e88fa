"""Owns the proof that terms, in whatever order they are given and ended, are as a plain list says."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
)

from hub.actions import SYSTEM
from hub.actions.leads import AppointLeadAction, Holder, ReplaceLeadAction, StandDownAction
from hub.groups import keep_groups
from hub.models import LeadTerm, RegionalHub
from tests.directory.builders import make_cluster, make_region
from tests.hub.people import make_hub, make_user
from tests.machines import ran, run_machine

pytestmark = pytest.mark.django_db
START = date(2026, 11, 24)
HORIZON = 24  # days; every term begins and ends in them, or never
FOR_EVER = 10**6
DAYS = st.integers(0, HORIZON - 4)
PEOPLE, OFFICES = range(5), range(3)
ROLES = list(LeadTerm.Role)

Term = list[Any]  # who, office, role, first day, last day


class Terms(RuleBasedStateMachine):
    """Appoints, replaces and stands down, and keeps a plain list beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.clock = time_machine.travel(_noon(0), tick=False)
        self.traveller = self.clock.start()
        self.day = 0
        self.held: list[Term] = []
        flanders = make_region("flanders")
        east = make_region("east-flanders", parent="flanders")
        # All firms of Flanders; one cluster in Flanders; all firms of a part of it.
        self.offices = [(flanders, None), (flanders, make_cluster()), (east, None)]
        self.hubs = {"flanders": make_hub(flanders), "east-flanders": make_hub(east)}
        self.people = [make_user() for _each in PEOPLE]

    def teardown(self) -> None:
        self.clock.stop()
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @rule(
        who=st.sampled_from(PEOPLE),
        office=st.sampled_from(OFFICES),
        role=st.sampled_from(ROLES),
        first=DAYS,
        length=st.none() | st.integers(-1, 6),
    )
    def appoint(self, who: int, office: int, role: LeadTerm.Role, first: int, length: int | None) -> None:
        last = FOR_EVER if length is None else first + length
        region, cluster = self.offices[office]
        happened = ran(
            AppointLeadAction(
                holder=Holder(user=self.people[who]),
                region=region,
                cluster=cluster,
                role=role,
                from_date=_date(first),
                to_date=None if length is None else _date(last),
                **self.acting,
            )
        )
        wanted = [*self.held, [who, office, role, first, last]]
        assert happened == (last >= first and _allowed(wanted))
        if happened:
            self.held = wanted

    @precondition(lambda self: self.held)
    @rule(which=st.integers(0, 99), last=st.integers(-2, HORIZON))
    def stand_down(self, which: int, last: int) -> None:
        term = self.held[which % len(self.held)]

        happened = ran(StandDownAction(term=self.row(term), last_day=_date(last), **self.acting))

        assert happened == (last <= term[4] and self.may_end(term, last))
        if happened:
            self.end(term, last)

    @precondition(lambda self: self.held)
    @rule(which=st.integers(0, 99), who=st.sampled_from(PEOPLE), first=st.integers(-1, HORIZON - 4))
    def replace(self, which: int, who: int, first: int) -> None:
        term = self.held[which % len(self.held)]
        holder = Holder(user=self.people[who])

        happened = ran(
            ReplaceLeadAction(term=self.row(term), holder=holder, from_date=_date(first), **self.acting)
        )

        ended = [*term[:4], first - 1]
        others = [each for each in self.held if each is not term]
        wanted = [*others, *([ended] if first > term[3] else []), [who, term[1], term[2], first, FOR_EVER]]
        assert happened == (first - 1 <= term[4] and self.may_end(term, first - 1) and _allowed(wanted))
        if happened:
            self.held = wanted

    @precondition(lambda self: self.day < HORIZON)
    @rule(days=st.integers(1, 4))
    def let_days_pass(self, days: int) -> None:
        self.day += days
        self.traveller.move_to(_noon(self.day))
        keep_groups()

    @invariant()
    def the_rows_are_the_list(self) -> None:
        rows = LeadTerm.objects.values_list("user", "region", "cluster", "role", "from_date", "to_date")
        assert sorted(map(str, rows)) == sorted(
            str(
                (
                    self.people[who].pk,
                    self.offices[office][0].pk,
                    cluster.pk if (cluster := self.offices[office][1]) else None,
                    str(role),
                    _date(first),
                    None if last == FOR_EVER else _date(last),
                )
            )
            for who, office, role, first, last in self.held
        )

    @invariant()
    def groups_follow(self) -> None:
        for slug, offices in (("flanders", (0, 1)), ("east-flanders", (0, 1, 2))):
            leads = {
                self.people[who].pk
                for who, office, _role, first, last in self.held
                if office in offices and first <= self.day <= last
            }
            group = RegionalHub.objects.get(pk=self.hubs[slug].pk).leads_group
            assert set(group.user_set.values_list("pk", flat=True)) == leads, slug

    @property
    def acting(self) -> dict[str, Any]:
        return {"actor": SYSTEM, "now": timezone.now()}

    def row(self, term: Term) -> LeadTerm:
        who, office, role, first, _last = term
        region, cluster = self.offices[office]
        return LeadTerm.objects.get(
            user=self.people[who], region=region, cluster=cluster, role=role, from_date=_date(first)
        )

    def may_end(self, term: Term, last: int) -> bool:
        return last >= term[3] or (last == term[3] - 1 and term[3] >= self.day)

    def end(self, term: Term, last: int) -> None:
        if last < term[3]:
            self.held.remove(term)
        else:
            term[4] = last


def _allowed(held: list[Term]) -> bool:
    """Day by day: three at most in an office, one deputy, nobody twice in the same role."""
    for day in (*range(-3, HORIZON + 12), FOR_EVER):
        for office in OFFICES:
            there = [term for term in held if term[1] == office and term[3] <= day <= term[4]]
            deputies = [term for term in there if term[2] == LeadTerm.Role.DEPUTY]
            same = {(term[0], term[2]) for term in there}
            if len(there) > 3 or len(deputies) > 1 or len(same) < len(there):
                return False
    return True


def _date(day: int) -> date:
    return START + timedelta(days=day)


def _noon(day: int) -> datetime:
    return datetime.combine(_date(day), time(12), timezone.get_default_timezone())


@pytest.mark.parametrize("examples", [12, pytest.param(200, marks=pytest.mark.prove)])
def test_terms_are_as_a_plain_list_says(examples: int) -> None:
    run_machine(Terms, examples)
