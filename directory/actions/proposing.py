"""Owns how anybody asks something of the register, and takes it back."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from wagtail.log_actions import log

from directory.importing.filling import Terms
from directory.models import Firm, Proposal
from directory.proposing import Change, Changes, address_on_file, read_changes, written_changes
from directory.proposing.mails import send_link, tell_coordinator, tell_sender
from hub.actions import SYSTEM, Action, ActionRefused
from hub.models import Cluster, ClusterState, Region
from hub.turns import take_turns
from hub.visitors import fingerprint

from .rights import FirmGone

OPEN_CLUSTERS = (ClusterState.ACTIVE, ClusterState.CONSULTING)
# A day's worth: enough for a firm that corrects everything, too little for mischief.
A_DAY = timedelta(days=1)
PER_SENDER = 10
PER_FIRM = 20
# An office shares a network; whoever types other people's mails has one, too.
PER_NETWORK = 30
LINKS_PER_FIRM = 3

_BY_LINK = (Proposal.Kind.MINE, Proposal.Kind.REMOVE)
_NEEDS_WORDS = (Proposal.Kind.CORRECT, Proposal.Kind.LIST)


class ClusterNotOpen(ActionRefused):
    """The cluster takes no new members."""


class MemberAlready(ActionRefused):
    """The firm is in the cluster."""


class NothingProposed(ActionRefused):
    """Nothing was changed and nothing was said."""


class TooManyProposals(ActionRefused):
    """This sender, this network, or others about this firm, have asked very often today."""


class AlreadyDecided(ActionRefused):
    """The proposal is answered, taken back, or done."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks: about which firm or cluster, in which fields and words, and who they are."""

    kind: str
    email: str
    language: str
    nonce: str
    name: str = ""
    network: str = ""
    firm: Firm | None = None
    firm_name: str = ""
    region: Region | None = None
    cluster: Cluster | None = None
    changes: Changes = field(default_factory=dict)
    note: str = ""

    def mark(self) -> str:
        """The same for two posts of one form, another for anything else."""
        said = [
            *(
                self.kind,
                self.email.casefold(),
                self.language,
                self.nonce,
                self.name,
                self.firm_name,
                self.note,
            ),
            *(each.pk if each else None for each in (self.firm, self.region, self.cluster)),
            written_changes(self.changes),
        ]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()


class SubmitProposalAction(Action):
    """Puts what somebody asks into the queue, or sends the link that lets the firm do it itself.

    The same form sent twice is one proposal: the second time gives the first one back.
    """

    def __init__(self, *, asked: Asked, now: datetime) -> None:
        super().__init__(actor=SYSTEM, now=now)
        self.asked = asked

    def check(self) -> None:
        """:raises FirmGone: if the firm is not listed.
        :raises ClusterNotOpen: if the cluster takes no new members.
        :raises MemberAlready: if the firm is in it.
        :raises NothingProposed: for a correction that says nothing.
        :raises ProposalBroken: for a field or a value that such a proposal cannot have.
        :raises TooManyProposals: beyond what one sender, one network or one firm needs in a day.
        """
        asked = self.asked
        if asked.firm:
            Firm.objects.select_for_update().filter(pk=asked.firm.pk).first()
        self.present = Proposal.objects.filter(nonce=asked.mark()).first()
        if self.present:
            return
        if asked.firm and not Firm.objects.listed().filter(pk=asked.firm.pk).exists():
            raise FirmGone(_("This firm is not in the register any more."))
        if asked.cluster:
            require_open(asked.cluster, asked.firm)
        if asked.kind in _NEEDS_WORDS and not (asked.changes or asked.note):
            raise NothingProposed(
                _("Nothing is changed yet. Correct a field, or say in words what is wrong.")
            )
        if asked.changes:
            read_changes(asked.kind, written_changes(asked.changes), Terms.load())
        self._check_limits()

    def _check_limits(self) -> None:
        asked, recent = self.asked, Proposal.objects.filter(sent_at__gt=self.now - A_DAY)
        self.network = fingerprint("network", asked.network)
        # Many at the same moment would else all find that none of the others is there yet.
        take_turns(fingerprint("sender", asked.email), self.network)
        by_sender = recent.filter(sender_email__iexact=asked.email).count()
        about = recent.filter(firm=asked.firm) if asked.firm else recent.none()
        asks_link = asked.kind in _BY_LINK
        same = about.filter(kind=asked.kind).count() if asks_link else about.count()
        if by_sender >= PER_SENDER:
            raise TooManyProposals(
                _("You have sent %(number)s proposals today. Please come back tomorrow.")
                % {"number": by_sender}
            )
        if self.network and recent.filter(network=self.network).count() >= PER_NETWORK:
            raise TooManyProposals(
                _("Very many proposals have come from your network today. Please come back tomorrow.")
            )
        if same >= (LINKS_PER_FIRM if asks_link else PER_FIRM):
            raise TooManyProposals(
                _("Others have asked the same of this firm today. Please come back tomorrow.")
            )

    def execute(self) -> Proposal:
        """The proposal: a new one, or the one that this form made before."""
        if self.present:
            return self.present
        asked = self.asked
        address = address_on_file(asked.firm) if asked.firm and asked.kind in _BY_LINK else ""
        values: dict[str, object] = {
            "kind": asked.kind,
            "state": Proposal.State.SENT if address else Proposal.State.WAITING,
            "firm": asked.firm,
            "firm_name": asked.firm.name if asked.firm else asked.firm_name,
            "region": asked.firm.region if asked.firm else asked.region,
            "cluster": asked.cluster,
            "changes": written_changes(asked.changes),
            "note": asked.note,
            "sender_name": asked.name,
            "sender_email": asked.email,
            "language": asked.language,
            "network": self.network,
            "sent_at": self.now,
        }
        proposal, is_new = Proposal.objects.get_or_create(nonce=asked.mark(), defaults=values)
        if is_new:
            self._tell(proposal, address)
        return proposal

    def _tell(self, proposal: Proposal, address: str) -> None:
        tell_sender("received", proposal, self.now)
        if address and proposal.firm:
            send_link(proposal, proposal.firm, address, self.now)
        else:
            tell_coordinator(proposal, self.now)


