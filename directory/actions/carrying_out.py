"""Owns what accepting a proposal does, kind by kind, in the transaction of the answer."""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from directory.importing.filling import Terms, give, may_be_listed, told
from directory.importing.labels import label_of
from directory.importing.writing import FirmHasDraft, FirmIsLocked
from directory.models import ContactPerson, Firm, Proposal
from directory.proposing import NOTED, Changes, read_changes
from directory.proposing.mails import send_link
from hub.actions import ActionRefused, Actor, user_of

from .membership import JoinClusterAction
from .proposing import FirmGone, require_open
from .removing import RemoveFirmAction


class Way(Enum):
    """How a correction gets into the register."""

    PUBLISH = "publish"
    INTO_DRAFT = "draft"
    BY_HAND = "hand"


class DraftSaysOtherwise(ActionRefused):
    """An editor has written something else in the same fields."""


class NotMergedYet(ActionRefused):
    """Both entries are still in the register."""


def correct(proposal: Proposal, way: Way, actor: Actor, now: datetime) -> None:
    """Gives the firm the changed fields and publishes them, or puts them into its draft.

    :raises FirmGone, FirmIsLocked, FirmHasDraft, DraftSaysOtherwise, ProposalBroken: if it cannot be now.
    """
    firm = _firm_of(proposal)
    if firm.locked:
        raise FirmIsLocked(_("An editor has locked this firm. Unlock it first, or do it by hand."))
    terms = Terms.load()
    changes = read_changes(proposal.kind, proposal.changes, terms)
    given = {field: each for field, each in changes.items() if field not in NOTED}
    user = user_of(actor)
    if way is Way.INTO_DRAFT:
        _put_into_draft(firm, given, terms, user)
    elif not firm.live:
        raise FirmGone(_("This firm is not published. Put the changes into its draft, or do it by hand."))
    elif proposal.revision and firm.latest_revision_id == proposal.revision:
        firm.latest_revision.publish(user=user)
    else:
        _publish(firm, given, terms, user)


def _put_into_draft(firm: Firm, changes: Changes, terms: Terms, user: AbstractBaseUser | None) -> None:
    draft = firm.get_latest_revision_as_object()
    disputed = [
        str(label_of(field))
        for field, change in changes.items()
        if told(draft, field) not in (told(firm, field), change.after)
    ]
    if disputed:
        raise DraftSaysOtherwise(
            _("The draft says something else in: %(fields)s. Open it and decide by hand.")
            % {"fields": ", ".join(disputed)}
        )
    _give(draft, changes, terms)
    draft.save_revision(user=user, clean=False, log_action=True)


def _publish(firm: Firm, changes: Changes, terms: Terms, user: AbstractBaseUser | None) -> None:
    if firm.has_unpublished_changes:
        raise FirmHasDraft(
            _(
                "This firm has a draft that nobody has published yet; publishing the proposal would "
                "publish or lose it. Publish the draft first, put the proposal into it, or do it by hand."
            )
        )
    _give(firm, changes, terms)
    # Each value was checked a moment ago; what else the firm says may be older than our rules.
    firm.publish(firm.save_revision(user=user, clean=False, log_action=True), user=user)


def _give(firm: Firm, changes: Changes, terms: Terms) -> None:
    for field, change in changes.items():
        give(firm, field, change.after, terms)


def put_draft_aside(proposal: Proposal) -> None:
    """The draft of a returned proposal stays in the history, and the firm counts as unchanged again."""
    firm = proposal.firm
    if firm and proposal.revision and firm.latest_revision_id == proposal.revision and firm.live:
        Firm.objects.filter(pk=firm.pk).update(
            latest_revision=firm.live_revision_id, has_unpublished_changes=False
        )


def unpublish(proposal: Proposal, way: Way, actor: Actor, now: datetime) -> None:
    """Takes a firm that has closed off the site; the admin keeps it.

    :raises FirmGone: if it is not published.
    """
    firm = _firm_of(proposal)
    if not firm.live:
        raise FirmGone(_("This firm is not published any more. Close the proposal as done by hand."))
    firm.unpublish(user=user_of(actor))


def require_merged(proposal: Proposal, way: Way, actor: Actor, now: datetime) -> None:
    """:raises NotMergedYet: while the firm is published and no other was merged into it since."""
    firm = proposal.firm
    if firm and firm.live and not firm.merges.filter(undone_at=None, at__gte=proposal.sent_at).exists():
        raise NotMergedYet(
            _(
                "%(firm)s is still published. Merge the two entries first; if this one is the one to keep, "
                "close the proposal as done by hand."
            )
            % {"firm": proposal.firm}
        )


def remove(proposal: Proposal, way: Way, actor: Actor, now: datetime) -> Mapping[str, Any]:
    """Erases the firm; only salted fingerprints stay."""
    RemoveFirmAction(firm=_firm_of(proposal), answering=proposal, actor=actor, now=now).run()
    proposal.firm = None
    return {"firm": None}


def send_edit_link(proposal: Proposal, way: Way, actor: Actor, now: datetime) -> None:
    """Lets the sender, whom the coordinator knows or has checked, edit the firm's profile once."""
    firm = _firm_of(proposal)
    if not firm.live:
        raise FirmGone(
            _("This firm is not published, so there is nothing that its people could see or edit.")
        )
    send_link(proposal, firm, proposal.sender_email, now)


def add_firm(proposal: Proposal, way: Way, actor: Actor, now: datetime) -> Mapping[str, Any]:
    """Adds the firm, published if it may be listed, with the sender as its private contact person."""
    terms = Terms.load()
    changes = read_changes(proposal.kind, proposal.changes, terms)
    firm = _new_firm(proposal, changes, terms, user_of(actor))
    email = proposal.sender_email
    ContactPerson.objects.create(firm=firm, name=proposal.sender_name or email, email=email)
    if proposal.cluster:
        _begin_membership(proposal, firm, actor, now)
    return {"firm": firm}


def _new_firm(proposal: Proposal, changes: Changes, terms: Terms, user: AbstractBaseUser | None) -> Firm:
    name = str(changes["name"].after) if "name" in changes else proposal.firm_name
    firm = Firm(
        name=name,
        slug=Firm.objects.free_slug(name),
        region=proposal.region,
        live=False,
        has_unpublished_changes=True,
    )
    later = {field: each for field, each in changes.items() if field == "serves"}
    _give(firm, {field: each for field, each in changes.items() if field not in later}, terms)
    try:
        with transaction.atomic():
            firm.save()
    except IntegrityError:
        raise ActionRefused(_("Another firm got this address at the same moment. Try again.")) from None
    _give(firm, later, terms)
    log(instance=firm, action="wagtail.create", user=user)
    revision = firm.save_revision(user=user, clean=False)
    if may_be_listed(firm):
        firm.publish(revision, user=user)
    return firm


def join(proposal: Proposal, way: Way, actor: Actor, now: datetime) -> None:
    """Makes the firm a member from today on."""
    _begin_membership(proposal, _firm_of(proposal), actor, now)


def _begin_membership(proposal: Proposal, firm: Firm, actor: Actor, now: datetime) -> None:
    if proposal.cluster is None:
        raise FirmGone(_("The cluster of this proposal is gone."))
    require_open(proposal.cluster, firm)
    JoinClusterAction(
        firm=firm,
        cluster=proposal.cluster,
        from_date=timezone.localdate(now),
        source=str(proposal),
        actor=actor,
        now=now,
    ).run()


def _firm_of(proposal: Proposal) -> Firm:
    if proposal.firm is None:
        raise FirmGone(_("The firm of this proposal is not in the register any more."))
    return proposal.firm
