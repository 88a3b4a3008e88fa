"""Owns the proof that a proposal goes only the ways that its states allow, whoever does what and when."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from directory.actions.answering import AcceptProposalAction, ReturnProposalAction
from directory.actions.carrying_out import Way
from directory.actions.own_firm import ConfirmRemovalAction, SaveOwnFirmAction
from directory.actions.proposing import PER_FIRM, WithdrawProposalAction
from directory.models import Firm, Proposal
from directory.proposing import Change, address_on_file
from directory.upkeep import forget_words, lapse_links
from hub.actions import SYSTEM, ActionRefused
from tests.directory.builders import NOW, make_firm
from tests.directory.proposing import propose

pytestmark = pytest.mark.django_db
LINKED = ("mine", "remove")
# Where each state leads, by what somebody does: docs/explanation/proposals.md.
WAYS = {
    "waiting": {"accepted", "returned", "withdrawn", "lapsed"},
    "sent": {"confirmed", "withdrawn", "lapsed"},
}
picks = st.integers(0, 30)


class ProposalLife(RuleBasedStateMachine):
    """Two firms, one with an address on file; everything that can happen to what is proposed about them."""

    def __init__(self) -> None:
        super().__init__()
        Proposal.objects.all().delete()
        Firm.objects.all().delete()
        self.now = NOW
        self.firms = [make_firm(published=True), make_firm(email="info@firm.example", published=True)]
        self.states: dict[int, str] = {}
        self.editors_words = ["", ""]

    def picked(self, pick: int) -> Proposal | None:
        keys = sorted(self.states)
        return Proposal.objects.get(pk=keys[pick % len(keys)]) if keys else None

    def tried(self, action: Any) -> Any:
        """What the action gave, or None if it was refused: then nothing has changed."""
        before = list(Proposal.objects.order_by("pk").values())
        try:
            return action.run()
        except ActionRefused:
            assert list(Proposal.objects.order_by("pk").values()) == before
            return None

    @rule(kind=st.sampled_from(["correct", "closed", "duplicate", "remove", "mine"]), which=st.integers(0, 1))
    def somebody_proposes(self, kind: str, which: int) -> None:
        firm = self.firms[which]
        try:
            made = propose(kind, firm=firm, email=f"{len(self.states)}@sender.example", now=self.now)
        except ActionRefused:
            return
        has_address = bool(address_on_file(firm))
        assert made.state == ("sent" if kind in LINKED and has_address else "waiting")
        self.states[made.pk] = made.state
        assert len(self.states) <= 2 * PER_FIRM + 20

    @rule(pick=picks, way=st.sampled_from(list(Way)))
    def the_coordinator_accepts(self, pick: int, way: Way) -> None:
        proposal = self.picked(pick)
        if proposal is None:
            return
        was = proposal.state
        if self.tried(AcceptProposalAction(proposal=proposal, way=way, actor=SYSTEM, now=self.now)):
            assert was == "waiting"

    @rule(pick=picks)
    def the_coordinator_returns(self, pick: int) -> None:
        proposal = self.picked(pick)
        if proposal is None:
            return
        was = proposal.state
        done = self.tried(ReturnProposalAction(proposal=proposal, reason="No.", actor=SYSTEM, now=self.now))
        assert bool(done) == (was == "waiting")

    @rule(pick=picks)
    def the_sender_withdraws(self, pick: int) -> None:
        proposal = self.picked(pick)
        if proposal is None:
            return
        was = proposal.state
        done = self.tried(WithdrawProposalAction(proposal=proposal, now=self.now))
        assert bool(done) == (was in ("waiting", "sent"))

    @rule(pick=picks, town=st.sampled_from(["Deal", "Margate"]))
    def the_firm_uses_its_link(self, pick: int, town: str) -> None:
        proposal = self.picked(pick)
        if proposal is None:
            return
        was, used = proposal.state, proposal.link_used_at
        if proposal.kind == "remove":
            done = self.tried(ConfirmRemovalAction(request=proposal, now=self.now))
            assert not done or was == "sent"
            return
        saved = self.tried(
            SaveOwnFirmAction(request=proposal, changes={"town": Change("", town)}, now=self.now)
        )
        if saved:
            assert (proposal.kind, used) == ("mine", None) and was in ("sent", "accepted")
            self.states[saved.pk] = "waiting"

    @rule(which=st.integers(0, 1), is_published=st.booleans())
    def an_editor_writes(self, which: int, is_published: bool) -> None:
        firm = Firm.objects.filter(pk=self.firms[which].pk).first()
        if firm is None:
            return
        draft = firm.get_latest_revision_as_object() if firm.latest_revision_id else firm
        draft.trading_name = self.editors_words[which] = f"Words {self.now:%j %H}"
        revision = draft.save_revision()
        if is_published:
            revision.publish()

    @rule(hours=st.sampled_from([1, 23, 25, 24 * 91]))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        lapse_links(self.now)
        forget_words(self.now)

    @invariant()
    def every_proposal_went_an_allowed_way(self) -> None:
        for proposal in Proposal.objects.order_by("pk"):
            was = self.states[proposal.pk]
            assert proposal.state == was or proposal.state in WAYS.get(was, ()), (was, proposal.state)
            assert (proposal.decided_at is None) == (proposal.state in ("waiting", "sent"))
            assert not (
                proposal.forgotten_at and (proposal.sender_email or proposal.note or proposal.changes)
            )
            self.states[proposal.pk] = proposal.state

    @invariant()
    def no_word_of_an_editor_is_lost(self) -> None:
        for firm, words in zip(self.firms, self.editors_words, strict=True):
            now = Firm.objects.filter(pk=firm.pk).first()
            if now is not None:
                assert now.get_latest_revision_as_object().trading_name == words
                assert now.slug == firm.slug and now.region_id == firm.region_id


def test_a_proposal_goes_only_where_its_states_lead() -> None:
    run_state_machine_as_test(
        ProposalLife,
        settings=settings(
            max_examples=12,
            stateful_step_count=20,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
