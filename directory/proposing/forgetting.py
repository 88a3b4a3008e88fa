"""Owns what of a proposal is erased in the end; what is counted stays."""

from datetime import datetime

from directory.models import Proposal
from directory.models.proposal import ProposalQuerySet


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


def forget_firm(firm: int, now: datetime) -> None:
    """The firm asked to be erased: nothing of it stays in what was ever proposed about it."""
    about = Proposal.objects.filter(firm=firm)
    about.filter(state__in=Proposal.OPEN).update(state=Proposal.State.LAPSED, decided_at=now)
    forget(about, now)
