"""Owns the admin screens on which one action changes a fact of a firm or a row beside it."""

from typing import Any

from django import forms
from django.db.models import Max
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from directory.actions.confirming import ConfirmFirmAction
from directory.actions.contacts import RemoveContactPersonAction, SaveContactPersonAction
from directory.actions.membership import EndMembershipAction, JoinClusterAction, RemoveMembershipAction
from directory.actions.moving import MoveFirmAction
from directory.actions.renaming import RenameFirmAction
from directory.forms import (
    ContactPersonForm,
    EndMembershipForm,
    JoinClusterForm,
    MoveFirmForm,
    RenameFirmForm,
)
from directory.models import ContactPerson, Firm, Membership
from hub.permissions import may_edit, may_move_at_once

from .firm import FirmScreen
from .transferring import offer_screens


def may_move(user: Any, firm: Firm) -> bool:
    """Coordinators; leads offer it to the other region."""
    return may_move_at_once(user)


class MoveFirmScreen(FirmScreen):
    """Gives the firm to another region at once."""

    may = staticmethod(may_move)
    form_class: type[forms.BaseForm] = MoveFirmForm
    page_title = _("Move to another region")
    submit_label = _("Move the firm")
    done = _("The firm has moved.")
    explanation = _("Its region decides who may edit the firm. Drafts written before the move stay with it.")

    def get_initial(self) -> dict[str, Any]:
        """The region it is in."""
        return {"region": self.object.region_id}

    def act(self, form: Any) -> None:
        """Moves the firm."""
        MoveFirmAction(firm=self.object, to=form.cleaned_data["region"], **self.actor).run()


class RenameFirmScreen(FirmScreen):
    """Gives the firm another address."""

    form_class: type[forms.BaseForm] = RenameFirmForm
    page_title = _("Change the address")
    submit_label = _("Change the address")
    done = _("The firm has a new address.")
    explanation = _("Links to the present address go on working: they lead to the new one.")

    def get_initial(self) -> dict[str, Any]:
        """The address it has."""
        return {"slug": self.object.slug}

    def act(self, form: Any) -> None:
        """Changes the address."""
        RenameFirmAction(firm=self.object, slug=form.cleaned_data["slug"], **self.actor).run()


class ConfirmFirmScreen(FirmScreen):
    """Says that what is shown of the firm is still right."""

    page_title = _("Still right?")
    submit_label = _("Still right")
    done = _("Thank you. The firm counts as confirmed today.")
    explanation = _("Confirm only what you checked with the firm, or know yourself.")
    template_name = "directory/admin/confirm.html"

    def act(self, form: Any) -> None:
        """Confirms the firm."""
        ConfirmFirmAction(firm=self.object, **self.actor).run()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what is to be confirmed."""
        last = self.object.confirmations.aggregate(last=Max("at"))["last"]
        return super().get_context_data(profiles=self.object.profiles.all(), confirmed_at=last, **kwargs)


class ContactPersonScreen(FirmScreen):
    """Adds a contact person to the firm, or changes one of its own. What is private, editors change, too."""

    may = staticmethod(may_edit)
    is_about_rows_beside = True
    form_class: type[forms.BaseForm] = ContactPersonForm
    page_title = _("Contact person")
    done = _("The contact person is saved.")
    explanation = _("Nothing of it is shown to anybody outside unless you tick that it may be.")

    @cached_property
    def person(self) -> ContactPerson:
        """The one that the address names, or a new one."""
        if "contact" not in self.kwargs:
            return ContactPerson(firm=self.object)
        return get_object_or_404(self.object.contact_persons, pk=self.kwargs["contact"])

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form fills the person in."""
        return super().get_form_kwargs() | {"instance": self.person}

    def act(self, form: Any) -> None:
        """Saves the person."""
        SaveContactPersonAction(person=self.person, **self.actor).run()


