"""Owns what of a proposal is erased in the end; what is counted stays."""

from datetime import datetime

from directory.models import Proposal
from directory.models.proposal import ProposalQuerySet

from .mails import tell_sender


def forget(proposals: ProposalQuerySet, now: datetime) -> int:
    """Erases names, mails, words and values; says of how many proposals."""
    return proposals.update(
        firm_name="",
        changes={},
        note="",
        reason="",
        sender_name="",
        sender_email="",
        revision=None,
        forgotten_at=now,
    )


def forget_firm(firm: int, now: datetime, answering: Proposal | None = None) -> None:
    """The firm asked to be erased: nothing of it stays in what was ever proposed about it.

    Whoever waits for an answer is told; the sender of `answering` is told by whoever answers.
    """
    about = Proposal.objects.filter(firm=firm)
    open_ones = about.filter(state__in=Proposal.OPEN)
    for proposal in open_ones.exclude(pk=answering.pk if answering else 0).order_by("pk"):
        tell_sender("firm_gone", proposal, now)
    open_ones.update(state=Proposal.State.LAPSED, decided_at=now)
    forget(about, now)