class AddToProposalAction(Action):
    """Says more of a firm that waits to be listed; what was said before stays unless it is said anew."""

    def __init__(self, *, proposal: Proposal, changes: Changes, now: datetime) -> None:
        super().__init__(actor=SYSTEM, now=now)
        self.proposal = proposal
        self.changes = changes

    def check(self) -> None:
        """:raises AlreadyDecided: if it does not wait any more.
        :raises ProposalBroken: for a field or a value that a firm cannot have.
        """
        self.proposal = locked(self.proposal)
        if self.proposal.state != Proposal.State.WAITING or self.proposal.kind != Proposal.Kind.LIST:
            raise AlreadyDecided(decided_message(self.proposal))
        self.changes = read_changes(self.proposal.kind, written_changes(self.changes), Terms.load())

    def execute(self) -> Proposal:
        """The proposal with all that is known of the firm."""
        told = {field: Change("", change.after) for field, change in self.changes.items()}
        self.proposal.changes = {**self.proposal.changes, **written_changes(told)}
        if "name" in told:
            self.proposal.firm_name = str(told["name"].after)
        self.proposal.save(update_fields=["changes", "firm_name"])
        return self.proposal


class WithdrawProposalAction(Action):
    """Takes a proposal back; its words are erased in due time like those of any other."""

    def __init__(self, *, proposal: Proposal, now: datetime) -> None:
        super().__init__(actor=SYSTEM, now=now)
        self.proposal = proposal

    def check(self) -> None:
        """:raises AlreadyDecided: if it is not open any more."""
        self.proposal = locked(self.proposal)
        if not self.proposal.is_open:
            raise AlreadyDecided(decided_message(self.proposal))

    def execute(self) -> Proposal:
        close(self.proposal, Proposal.State.WITHDRAWN, self.now)
        log(instance=self.proposal, action="directory.proposal.withdraw")
        return self.proposal


def require_open(cluster: Cluster, firm: Firm | None) -> None:
    """:raises ClusterNotOpen: if the cluster takes no new members.
    :raises MemberAlready: if the firm is in it.
    """
    if cluster.state not in OPEN_CLUSTERS:
        raise ClusterNotOpen(
            _("%(cluster)s takes no new members: its state is “%(state)s”.")
            % {"cluster": cluster, "state": cluster.get_state_display()}
        )
    if firm and firm.memberships.filter(cluster=cluster, to_date=None).exists():
        raise MemberAlready(_("%(firm)s is in %(cluster)s already.") % {"firm": firm, "cluster": cluster})


def locked(proposal: Proposal) -> Proposal:
    """The proposal as it is now, its firm locked before it so that no two actions wait for each other."""
    if proposal.firm_id:
        Firm.objects.select_for_update().only("pk").filter(pk=proposal.firm_id).first()
    return Proposal.objects.select_for_update().get(pk=proposal.pk)


def close(proposal: Proposal, state: str, now: datetime, **values: object) -> None:
    """Writes down how a proposal ended."""
    given: Mapping[str, object] = {"state": state, "decided_at": now, **values}
    for name, value in given.items():
        setattr(proposal, name, value)
    proposal.save(update_fields=[*given])


def decided_message(proposal: Proposal) -> str:
    """Why nothing more can be done with a proposal, for a person."""
    return _("This proposal is closed: %(state)s.") % {"state": proposal.get_state_display()}
