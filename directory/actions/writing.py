"""Owns writing to a firm: a visitor's message is passed on, once, and not too often."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.timesince import timeuntil
from django.utils.translation import gettext as _

from directory.actions.proposing import FirmGone
from directory.contacting import Words, pass_on, recipients_of
from directory.models import ContactMessage, Firm
from hub.actions import SYSTEM, Action, ActionRefused
from hub.limits import Limit, free_at
from hub.turns import take_turns
from hub.visitors import fingerprint

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
# An office shares a network; a firm that many write to at once is being flooded.
SENDER = (Limit(5, _HOUR), Limit(20, _DAY))
NETWORK = (Limit(10, _HOUR), Limit(40, _DAY))
FIRM = (Limit(10, _HOUR), Limit(30, _DAY))
LONGEST = _DAY


class TooManyMessages(ActionRefused):
    """The sender, or the firm, has had enough messages for now."""


class NobodyToTell(ActionRefused):
    """There is no mail of the firm, and none of anybody who answers for its region."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a visitor sends: the words, the mark of the form, and the network from which it came."""

    words: Words
    nonce: str
    network: str = ""

    def mark(self, to: Model) -> str:
        """The same for two posts of one form, another as soon as a word is changed."""
        said = [self.nonce, to.pk, *asdict(self.words).values()]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


class WriteToFirmAction(Action):
    """Passes a message on to whoever answers for a firm. The same form sent twice is one message."""

    def __init__(self, *, firm: Firm, letter: Letter, now: datetime) -> None:
        super().__init__(actor=SYSTEM, now=now)
        self.firm = firm
        self.letter = letter

    def check(self) -> None:
        """:raises FirmGone: if the firm is not listed any more.
        :raises TooManyMessages: beyond what one sender, one network or one firm may have; says when it may.
        :raises NobodyToTell: if nobody's mail is known.
        """
        # The lock serialises posts to one firm, so the second of two finds the first.
        Firm.objects.select_for_update().filter(pk=self.firm.pk).only("pk").first()
        self.present = ContactMessage.objects.filter(mark=self.letter.mark(self.firm)).first()
        if self.present:
            return
        if not Firm.objects.listed().filter(pk=self.firm.pk).exists():
            raise FirmGone(_("This firm is not in the register any more, so your message was not sent."))
        self._check_limits()
        self.recipients = recipients_of(self.firm)
        if not self.recipients.mails:
            raise NobodyToTell(
                _("Nobody's address is known who could answer for this firm. Your message was not sent.")
            )

    def execute(self) -> ContactMessage:
        """The message: a new one, or the one that this form made before."""
        if self.present:
            return self.present
        pass_on(self.firm, self.letter.words, self.recipients, self.now)
        return ContactMessage.objects.create(
            firm=self.firm,
            at=self.now,
            route=self.recipients.route,
            mark=self.letter.mark(self.firm),
            sender=self._sender,
            network=self._network,
        )

    def _check_limits(self) -> None:
        recent = ContactMessage.objects.filter(at__gt=self.now - LONGEST)
        self._sender = fingerprint("sender", self.letter.words.email)
        self._network = fingerprint("network", self.letter.network)
        # Many at the same moment would else all find that none of the others is there yet.
        take_turns(self._sender, self._network)
        theirs = [busy_until(recent.filter(sender=self._sender), SENDER, self.now)]
        if self._network:
            theirs.append(busy_until(recent.filter(network=self._network), NETWORK, self.now))
        if busy := max(filter(None, theirs), default=None):
            raise TooManyMessages(
                _("You have sent many messages in a short time. You can send the next one in %(time)s.")
                % {"time": timeuntil(busy, self.now)}
            )
        if busy := busy_until(recent.filter(firm=self.firm), FIRM, self.now):
            raise TooManyMessages(
                _("This firm has got many messages in a short time. You can write to it in %(time)s.")
                % {"time": timeuntil(busy, self.now)}
            )


def forget_senders(now: datetime) -> int:
    """Erases the hashes that no limit looks at any more; the rows, which count, stay."""
    old = ContactMessage.objects.filter(at__lte=now - LONGEST).exclude(sender="", network="")
    return old.update(sender="", network="")


def busy_until(messages: QuerySet[Any], limits: tuple[Limit, ...], now: datetime) -> datetime | None:
    """When the next of these messages may come; None if it may come now."""
    return free_at(messages.values_list("at", flat=True), limits, now)
