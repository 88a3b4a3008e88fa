"""Owns the screens on which terms begin and end, and people are invited to edit."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied

from hub import desk
from hub.actions.leads import AppointLeadAction, ReplaceLeadAction, StandDownAction
from hub.days import today
from hub.forms.people import AppointForm, HolderForm, InviteEditorForm, StandDownForm
from hub.invitations import EndEditorAction, InviteAction, Invited, WithdrawInvitationAction
from hub.languages import current_language
from hub.models import Invitation, LeadTerm, Region, RegionalHub
from hub.names import name_of
from hub.permissions import (
    has_role,
    in_reach,
    may_appoint,
    may_invite_to,
    may_replace,
    may_see_people,
)
from hub.rights import Right
from hub.screens import ActionScreen
from hub.stewards import people_for
from hub.stewardship import Rung

from .overview import PeopleView

LIST = "hub_people"
INVITED = _("The invitation is on its way. Nothing changes before it is accepted.")


def home_language(region: Region | None) -> str:
    """The language of the hub of a region; where it has none, that of the reader."""
    hub = RegionalHub.objects.filter(region=region).first()
    return hub.home_language if hub else current_language()


class PeopleScreen(ActionScreen):
    """A screen that leads back to the list of people."""

    header_icon = "group"
    may = staticmethod(may_see_people)

    def back(self) -> str:
        """The list, or home for whoever may not see it."""
        return reverse(LIST if may_see_people(self.request.user) else "wagtailadmin_home")

    @property
    def acting(self) -> dict[str, Any]:
        """Who acts, and when."""
        return {"actor": self.request.user, "now": timezone.now()}

    def invite(self, form: HolderForm, role: str, **place: Any) -> None:
        """Invites a person who has no account yet."""
        told = form.cleaned_data
        invited = Invited(
            **{name: told[name] for name in ("email", "name", "language", "from_date", "note")},
            role=Invitation.Role(role),
            **place,
        )
        InviteAction(invited=invited, **self.acting).run()
        self.done = INVITED


class AppointScreen(PeopleScreen):
    """Gives somebody an office."""

    form_class = AppointForm
    may = staticmethod(may_appoint)
    page_title = _("Appoint a lead or deputy")
    submit_label = _("Appoint")
    done = _("Appointed. The rights begin with the first day.")
    explanation = _("At most three lead a region for a cluster, and one of these is the deputy.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Looks nothing up: the office is chosen in the form."""
        return (
            super(ActionScreen, self).dispatch(request, *args, **kwargs)
            if self.may(request.user)
            else permission_denied(request)
        )

    @property
    def object(self) -> Any:
        """Nothing yet."""
        return _("People")

    def get_page_subtitle(self) -> str:
        """Nothing more."""
        return ""

    def get_initial(self) -> dict[str, Any]:
        """The region from whose vacancy somebody came, and the language of its hub."""
        told = self.request.GET
        try:
            region = AppointForm.base_fields["region"].clean(told.get("region"))
        except ValidationError:
            region = None  # not from a vacancy
        return {"region": region, "cluster": told.get("cluster"), "language": home_language(region)}

    def act(self, form: Any) -> None:
        """Appoints, or invites first."""
        told = form.cleaned_data
        place = {name: told[name] for name in ("region", "cluster", "to_date")}
        if form.is_invitation:
            role = told["role"] if told["region"] else Invitation.Role.CLUSTER_LEAD
            self.invite(form, role, **place)
            return
        AppointLeadAction(
            holder=form.holder,
            role=LeadTerm.Role(told["role"]),
            from_date=told["from_date"],
            note=told["note"],
            **place,
            **self.acting,
        ).run()


class TermScreen(PeopleScreen):
    """A screen about one term; one that this person has no say in is refused."""

    model = LeadTerm
    object: LeadTerm

    def rows_to_act_on(self) -> QuerySet[Any]:
        """Terms that are not over."""
        return LeadTerm.objects.not_over(today()).select_related("user", "partner", "region", "cluster")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Says so where a term has just ended; whoever has no say in it is not told."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            # Asked for afterwards: somebody else may have ended it a moment ago.
            term = LeadTerm.objects.filter(pk=kwargs["pk"], to_date__lt=today()).first()
            if term is None or not may_replace(request.user, term):
                raise
            messages.warning(request, _("This term has ended already."))
            return redirect(self.back())

    def is_allowed(self, user: Any) -> bool:
        """Whoever has a say in this term."""
        return super().is_allowed(user) and self.is_theirs()

    def is_theirs(self) -> bool:
        """Whether this person has a say in the term."""
        return may_replace(self.request.user, self.object)

    def get_page_subtitle(self) -> str:
        """Where and who."""
        return f"{self.object.region or self.object.cluster} · {self.object}"


class ReplaceScreen(TermScreen):
    """Somebody else takes the same office over."""

    form_class = HolderForm
    page_title = _("Replace")
    submit_label = _("Replace")
    done = _("Replaced. Whoever left can change nothing any more, in open windows either.")
    explanation = _(
        "The term ends the day before the other one begins. What waits for an answer belongs to the region: "
        "the successor finds it there."
    )

    def get_initial(self) -> dict[str, Any]:
        """Most who work for a region read the language of its hub."""
        return {"language": home_language(self.object.region)}

    def act(self, form: Any) -> None:
        """Replaces, or invites the successor first."""
        term, told = self.object, form.cleaned_data
        if form.is_invitation:
            self.invite(form, term.role, region=term.region, cluster=term.cluster, replaces=term)
            return
        ReplaceLeadAction(
            term=term, holder=form.holder, from_date=told["from_date"], note=told["note"], **self.acting
        ).run()


