"""Owns the proof that no order of merging, undoing and editing loses a row, and that an undo is exact."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from directory.actions.merging import AlreadyMerged, FirmBusy, SameFirm
from directory.models import CaseStudy, Confirmation, ContactPerson, Firm, Merge
from tests.directory.builders import NOW, make_contact, make_firm, make_membership
from tests.directory.merging import all_of, merge, undo

pytestmark = pytest.mark.django_db
FIRMS = 3
which = st.integers(0, FIRMS - 1)


class Merging(RuleBasedStateMachine):
    """Three firms, rows beside them, and merges that are undone in the order in which they must be."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.firms = [make_firm(f"Firm {number}", published=True) for number in range(FIRMS)]
        self.open: list[tuple[Merge, list[dict[str, Any]]]] = []
        self.touched = [False]

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.savepoint)

    def all(self) -> list[dict[str, Any]]:
        return [all_of(firm) for firm in self.firms]

    def standing(self, number: int) -> Firm | None:
        return Firm.objects.standing().filter(pk=self.firms[number].pk).first()

    @rule(number=which)
    def somebody_is_added(self, number: int) -> None:
        if firm := self.standing(number):
            make_contact(firm)
            Confirmation.objects.create(firm=firm, at=NOW)
            self.touched[-1] = True

    @rule(number=which, year=st.integers(2015, 2020), lasts=st.integers(100, 900))
    def it_was_a_member(self, number: int, year: int, lasts: int) -> None:
        firm, begun = self.standing(number), date(year, 1, 1)
        ended = begun + timedelta(days=lasts)
        if firm and not firm.memberships.filter(from_date__lte=ended, to_date__gte=begun).exists():
            make_membership(firm, from_date=begun, to_date=ended)
            self.touched[-1] = True

    @rule(number=which, field=st.sampled_from(["town", "phone", "trading_name"]), text=st.sampled_from("abc"))
    def it_is_edited(self, number: int, field: str, text: str) -> None:
        if firm := self.standing(number):
            setattr(firm, field, text)
            firm.case_studies.add(CaseStudy(language="en", title=text, text=text))
            firm.save_revision().publish()
            self.touched[-1] = True

    @rule(kept=which, other=which, side=st.sampled_from(["kept", "other"]))
    def two_are_merged(self, kept: int, other: int, side: str) -> None:
        before = self.all()
        try:
            done = merge(Firm(pk=self.firms[kept].pk), Firm(pk=self.firms[other].pk), town=side, phone=side)
        except (SameFirm, AlreadyMerged, FirmBusy):
            assert self.all() == before
            return
        self.open.append((done, before))
        self.touched.append(False)

    @precondition(lambda self: self.open)
    @rule()
    def the_last_merge_is_undone(self) -> None:
        done, before = self.open.pop()
        stays, touched = undo(done), self.touched.pop()
        if not touched:
            assert (self.all(), stays) == (before, [])
        self.touched[-1] |= touched

    @invariant()
    def nobody_is_lost(self) -> None:
        standing = set(Firm.objects.standing().values_list("pk", flat=True))
        assert len(standing) == FIRMS - len(self.open)
        assert set(ContactPerson.objects.values_list("firm", flat=True)) <= standing
        assert Confirmation.objects.count() == ContactPerson.objects.count()

    @invariant()
    def every_firm_that_stands_is_published(self) -> None:
        assert set(Firm.objects.listed()) == set(Firm.objects.standing())


def test_any_order_of_merging_and_undoing() -> None:
    run_state_machine_as_test(
        Merging,
        settings=settings(
            max_examples=15,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