class RemoveContactPersonScreen(ContactPersonScreen):
    """Erases a contact person."""

    form_class: type[forms.BaseForm] = forms.Form
    page_title = _("Erase a contact person")
    submit_label = _("Erase")
    done = _("The contact person is erased.")
    explanation = _("Name, mail and phone are gone for good: no draft and no history keeps them.")
    is_dangerous = True

    def get_form_kwargs(self) -> dict[str, Any]:
        """Nothing to fill in."""
        return super(ContactPersonScreen, self).get_form_kwargs()

    def get_page_subtitle(self) -> str:
        """Whom it erases."""
        return str(self.person)

    def act(self, form: Any) -> None:
        """Erases the person."""
        RemoveContactPersonAction(person=self.person, **self.actor).run()


class JoinClusterScreen(FirmScreen):
    """Makes the firm a member of a cluster."""

    is_about_rows_beside = True
    form_class: type[forms.BaseForm] = JoinClusterForm
    page_title = _("Join a cluster")
    submit_label = _("Add the membership")
    done = _("The membership is added.")

    def get_initial(self) -> dict[str, Any]:
        """Most memberships are entered when they begin."""
        return {"from_date": timezone.localdate()}

    def act(self, form: Any) -> None:
        """Adds the membership."""
        JoinClusterAction(firm=self.object, **form.cleaned_data, **self.actor).run()


class EndMembershipScreen(FirmScreen):
    """Ends a membership of the firm."""

    is_about_rows_beside = True
    form_class: type[forms.BaseForm] = EndMembershipForm
    page_title = _("End a membership")
    submit_label = _("End the membership")
    done = _("The membership is ended.")

    @cached_property
    def membership(self) -> Membership:
        """The one that the address names."""
        return get_object_or_404(
            self.object.memberships.select_related("cluster"), pk=self.kwargs["membership"]
        )

    def get_initial(self) -> dict[str, Any]:
        """Its last day so far, or today."""
        return {"to_date": self.membership.to_date or timezone.localdate()}

    def get_page_subtitle(self) -> str:
        """Which membership it is."""
        return str(self.membership)

    def act(self, form: Any) -> None:
        """Ends the membership."""
        to_date = form.cleaned_data["to_date"]
        EndMembershipAction(membership=self.membership, to_date=to_date, **self.actor).run()


class RemoveMembershipScreen(EndMembershipScreen):
    """Takes out a membership that was entered by mistake."""

    form_class: type[forms.BaseForm] = forms.Form
    page_title = _("Remove a membership")
    submit_label = _("Remove")
    done = _("The membership is removed.")
    explanation = _("Only for one that never was. Of a membership that is over, enter the last day instead.")
    is_dangerous = True

    def get_initial(self) -> dict[str, Any]:
        """Nothing to fill in."""
        return {}

    def act(self, form: Any) -> None:
        """Removes the membership."""
        RemoveMembershipAction(membership=self.membership, **self.actor).run()


def fact_screens() -> list[URLPattern]:
    """The addresses of these screens, below those of the firm's other screens."""
    contact, member = "<int:pk>/contact/<int:contact>", "<int:pk>/membership/<int:membership>"
    return [
        path("move/<int:pk>/", MoveFirmScreen.as_view(), name="move"),
        *offer_screens(),
        path("rename/<int:pk>/", RenameFirmScreen.as_view(), name="rename"),
        path("confirm/<int:pk>/", ConfirmFirmScreen.as_view(), name="confirm"),
        path("beside/<int:pk>/contact/add/", ContactPersonScreen.as_view(), name="add_contact"),
        path(f"beside/{contact}/", ContactPersonScreen.as_view(), name="change_contact"),
        path(f"beside/{contact}/remove/", RemoveContactPersonScreen.as_view(), name="remove_contact"),
        path("beside/<int:pk>/membership/add/", JoinClusterScreen.as_view(), name="join"),
        path(f"beside/{member}/end/", EndMembershipScreen.as_view(), name="end_membership"),
        path(f"beside/{member}/remove/", RemoveMembershipScreen.as_view(), name="remove_membership"),
    ]