class StandDownScreen(TermScreen):
    """Ends a term, after saying what happens to the open work."""

    form_class = StandDownForm
    template_name = "hub/admin/stand_down.html"
    may = staticmethod(has_role)
    page_title = _("End this term")
    submit_label = _("End it")
    done = _("The term ends as you said.")
    is_dangerous = True

    def is_theirs(self) -> bool:
        """Whoever holds it may end it, too."""
        term, user = self.object, self.request.user
        return may_replace(user, term) or (term.user_id is not None and term.user_id == user.pk)

    def act(self, form: Any) -> None:
        """Ends it."""
        StandDownAction(term=self.object, last_day=form.cleaned_data["last_day"], **self.acting).run()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What waits in the region, and who answers for it afterwards."""
        region_id = self.object.region_id
        if region_id is None:
            return super().get_context_data(waits=[], successors=[], **kwargs)
        return super().get_context_data(
            waits=desk.waiting(frozenset({region_id})), successors=self._successors(region_id), **kwargs
        )

    def _successors(self, region_id: int) -> list[str]:
        """Who answers for the region then: the other leads, else the deputy, else the coordinators."""
        for rung in Rung:
            left = [person for person in people_for(region_id, rung) if person.pk != self.object.user_id]
            if left:
                return [name_of(person) for person in left]
        return []


class InviteEditorScreen(PeopleScreen):
    """Invites somebody to edit the hub and the firms of a region."""

    model = Region
    object: Region
    form_class = InviteEditorForm
    page_title = _("Invite an editor")
    submit_label = _("Send the invitation")
    done = INVITED
    explanation = _(
        "An editor changes pages and firms of this region; you approve what the public gets to see."
    )

    def rows_to_act_on(self) -> QuerySet[Any]:
        """Regions with a hub in which this person may invite editors."""
        hubs = RegionalHub.objects.filter(in_reach(self.request.user, Right.INVITE_EDITORS))
        return Region.objects.filter(pk__in=hubs.values("region"))

    def get_initial(self) -> dict[str, Any]:
        """Most editors read the language of the hub."""
        return {"language": home_language(self.object)}

    def act(self, form: Any) -> None:
        """Invites."""
        invited = Invited(role=Invitation.Role.EDITOR, region=self.object, **form.cleaned_data)
        InviteAction(invited=invited, **self.acting).run()


class WithdrawScreen(PeopleScreen):
    """Takes an invitation back."""

    model = Invitation
    object: Invitation
    page_title = _("Withdraw this invitation")
    submit_label = _("Withdraw it")
    done = _("The invitation is withdrawn; its link does nothing any more.")
    is_dangerous = True

    def rows_to_act_on(self) -> QuerySet[Any]:
        """Invitations without an answer that this person could have sent."""
        found = Invitation.objects.unanswered().select_related("region", "replaces")
        may = [each.pk for each in found if may_invite_to(self.request.user, each)]
        return Invitation.objects.filter(pk__in=may)

    def act(self, form: Any) -> None:
        """Withdraws it."""
        WithdrawInvitationAction(invitation=self.object, **self.acting).run()


class EndEditorScreen(PeopleScreen):
    """Ends the work of an editor in one region."""

    model = RegionalHub
    object: RegionalHub
    page_title = _("End the work of an editor")
    submit_label = _("End it")
    done = _("This person cannot edit here any more.")
    explanation = _("What they wrote stays, and what waits for approval goes on waiting. Nobody is mailed.")
    is_dangerous = True

    def rows_to_act_on(self) -> QuerySet[Any]:
        """Hubs in which this person may invite editors."""
        return RegionalHub.objects.filter(in_reach(self.request.user, Right.INVITE_EDITORS))

    @property
    def person(self) -> Any:
        """The editor."""
        people: Any = self.object.editors_group
        return get_object_or_404(people.user_set, pk=self.kwargs["person"])

    def get_page_subtitle(self) -> str:
        """Who, and where."""
        return f"{name_of(self.person)}, {self.object}"

    def act(self, form: Any) -> None:
        """Ends it."""
        EndEditorAction(hub=self.object, person=self.person, **self.acting).run()


def people_screens() -> list[URLPattern]:
    """The addresses of these screens, below /admin/."""
    return [
        path("people/", PeopleView.as_view(), name=LIST),
        path("people/appoint/", AppointScreen.as_view(), name="hub_appoint"),
        path("people/terms/<int:pk>/replace/", ReplaceScreen.as_view(), name="hub_replace"),
        path("people/terms/<int:pk>/end/", StandDownScreen.as_view(), name="hub_stand_down"),
        path("people/invite/<int:pk>/", InviteEditorScreen.as_view(), name="hub_invite_editor"),
        path("people/invitations/<int:pk>/withdraw/", WithdrawScreen.as_view(), name="hub_withdraw"),
        path("people/editors/<int:pk>/<int:person>/end/", EndEditorScreen.as_view(), name="hub_end_editor"),
    ]
