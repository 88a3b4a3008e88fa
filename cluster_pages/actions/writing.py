"""Owns writing to the leads of a region: a visitor's message is passed on, once, and not too often."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.timesince import timeuntil
from django.utils.translation import gettext as _

from cluster_pages.models import LeadMessage
from directory.actions.writing import (
    LONGEST,
    NETWORK,
    SENDER,
    Letter,
    NobodyToTell,
    TooManyMessages,
    busy_until,
)
from hub.actions import SYSTEM, Action
from hub.days import today
from hub.languages import LANGUAGES, in_language
from hub.limits import Limit
from hub.links import absolute
from hub.models import LeadTerm, Region
from hub.outbox import post
from hub.permissions import coordinators
from hub.regions import RegionTree
from hub.visitors import fingerprint

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
# Leads have two hours a month.
REGION = (Limit(10, _HOUR), Limit(30, _DAY))


class WriteToLeadsAction(Action):
    """Passes a message on to whoever leads a region today. The same form sent twice is one message."""

    def __init__(self, *, region: Region, letter: Letter, now: datetime) -> None:
        super().__init__(actor=SYSTEM, now=now)
        self.region = region
        self.letter = letter

    def check(self) -> None:
        """:raises TooManyMessages: beyond what one sender, one network or one region may have.
        :raises NobodyToTell: if nobody's mail is known, not even a coordinator's.
        """
        # The lock serialises posts to one region, so the second of two finds the first.
        Region.objects.select_for_update(no_key=True).filter(pk=self.region.pk).only("pk").first()
        self.mark = self.letter.mark(self.region)
        self.present = LeadMessage.objects.filter(mark=self.mark).first()
        if self.present:
            return
        self._check_limits()
        self.recipients = recipients_of(self.region, self.now)
        if not self.recipients:
            raise NobodyToTell(
                _("Nobody's address is known who could answer for this region. Your message was not sent.")
            )

    def execute(self) -> LeadMessage:
        """The message: a new one, or the one that this form made before."""
        if self.present:
            return self.present
        words = self.letter.words
        for email, language in self.recipients:
            context = self._context(language)
            post(
                kind="hub.contact.relayed",
                to=email,
                language=language,
                context=context,
                reply_to=words.email,
                now=self.now,
            )
        copy = self._context(words.language)
        post(kind="hub.contact.copy", to=words.email, language=words.language, context=copy, now=self.now)
        return LeadMessage.objects.create(
            region=self.region, at=self.now, mark=self.mark, sender=self.sender, network=self.network
        )

    def _check_limits(self) -> None:
        recent = LeadMessage.objects.filter(at__gt=self.now - LONGEST)
        self.sender = fingerprint("sender", self.letter.words.email)
        self.network = fingerprint("network", self.letter.network)
        ends = [
            busy_until(recent.filter(sender=self.sender), SENDER, self.now),
            busy_until(recent.filter(region=self.region), REGION, self.now),
        ]
        if self.network:
            ends.append(busy_until(recent.filter(network=self.network), NETWORK, self.now))
        if busy := max(filter(None, ends), default=None):
            raise TooManyMessages(
                _("There were many messages in a short time. You can send the next one in %(time)s.")
                % {"time": timeuntil(busy, self.now)}
            )

    def _context(self, language: str) -> dict[str, object]:
        words = self.letter.words
        with translation.override(language):
            url = absolute(reverse("cluster_pages:contact", args=[self.region.slug]))
        return {
            "region": in_language(self.region, "name", language),
            "contact_url": url,
            "name": words.name,
            "email": words.email,
            "text": words.text,
        }


def recipients_of(region: Region, now: datetime) -> Sequence[tuple[str, str]]:
    """The mail and language of each lead and deputy who has one today; of coordinators if nobody has."""
    over = [above.pk for above in RegionTree.above(region.pk).path(region.pk)]
    terms = LeadTerm.objects.on(today(now)).filter(region__in=over, user__is_active=True)
    leads = [term.user for term in terms.select_related("user__wagtail_userprofile").order_by("pk")]
    return _mails(leads) or _mails(coordinators().select_related("wagtail_userprofile").order_by("pk"))


def forget_senders(now: datetime) -> int:
    """Erases the hashes that no limit looks at any more; the rows, which count, stay."""
    old = LeadMessage.objects.filter(at__lte=now - LONGEST).exclude(sender="", network="")
    return old.update(sender="", network="")


def _mails(people: Any) -> Sequence[tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for person in people:
        if person.email:
            profile = getattr(person, "wagtail_userprofile", None)
            language = profile.preferred_language[:2] if profile else ""
            known = language if language in LANGUAGES else LANGUAGES[0]
            found.setdefault(person.email.lower(), (person.email, known))
    return list(found.values())
