"""Owns the table of who is told what: which event goes to whom, and whether it may wait for Monday. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto


class Rung(Enum):
    """Who stands for a region. Where a rung is empty, the next one is told instead."""

    LEADS = auto()
    DEPUTIES = auto()
    COORDINATORS = auto()


class Party(Enum):
    """One person whom an event concerns, wherever they stand."""

    AUTHOR = auto()
    HOLDER = auto()
    INVITED = auto()
    INVITER = auto()


class Pace(Enum):
    """Whether a mail goes out at once, or as its reader chose: at once, or all together on Monday."""

    AT_ONCE = auto()
    AS_CHOSEN = auto()


class Event(Enum):
    """What can happen that somebody has to know of; the value is the kind of its mail."""

    PROPOSAL_ARRIVES = "directory.proposal.waiting"
    CHANGE_SUBMITTED = "hub.change.submitted"
    CHANGE_APPROVED = "hub.change.approved"
    CHANGE_RETURNED = "hub.change.returned"
    TRANSFER_OFFERED = "hub.transfer.offered"
    WAITS_LONG = "hub.errand.waits"
    REVIEW_OVERDUE = "hub.review.overdue"
    TERM_ENDS = "hub.term.ends"
    VACANCY = "hub.term.vacant"
    INVITED = "hub.invitation.sent"
    INVITATION_ACCEPTED = "hub.invitation.accepted"


@dataclass(frozen=True, slots=True)
class Told:
    """Who hears of an event, after how many days, and how soon then."""

    to: Rung | Party
    after_days: int = 0
    pace: Pace = Pace.AT_ONCE


TABLE: Mapping[Event, tuple[Told, ...]] = {
    Event.PROPOSAL_ARRIVES: (Told(Rung.LEADS, pace=Pace.AS_CHOSEN),),
    Event.CHANGE_SUBMITTED: (Told(Rung.LEADS, pace=Pace.AS_CHOSEN),),
    Event.CHANGE_APPROVED: (Told(Party.AUTHOR),),
    Event.CHANGE_RETURNED: (Told(Party.AUTHOR),),
    # To the region that is to get the firm; the other one asked.
    Event.TRANSFER_OFFERED: (Told(Rung.LEADS, pace=Pace.AS_CHOSEN),),
    # What waits for an answer: a change, a proposal.
    Event.WAITS_LONG: (
        Told(Rung.LEADS, after_days=3),
        Told(Rung.DEPUTIES, after_days=7),
        Told(Rung.COORDINATORS, after_days=14),
    ),
    Event.REVIEW_OVERDUE: (
        Told(Rung.LEADS),
        Told(Rung.DEPUTIES, after_days=14),
        Told(Rung.COORDINATORS, after_days=28),
    ),
    Event.TERM_ENDS: (Told(Rung.COORDINATORS), Told(Party.HOLDER)),
    Event.VACANCY: (Told(Rung.COORDINATORS),),
    Event.INVITED: (Told(Party.INVITED),),
    Event.INVITATION_ACCEPTED: (Told(Party.INVITER),),
}

TERM_ENDS_WITHIN = 30  # days before the last one
INACTIVE_AFTER = 60  # days without a log-in


def reached(event: Event, days: int) -> tuple[Told, ...]:
    """Who should have heard of something by now that began so many whole days ago.

    >>> [told.to.name for told in reached(Event.WAITS_LONG, 8)]
    ['LEADS', 'DEPUTIES']
    """
    return tuple(told for told in TABLE[event] if days >= told.after_days)
