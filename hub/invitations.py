"""Owns invitations from the first mail to the moment they take effect: inviting, withdrawing, accepting."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.users.models import UserProfile

from hub import links, outbox
from hub.actions import Action, ActionRefused, Actor, NotAllowed, user_of
from hub.actions.leads import AppointLeadAction, Holder, ReplaceLeadAction
from hub.days import today
from hub.models import Cluster, Invitation, LeadTerm, Region, RegionalHub, RoleGroup
from hub.models.invitation import VALID_FOR
from hub.names import name_of
from hub.permissions import may_invite, may_invite_to
from hub.roles import forget_roles
from hub.stewards import tell
from hub.stewardship import Event, Party
from hub.turns import take_turns

PURPOSE = "invitation"


class InvitationOver(ActionRefused):
    """The invitation was accepted or withdrawn, or its time is over."""


class AcceptedAlready(InvitationOver):
    """The invitation has done what it was for: nobody needs a new one."""


class InvitedTwice(ActionRefused):
    """The same person is invited to the same role already."""


class NotTheOneInvited(ActionRefused):
    """Whoever is logged in is not the person whom the invitation is for."""


class NoHub(ActionRefused):
    """The region runs no hub, so it has no editors."""


@dataclass(frozen=True, slots=True)
class Invited:
    """Who is invited, and to what."""

    email: str
    name: str
    language: str
    role: Invitation.Role
    region: Region | None = None
    cluster: Cluster | None = None
    replaces: LeadTerm | None = None
    from_date: date | None = None
    to_date: date | None = None
    note: str = ""


class InviteAction(Action):
    """Asks somebody by mail to take up a role; nothing takes effect before they accept."""

    def __init__(self, *, invited: Invited, actor: Actor, now: datetime) -> None:
        super().__init__(actor=actor, now=now)
        self.invited = invited

    def check(self) -> None:
        """:raises NotAllowed: if the actor may not give this role.
        :raises NoHub: if the region has no editors' group.
        :raises InvitedTwice: if the same invitation waits for its answer.
        """
        asked = self.invited
        user: Any = user_of(self.actor)
        if user is None or not may_invite(user, asked.role, asked.region, asked.replaces):
            raise NotAllowed(_("You cannot invite anybody to this role."))
        if asked.role == Invitation.Role.EDITOR and not _has_hub(asked.region):
            raise NoHub(_("This region runs no hub yet, so it has no editors."))
        take_turns(f"invitation:{asked.email.lower()}")
        same = Invitation.objects.open(self.now).filter(email__iexact=asked.email)
        if same.filter(role=asked.role, region=asked.region, cluster=asked.cluster).exists():
            raise InvitedTwice(_("This person is invited to that already. Withdraw the invitation first."))

    def execute(self) -> Invitation:
        """The invitation, whose mail waits in the outbox."""
        asked = self.invited
        user: Any = user_of(self.actor)
        invitation = Invitation.objects.create(
            **{name: getattr(asked, name) for name in asked.__slots__},
            invited_by=user,
            at=self.now,
            expires_at=self.now + VALID_FOR,
        )
        _send(invitation, self.now)
        _note(invitation, "hub.invitation.send", user)
        return invitation


class WithdrawInvitationAction(Action):
    """Takes an invitation back: its link does nothing any more."""

    def __init__(self, *, invitation: Invitation, actor: Actor, now: datetime) -> None:
        super().__init__(actor=actor, now=now)
        self.invitation = invitation

    def check(self) -> None:
        """:raises NotAllowed: if the actor could not have given it.
        :raises InvitationOver: if it was answered.
        """
        self.invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=self.invitation.pk)
        user: Any = user_of(self.actor)
        if user is None or not may_invite_to(user, self.invitation):
            raise NotAllowed(_("You cannot withdraw this invitation."))
        if self.invitation.accepted_at or self.invitation.withdrawn_at:
            raise InvitationOver(_("This invitation has been answered."))

    def execute(self) -> Invitation:
        """The withdrawn invitation."""
        self.invitation.withdrawn_at = self.now
        self.invitation.save(update_fields=["withdrawn_at"])
        _note(self.invitation, "hub.invitation.withdraw", user_of(self.actor))
        return self.invitation


class AcceptInvitationAction(Action):
    """Lets an invitation take effect: for a new account, or for the one that has its mail and is logged in.

    The link alone never reaches an account that exists: whoever read the mail need not be its owner.
    """

    def __init__(
        self,
        *,
        invitation: Invitation,
        visitor: Any,
        name: str = "",
        language: str = "",
        password: str = "",
        now: datetime,
    ) -> None:
        inviter: Any = invitation.invited_by
        super().__init__(actor=inviter, now=now)
        self.invitation = invitation
        self.visitor = visitor
        self.name, self.language, self.password = name, language, password

    def check(self) -> None:
        """:raises InvitationOver: if it cannot be accepted any more.
        :raises NotTheOneInvited: if the account that has this mail is not logged in.
        """
        self.invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=self.invitation.pk)
        require_open(self.invitation, self.now)
        self.account = account_of(self.invitation)
        if self.account is not None and self.account.pk != getattr(self.visitor, "pk", None):
            raise NotTheOneInvited(_("Log in as the person who was invited, and open the link again."))

    def execute(self) -> Any:
        """The account of whoever accepted.

        :raises ActionRefused: if the role cannot be taken up now; then there is no account either.
        """
        person = self.account or self._new_account()
        self._take_effect(person)
        self.invitation.accepted_at = self.now
        self.invitation.save(update_fields=["accepted_at"])
        forget_roles(person)
        _note(self.invitation, "hub.invitation.accept", person)
        _tell_inviter(self.invitation, person, self.now)
        return person

    def _new_account(self) -> Any:
        first, _space, last = self.name.strip().partition(" ")
        people: Any = get_user_model()._default_manager
        email = self.invitation.email
        named = {"first_name": first[:150], "last_name": last[:150]}
        try:
            with transaction.atomic():
                person = people.create_user(_free_name(email), email=email, password=self.password, **named)
        except IntegrityError:
            # Somebody accepted another invitation of the same person at the same moment.
            raise NotTheOneInvited(_("There is an account with this mail now. Log in to accept.")) from None
        UserProfile.objects.update_or_create(user=person, defaults={"preferred_language": self.language})
        return person

    def _take_effect(self, person: Any) -> None:
        asked, roles = self.invitation, Invitation.Role
        first = max(asked.from_date or today(self.now), today(self.now))
        acting: dict[str, Any] = {
            "holder": Holder(user=person),
            "from_date": first,
            "note": asked.note,
            "actor": self.actor,
            "now": self.now,
        }
        if asked.replaces is not None:
            ReplaceLeadAction(term=asked.replaces, **acting).run()
        elif asked.role in (roles.LEAD, roles.DEPUTY, roles.CLUSTER_LEAD):
            role = LeadTerm.Role.DEPUTY if asked.role == roles.DEPUTY else LeadTerm.Role.LEAD
            place: dict[str, Any] = {
                "region": asked.region,
                "cluster": asked.cluster,
                "to_date": asked.to_date,
            }
            AppointLeadAction(role=role, **place, **acting).run()
        elif asked.role == roles.EDITOR:
            RegionalHub.objects.get(region=asked.region).editors_group.user_set.add(person)
        else:
            RoleGroup.objects.get(role=asked.role).group.user_set.add(person)


class EndEditorAction(Action):
    """Takes somebody out of a region's editors; what they wrote stays, and stays the region's."""

    def __init__(self, *, hub: RegionalHub, person: Any, actor: Actor, now: datetime) -> None:
        super().__init__(actor=actor, now=now)
        self.hub = hub
        self.person = person

    def check(self) -> None:
        """:raises NotAllowed: if the actor may not invite editors to the region."""
        user: Any = user_of(self.actor)
        if user is None or not may_invite(user, Invitation.Role.EDITOR, self.hub.region):
            raise NotAllowed(_("Only the leads of the region and the coordinator can end this."))

    def execute(self) -> None:
        """Their rights are gone with the next request, in open sessions too."""
        self.hub.editors_group.user_set.remove(self.person)
        forget_roles(self.person)
        log(
            instance=self.hub,
            action="hub.editor.end",
            user=user_of(self.actor),
            data={"person": self.person.pk},
        )


def read_invitation(token: str, now: datetime) -> Invitation:
    """The invitation that a link is for.

    :raises ActionRefused: with the reason, if the link or the invitation does not hold any more.
    """
    pk = links.read(PURPOSE, token, VALID_FOR)["invitation"]
    found = Invitation.objects.select_related("region", "cluster", "invited_by").filter(pk=pk).first()
    if found is None:
        raise InvitationOver(_("This invitation is not there any more."))
    require_open(found, now)
    return found


def require_open(invitation: Invitation, now: datetime) -> None:
    """:raises InvitationOver: with the reason, and only then; whoever invited must still be able to."""
    if invitation.accepted_at is not None:
        raise AcceptedAlready(_("This invitation was accepted already. You can simply log in."))
    if invitation.withdrawn_at is not None:
        raise InvitationOver(_("This invitation was withdrawn."))
    if invitation.expires_at <= now:
        raise InvitationOver(_("This invitation was for fourteen days, and these are over."))
    inviter: Any = invitation.invited_by
    if inviter is None or not may_invite_to(inviter, invitation):
        raise InvitationOver(_("Whoever invited you cannot do so any more."))


def account_of(invitation: Invitation) -> Any:
    """The account that has the mail of an invitation; None if there is none yet."""
    people = get_user_model()._default_manager
    return people.filter(email__iexact=invitation.email).order_by("-is_active", "pk").first()


def link_of(invitation: Invitation) -> str:
    """The whole address behind which an invitation is accepted."""
    with translation.override(invitation.language):
        token = links.sign(PURPOSE, invitation=invitation.pk)
        return links.absolute(reverse("hub_invitation", args=[token]))


def _send(invitation: Invitation, now: datetime) -> None:
    inviter: Any = invitation.invited_by
    with translation.override(invitation.language):
        context = {
            "name": invitation.name,
            "inviter": name_of(inviter),
            "role": invitation.get_role_display(),
            "place": str(invitation.region or invitation.cluster or ""),
            "url": link_of(invitation),
            "expires_at": invitation.expires_at,
        }
    outbox.post(
        kind=Event.INVITED.value,
        to=invitation.email,
        language=invitation.language,
        context=context,
        key=f"{Event.INVITED.value}:{invitation.pk}",
        # The link is a key, and no use after that.
        forget_after=VALID_FOR,
        now=now,
    )


def _tell_inviter(invitation: Invitation, person: Any, now: datetime) -> None:
    tell(
        Event.INVITATION_ACCEPTED,
        about=invitation.region_id,
        context={
            "name": name_of(person),
            "role": invitation.get_role_display(),
            "place": invitation.region or invitation.cluster or "",
            "url": links.absolute(reverse("wagtailadmin_home")),
        },
        key=str(invitation.pk),
        parties={Party.INVITER: [invitation.invited_by] if invitation.invited_by else []},
        now=now,
    )


def _note(invitation: Invitation, action: str, user: Any) -> None:
    # Neither name nor mail: the log outlives both.
    data = {"role": invitation.role, "region": invitation.region.slug if invitation.region else ""}
    log(instance=invitation, action=action, user=user, title=invitation.get_role_display(), data=data)


def _has_hub(region: Region | None) -> bool:
    return RegionalHub.objects.filter(region=region).exists()


def _free_name(email: str) -> str:
    """A user name that nobody has: the mail, with a number behind it if somebody took that."""
    people, name, number = get_user_model()._default_manager, email.lower()[:140], 1
    while people.filter(username__iexact=name).exists():
        number += 1
        name = f"{email.lower()[:140]}-{number}"
    return name
