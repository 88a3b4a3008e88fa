"""Owns what a firm does itself through a link from a mail: edit, leave, or say that all is still right."""

from datetime import datetime

from django.db.models import Max
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from directory.importing.filling import Terms, give
from directory.models import Confirmation, Firm, Merge, Proposal
from directory.proposing import Changes, address_on_file, read_changes, written_changes
from directory.proposing.mails import tell_coordinator, tell_sender
from hub.actions import SYSTEM, Action, ActionRefused

from .confirming import ConfirmFirmAction
from .proposing import FirmGone, NothingProposed, close, locked
from .removing import RemoveFirmAction


class LinkUsed(ActionRefused):
    """The link has done what it was for, or the firm has asked for something else since."""


class SaveOwnFirmAction(Action):
    """Saves what somebody of the firm changed as a draft that waits. It uses up the link."""

    def __init__(self, *, request: Proposal, changes: Changes, now: datetime) -> None:
        super().__init__(actor=SYSTEM, now=now)
        self.request = request
        self.changes = changes

    def check(self) -> None:
        """:raises LinkUsed: if it is not the first time.
        :raises FirmGone: if the firm is not published.
        :raises NothingProposed: if nothing differs; the link stays good.
        :raises ProposalBroken: for a field or a value that a firm cannot have.
        """
        self.request = locked(self.request)
        self.firm = require_edit_link(self.request)
        if not self.changes:
            raise NothingProposed(_("Nothing is changed yet."))
        self.terms = Terms.load()
        written = written_changes(self.changes)
        self.changes = read_changes(Proposal.Kind.CORRECT, written, self.terms)

    def execute(self) -> Proposal:
        """The correction that waits, with a draft if nobody else has one."""
        request, firm = self.request, self.firm
        was_sent = request.state == Proposal.State.SENT
        saved = Proposal.objects.create(
            kind=Proposal.Kind.CORRECT,
            firm=firm,
            firm_name=firm.name,
            region=firm.region,
            changes=written_changes(self.changes),
            is_by_firm=True,
            revision=self._draft(),
            sender_name="" if was_sent else request.sender_name,
            sender_email=address_on_file(firm) if was_sent else request.sender_email,
            language=request.language,
            nonce=f"own-{request.pk}",
            sent_at=self.now,
        )
        if was_sent:
            close(request, Proposal.State.CONFIRMED, self.now)
        request.link_used_at = self.now
        request.save(update_fields=["link_used_at"])
        log(instance=firm, action="directory.proposal.by_firm")
        tell_sender("received", saved, self.now)
        tell_coordinator(saved, self.now)
        return saved

    def _draft(self) -> int | None:
        """The revision that holds the changes; none if an editor's work would be lost."""
        firm = self.firm
        if firm.locked or firm.has_unpublished_changes:
            return None
        for field, change in self.changes.items():
            give(firm, field, change.after, self.terms)
        return int(firm.save_revision(clean=False).pk)


class ConfirmRemovalAction(Action):
    """Erases the firm, because whoever reads the mail of the address on file wants it."""

    def __init__(self, *, request: Proposal, now: datetime) -> None:
        super().__init__(actor=SYSTEM, now=now)
        self.request = request

    def check(self) -> None:
        """:raises LinkUsed: if the request is not open any more.
        :raises FirmGone: if the firm is not in the register.
        """
        self.request = locked(self.request)
        self.firm = require_removal_link(self.request)

    def execute(self) -> Proposal:
        """The request, done."""
        tell_sender("confirmed", self.request, self.now)
        RemoveFirmAction(firm=self.firm, answering=self.request, actor=SYSTEM, now=self.now).run()
        self.request.firm = None
        close(self.request, Proposal.State.CONFIRMED, self.now, firm=None, link_used_at=self.now)
        return self.request


class ConfirmStillRightAction(Action):
    """Notes that the firm itself found right what is shown of it, once per link."""

    def __init__(self, *, firm: Firm, after: int, now: datetime) -> None:
        super().__init__(actor=SYSTEM, now=now)
        self.firm = firm
        self.after = after

    def check(self) -> None:
        """:raises FirmGone: if the firm is not published.
        :raises LinkUsed: if it was confirmed since the link was sent.
        """
        Firm.objects.select_for_update().only("pk").filter(pk=self.firm.pk).first()
        require_unconfirmed(self.firm, self.after)

    def execute(self) -> Confirmation:
        """The confirmation."""
        confirmation: Confirmation = ConfirmFirmAction(
            firm=self.firm, actor=SYSTEM, by_firm=True, now=self.now
        ).run()
        return confirmation


def require_edit_link(request: Proposal) -> Firm:
    """The firm that may be edited.

    :raises LinkUsed, FirmGone: if it may not.
    """
    is_good = request.state in (Proposal.State.SENT, Proposal.State.ACCEPTED)
    if request.kind != Proposal.Kind.MINE or not is_good or request.link_used_at:
        raise LinkUsed(
            _("This link was used already. What was saved with it waits for the coordinator, or is shown.")
            if request.link_used_at
            else _("This link does not work any more.")
        )
    return _published(request.firm)


def require_removal_link(request: Proposal) -> Firm:
    """The firm that may be removed.

    :raises LinkUsed, FirmGone: if it may not.
    """
    if request.link_used_at:
        raise LinkUsed(_("This link was used already: the firm is not in the register any more."))
    if request.kind != Proposal.Kind.REMOVE or request.state != Proposal.State.SENT:
        raise LinkUsed(_("This link does not work any more."))
    if request.firm is None:
        raise FirmGone(_("This firm is not in the register any more."))
    _require_standing(request.firm)
    return request.firm


def require_unconfirmed(firm: Firm, after: int) -> Firm:
    """The firm that may be confirmed.

    :raises LinkUsed, FirmGone: if it may not.
    """
    last = firm.confirmations.aggregate(pk=Max("pk"), at=Max("at"))
    if (last["pk"] or 0) != after:
        date = date_format(localtime(last["at"])) if last["at"] else ""
        raise LinkUsed(_("Thank you: the firm was confirmed on %(date)s.") % {"date": date})
    return _published(Firm.objects.filter(pk=firm.pk).first())


def _require_standing(firm: Firm) -> None:
    """:raises FirmGone: if it was merged into another one, which may be reached at another address."""
    merge = Merge.objects.open().filter(merged=firm).select_related("kept").first()
    if merge is not None:
        raise FirmGone(
            _("This entry was put together with %(firm)s. Please ask on its page.") % {"firm": merge.kept}
        )


def _published(firm: Firm | None) -> Firm:
    if firm is not None:
        _require_standing(firm)
    if firm is None or not firm.live:
        raise FirmGone(_("This firm is not in the register any more."))
    return firm
