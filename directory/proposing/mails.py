"""Owns the mails about proposals: to the sender, to those who answer, and to the address on file."""

from datetime import datetime, timedelta

from django.urls import reverse

from directory.models import Firm, Proposal
from hub import links, outbox, stewards
from hub.stewardship import Event

from .addresses import REMOVE_FIRM, STATUS, YOUR_FIRM, language_of, link_to

ANSWER = "directory_proposals:answer"
# These mails say that the sender's mail is erased: the outbox keeps it no longer than sending may take.
LAST = ("unanswered", "firm_gone")


def tell_sender(kind: str, proposal: Proposal, now: datetime) -> None:
    """Writes to the sender; the mail holds nothing that a stranger could have typed into a form's text."""
    if not proposal.sender_email:
        return
    outbox.post(
        kind=f"directory.proposal.{kind}",
        to=proposal.sender_email,
        language=proposal.language,
        context={
            "proposal": proposal,
            "status_url": link_to(STATUS, proposal.language, proposal=proposal.pk),
        },
        forget_after=timedelta(days=7) if kind in LAST else outbox.KEPT,
        now=now,
    )


def tell_coordinator(proposal: Proposal, now: datetime) -> None:
    """Writes to those who answer for the region that something waits for them."""
    url = links.absolute(reverse(ANSWER, args=[proposal.pk]))
    stewards.tell(
        Event.PROPOSAL_ARRIVES,
        about=proposal.subject.region_id,
        context={"proposal": proposal, "answer_url": url},
        key=f"{proposal.pk}:{proposal.sent_at.isoformat()}",
        now=now,
    )


def send_link(proposal: Proposal, firm: Firm, to: str, now: datetime) -> None:
    """Sends the link of *I work here* or of a removal to an address that may have it."""
    is_removal = proposal.kind == Proposal.Kind.REMOVE
    # To the address on file in the firm's language; to the sender in theirs.
    language = proposal.language if to == proposal.sender_email else language_of(firm, proposal.language)
    purpose = REMOVE_FIRM if is_removal else YOUR_FIRM
    outbox.post(
        kind="directory.firm.remove_link" if is_removal else "directory.firm.edit_link",
        to=to,
        language=language,
        context={"firm": firm, "url": link_to(purpose, language, proposal=proposal.pk)},
        now=now,
    )
