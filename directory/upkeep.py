"""Owns what happens to proposals by itself: links grow old, words are erased, firms are asked once a year."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, F, Max, OuterRef, Q
from django.db.models.functions import Coalesce

from directory.actions.lapsing import PATIENCE, LapseProposalAction
from directory.actions.proposing import A_DAY, AlreadyDecided
from directory.models import ContactPerson, Firm, Proposal
from directory.proposing.addresses import (
    LIFE,
    REMOVE_FIRM,
    STILL_RIGHT,
    YOUR_FIRM,
    address_on_file,
    language_of,
    link_to,
)
from directory.proposing.forgetting import forget
from hub import outbox
from hub.languages import LANGUAGES

KEPT: Final = timedelta(days=90)
A_YEAR: Final = timedelta(days=365)
KIND: Final = "directory.firm.still_right"
# One run asks, or closes, so many; the next one goes on.
AT_ONCE: Final = 200


def lapse_links(now: datetime) -> int:
    """Closes requests whose link was not used in its time."""
    return sum(
        Proposal.objects.filter(state=Proposal.State.SENT, kind=kind, sent_at__lt=now - LIFE[purpose]).update(
            state=Proposal.State.LAPSED, decided_at=now
        )
        for kind, purpose in ((Proposal.Kind.MINE, YOUR_FIRM), (Proposal.Kind.REMOVE, REMOVE_FIRM))
    )


def lapse_unanswered(now: datetime) -> int:
    """Closes proposals that nobody has answered for a year; each by itself, so that one stops no other."""
    due = Proposal.objects.waiting().filter(sent_at__lte=now - PATIENCE).order_by("sent_at", "pk")
    closed = 0
    for proposal in due[:AT_ONCE]:
        try:
            LapseProposalAction(proposal=proposal, now=now).run()
        except AlreadyDecided:
            # Somebody answered it at this very moment.
            continue
        closed += 1
    return closed


def forget_words(now: datetime) -> int:
    """Erases who sent what, 90 days after it was decided."""
    return forget(Proposal.objects.to_forget(now - KEPT), now)


def forget_networks(now: datetime) -> int:
    """Erases from where proposals came, once no limit looks at it any more."""
    return Proposal.objects.filter(sent_at__lte=now - A_DAY).exclude(network="").update(network="")


def ask_still_right(now: datetime) -> int:
    """Writes to firms whose last confirmation, or entry, is over a year old: once for each year since."""
    with_mail = ContactPerson.objects.filter(firm=OuterRef("pk")).exclude(email="")
    is_due = Q(asked_at=None) | Q(asked_at__lte=now - A_YEAR)
    due = (
        Firm.objects.listed()
        .filter(is_due)
        .annotate(last=Coalesce(Max("confirmations__at"), F("created_at")), after=Max("confirmations__pk"))
        .filter(~Q(email="") | Exists(with_mail), last__lt=now - A_YEAR)
        .order_by("last", "pk")
    )[:AT_ONCE]
    return sum(_ask(firm, now) for firm in due)


def _key(firm: Firm, now: datetime) -> str:
    """The same for whoever asks about the same year: a run that was cut short asks nobody twice."""
    years = (now - firm.last) // A_YEAR
    return f"{KIND}:{firm.pk}:{firm.after or 0}:{years}"


def _ask(firm: Firm, now: datetime) -> int:
    language = language_of(firm, LANGUAGES[0])
    after: int = firm.after or 0
    context = {
        "firm": firm,
        "url": link_to(STILL_RIGHT, language, firm=firm.pk, after=after),
    }
    to = address_on_file(firm)
    mail = outbox.post(kind=KIND, to=to, language=language, context=context, key=_key(firm, now), now=now)
    Firm.objects.filter(pk=firm.pk).update(asked_at=now)
    return int(mail is not None)
