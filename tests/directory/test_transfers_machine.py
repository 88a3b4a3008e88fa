"""Owns the proof that offers, in whatever order they are made and ended, are as a few plain variables say."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from directory.actions.moving import MoveFirmAction
from directory.actions.transferring import (
    AcceptTransferAction,
    DeclineTransferAction,
    OfferFirmAction,
    WithdrawTransferAction,
    lapse_transfers,
)
from directory.models import Firm, FirmTransfer
from hub.actions import ActionRefused
from tests.directory.builders import NOW, make_firm, make_region
from tests.hub.people import make_coordinator, make_editor, make_lead
from tests.machines import run_machine

pytestmark = pytest.mark.django_db
REGIONS = ("kent", "zeeland", "flanders")
PEOPLE = (*range(len(REGIONS)), "coordinator", "editor")
WHO, WHERE = st.sampled_from(PEOPLE), st.sampled_from(range(len(REGIONS)))
PATIENCE = 60


class Transfers(RuleBasedStateMachine):
    """One firm, three leads, a coordinator and an editor who do what they like, on days that pass."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.day, self.place = 0, 0
        self.offer: tuple[int, int] | None = None  # to which region, on which day
        self.ended = 0
        self.regions = [make_region(slug) for slug in REGIONS]
        self.people: dict[Any, Any] = {number: make_lead(slug) for number, slug in enumerate(REGIONS)}
        self.people |= {"coordinator": make_coordinator(), "editor": make_editor("kent")}
        self.firm = make_firm(region="kent")

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @rule(who=WHO, to=WHERE)
    def somebody_offers(self, who: Any, to: int) -> None:
        done = self.ran(OfferFirmAction(firm=self.firm, to=self.regions[to], **self.by(who)))

        assert done == (who in (self.place, "coordinator") and to != self.place and self.offer is None)
        if done:
            self.offer = (to, self.day)

    @rule(who=WHO)
    def somebody_accepts(self, who: Any) -> None:
        to = self.offer[0] if self.offer else self.place
        if self.ends(AcceptTransferAction, who, who in (to, "coordinator")):
            self.place = to

    @rule(who=WHO, reason=st.sampled_from(("", " ", "It is in Ghent.")))
    def somebody_declines(self, who: Any, reason: str) -> None:
        to = self.offer[0] if self.offer else None
        self.ends(
            DeclineTransferAction, who, who in (to, "coordinator") and bool(reason.strip()), reason=reason
        )

    @rule(who=WHO)
    def somebody_withdraws(self, who: Any) -> None:
        self.ends(WithdrawTransferAction, who, who in (self.place, "coordinator"))

    @rule(who=WHO, to=WHERE)
    def somebody_moves_it_at_once(self, who: Any, to: int) -> None:
        done = self.ran(MoveFirmAction(firm=self.firm, to=self.regions[to], **self.by(who)))

        assert done == (who == "coordinator" and to != self.place)
        if done:
            self.place = to
            self.ended += self.offer is not None
            self.offer = None

    @rule(days=st.integers(1, 45))
    def days_pass(self, days: int) -> None:
        self.day += days
        is_old = self.offer is not None and self.day - self.offer[1] >= PATIENCE

        assert lapse_transfers(NOW + timedelta(days=self.day)) == is_old
        if is_old:
            self.offer, self.ended = None, self.ended + 1

    @invariant()
    def the_rows_say_the_same(self) -> None:
        assert Firm.objects.get().region == self.regions[self.place]
        waiting = list(FirmTransfer.objects.waiting().values_list("from_region", "to_region"))
        pair = [(self.regions[self.place].pk, self.regions[self.offer[0]].pk)] if self.offer else []
        assert waiting == pair
        assert FirmTransfer.objects.exclude(decided_at=None).count() == self.ended

    def ends(self, action: Any, who: Any, may: bool, **values: Any) -> bool:
        """Ends the latest offer, or one that is over, if there ever was any."""
        transfer = FirmTransfer.objects.order_by("-pk").first()
        if transfer is None:
            return False
        done = self.ran(action(transfer=transfer, **self.by(who), **values))
        assert done == (self.offer is not None and may)
        if done:
            self.offer, self.ended = None, self.ended + 1
        return done

    def by(self, who: Any) -> dict[str, Any]:
        return {"actor": self.people[who], "now": NOW + timedelta(days=self.day)}

    def ran(self, action: Any) -> bool:
        try:
            action.run()
        except ActionRefused:
            return False
        return True


@pytest.mark.parametrize("examples", [12, pytest.param(200, marks=pytest.mark.prove)])
def test_offers_are_as_a_few_variables_say(examples: int) -> None:
    run_machine(Transfers, examples)
