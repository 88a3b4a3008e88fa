"""Owns how a firm leaves the register for good: it is erased, and no import brings it back."""

from datetime import datetime

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from directory.importing.fingerprints import fingerprints
from directory.importing.matching import keys
from directory.models import ContactPerson, Firm, Proposal, Removal
from directory.proposing.forgetting import forget_firm
from hub.actions import Action, Actor, NotAllowed, user_of
from hub.delivery import forget_recipients
from hub.permissions import may_remove_firm

from .rights import locked_firm, require_for


class RemoveFirmAction(Action):
    """Erases a firm that asked for it, with its drafts, contacts and names in the log.

    What stays are salted fingerprints of its name, website and number (`Removal`): they tell nobody who it
    was, but let an import recognise it. Whoever waits for an answer about it is told that it is gone; the
    sender of `answering`, the proposal that asks for the removal, is told by whoever answers.
    """

    def __init__(self, *, firm: Firm, answering: Proposal | None = None, actor: Actor, now: datetime) -> None:
        super().__init__(actor=actor, now=now)
        self.firm = firm
        self.answering = answering

    def check(self) -> None:
        """:raises NotAllowed: if the actor may not remove the firm, or one that was merged into it."""
        row = locked_firm(self.firm)
        aside = Firm.objects.filter(merged_into__in=row.merges.open())
        require_for(self.actor, may_remove_firm, row)
        try:
            require_for(self.actor, may_remove_firm, *aside)
        except NotAllowed as refusal:
            raise NotAllowed(
                _(
                    "A firm of another region was merged into this one. For the thirty days in which that "
                    "can be undone, only the coordinator can remove it."
                )
            ) from refusal

    def execute(self) -> None:
        """Erases the firm; nothing of it is left but its fingerprints."""
        firm = Firm.objects.select_for_update().get(pk=self.firm.pk)
        self._remove_aside(firm)
        Removal.objects.bulk_create(
            [Removal(fingerprint=each, at=self.now) for each in removal_fingerprints(firm)],
            ignore_conflicts=True,
        )
        forget_firm(firm.pk, self.now, self.answering)
        forget_recipients(self._addresses_of_nobody_else(firm), self.now)
        log(instance=firm, action="wagtail.delete", user=user_of(self.actor), deleted=True)
        ModelLogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(Firm, for_concrete_model=False),
            object_id=str(firm.pk),
        ).update(label=_("A firm that asked to be removed"), data={})
        firm.delete()

    def _addresses_of_nobody_else(self, firm: Firm) -> set[str]:
        """Where the firm got its mails, but for addresses at which another firm is reached, too."""
        people = ContactPerson.objects.exclude(email="")
        own = {firm.email, *people.filter(firm=firm).values_list("email", flat=True)}
        others = Firm.objects.exclude(pk=firm.pk).filter(email__in=own).values_list("email", flat=True)
        shared = people.exclude(firm=firm).filter(email__in=own).values_list("email", flat=True)
        return own - {"", *others, *shared}

    def _remove_aside(self, firm: Firm) -> None:
        """What was merged into the firm is the same firm, kept aside: it goes too."""
        for merge in firm.merges.open().select_related("merged"):
            if merge.merged is not None:
                RemoveFirmAction(firm=merge.merged, actor=self.actor, now=self.now).execute()


def removal_fingerprints(firm: Firm) -> list[str]:
    """The fingerprints of everything a firm can be recognised by, under the present secret."""
    names = (firm.name, firm.trading_name)
    compared = [keys(name, firm.website, firm.number) for name in names if name]
    return sorted({each for found in compared for each in fingerprints([settings.SECRET_KEY], found)})
