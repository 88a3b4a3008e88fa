"""Owns the public forms with which a firm asks to be listed, and to join a cluster."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.importing.staging import Value
from directory.proposal_forms import NO_WEB_ADDRESS, MarkedForm, SenderForm
from directory.proposing import Change
from hub.forms import RegionField

_WHAT_YOU_DO = {
    "en": _("What do you do? In English"),
    "fr": _("What do you do? In French"),
    "nl": _("What do you do? In Dutch"),
}


class ListFirmForm(MarkedForm):
    """Six fields that make a firm: the rest can be told afterwards."""

    free_text = ("town", "description")

    name = forms.CharField(label=_("Name of the firm"), max_length=200)
    sender_email = forms.EmailField(
        label=_("Your mail"),
        help_text=_("To tell you what becomes of this. It stays private; messages to the firm go there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    town = forms.CharField(
        label=_("Town"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "address-level2"})
    )
    region = RegionField(empty_label=_("Choose a region"))
    description = forms.CharField(
        max_length=10_000,
        help_text=_("A few sentences, with the words that somebody would search for."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    website = forms.URLField(
        label=_("Website"),
        max_length=300,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": NO_WEB_ADDRESS},
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language = language
        self.fields["description"].label = _WHAT_YOU_DO[language]
        self.fields["description"].widget.attrs["lang"] = language

    def changes(self) -> dict[str, Change]:
        """The fields of the firm to be made."""
        told = self.cleaned_data
        proposed: Mapping[str, Value] = {
            "name": told["name"],
            "town": told["town"],
            "website": told["website"],
            f"description_{self.language}": told["description"],
        }
        return {name: Change("", value) for name, value in proposed.items() if value}


class JoinClusterPublicForm(SenderForm):
    """A listed firm wants to join a cluster."""

    agrees = forms.BooleanField(
        label=_("Our firm agrees to the Terms of Reference."),
        error_messages={"required": _("A firm can join only if it agrees; please tick this.")},
    )
    field_order = ("note", "agrees", "sender_name", "sender_email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("What would you like to find, and to bring?")
