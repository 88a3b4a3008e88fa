"""Owns the short public forms: what is wrong with a firm's page, and whose firm it is."""

import secrets
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from directory.importing.filling import told
from directory.importing.staging import Value
from directory.models import Firm, FirmProfile, Proposal
from directory.proposing import Change, differing
from hub.forms import PublicForm, RegionField

Group = tuple[Any, list[BoundField]]

IN_LANGUAGE = {
    "tagline": {
        "en": _("In one line, in English"),
        "fr": _("In one line, in French"),
        "nl": _("In one line, in Dutch"),
    },
    "description": {"en": _("About, in English"), "fr": _("About, in French"), "nl": _("About, in Dutch")},
    "offers_text": {
        "en": _("What you offer, in English"),
        "fr": _("What you offer, in French"),
        "nl": _("What you offer, in Dutch"),
    },
    "looks_for_text": {
        "en": _("What you look for, in English"),
        "fr": _("What you look for, in French"),
        "nl": _("What you look for, in Dutch"),
    },
}


# Few people know what a URL is.
NO_WEB_ADDRESS = _("This is no web address. One looks like https://www.example.org.")


def plain_field(name: str, **more: Any) -> forms.Field:
    """The field of a firm as a public form has it: optional, and with what its sender saw beside it."""
    if name == "website":
        more |= {"assume_scheme": "https", "error_messages": {"invalid": NO_WEB_ADDRESS}}
    field: forms.Field = Firm._meta.get_field(name).formfield(
        **{"required": False, "show_hidden_initial": True} | more
    )
    return field


def said_field(name: str, language: str) -> forms.Field:
    """A text of a firm in one language."""
    widget = forms.TextInput if name == "tagline" else forms.Textarea
    attributes = {"lang": language, "spellcheck": "true"}
    field: forms.Field = FirmProfile._meta.get_field(name).formfield(  # type: ignore[union-attr, assignment]
        required=False, show_hidden_initial=True, widget=widget(attrs=attributes)
    )
    field.label = IN_LANGUAGE[name][language]
    return field


class MarkedForm(PublicForm):
    """A form with a mark of its own, so that sending it twice asks one thing; its fields come in groups."""

    nonce = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    apart: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("nonce", secrets.token_urlsafe(24))

    def clean_nonce(self) -> str:
        """A robot's empty mark is its own."""
        return str(self.cleaned_data["nonce"] or secrets.token_urlsafe(24))

    def changes(self) -> dict[str, Change]:
        """What is proposed, field by field; most forms only say something in words."""
        return {}

    def groups(self) -> list[Group]:
        """The fields below a heading of their own, closed until somebody opens them."""
        return []

    def asked_first(self) -> list[BoundField]:
        """What it is about: all that is seen but the groups and who sends it."""
        grouped = {each.name for _heading, fields in self.groups() for each in fields}
        return [
            each for each in self.visible_fields() if each.name not in {*grouped, *self.apart, "headline"}
        ]

    def who(self) -> list[BoundField]:
        """Who sends it."""
        return [self[name] for name in self.apart]


class SenderForm(MarkedForm):
    """Who sends something, to be told what becomes of it."""

    free_text = ("note", "sender_name")
    apart = ("sender_name", "sender_email")

    note = forms.CharField(
        label=_("Your message"), max_length=2_000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    sender_name = forms.CharField(
        label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    sender_email = forms.EmailField(
        label=_("Your mail"),
        help_text=_("Only to tell you what becomes of this. It is not shown and not passed on."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class ProposalForm(SenderForm):
    """Asks something about a firm."""

    submit_label: Any = _("Send")

    def __init__(self, *args: Any, firm: Firm, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.firm = firm
        self.language = language


class CorrectForm(ProposalForm):
    """What is wrong, in words or in the fields themselves."""

    submit_label = _("Send the correction")
    corrected: ClassVar[tuple[str, ...]] = (
        *("name", "trading_name", "town", "postcode", "website", "email", "phone"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("What is wrong?")
        self.fields["note"].required = False
        texts = [
            f"{name}_{language}" for language in self._languages() for name in ("tagline", "description")
        ]
        for name in self.corrected:
            self.fields[name] = plain_field(name)
        self.fields["region"] = RegionField(
            required=False,
            show_hidden_initial=True,
            to_field_name="slug",
            help_text=_(
                "The coordinator decides on it, because the region decides who looks after the firm."
            ),
        )
        for name in texts:
            self.fields[name] = said_field(*name.rsplit("_", 1))
        self.shown = (*self.corrected, "region", *texts)
        for name in self.shown:
            self.initial.setdefault(name, told(self.firm, name))

    def _languages(self) -> list[str]:
        written = {each.language for each in self.firm.profiles.all() if not each.is_empty()}
        return sorted({self.language, *written}, key=lambda code: (code != self.language, code))

    def groups(self) -> list[Group]:
        """The firm's own fields."""
        return [(_("Put it right yourself"), [self[name] for name in self.shown])]

    def changes(self) -> dict[str, Change]:
        """The fields that differ from what the sender saw, and from the register."""
        proposed: dict[str, Value | None] = {}
        for name in self.shown:
            if name in self.changed_data:
                value = self.cleaned_data.get(name)
                proposed[name] = (value.slug if value else "") if name == "region" else value
        return differing(self.firm, proposed)


class ClosedForm(ProposalForm):
    """The firm is no more."""

    submit_label = _("Report it as closed")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("Since when, and how do you know?")


class DuplicateForm(ProposalForm):
    """The firm is listed twice."""

    submit_label = _("Report it")
    other = forms.CharField(
        label=_("Which is the other entry?"),
        max_length=300,
        help_text=_("Its name, or the address of its page here."),
    )
    field_order = ("other", "note", "sender_name", "sender_email")

    def changes(self) -> dict[str, Change]:
        """The other entry, in the sender's words."""
        return {"other": Change("", self.cleaned_data["other"])}


class RemoveForm(ProposalForm):
    """The firm no longer wants to be listed."""

    submit_label = _("Ask for the removal")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("Do you want to say why?")


class MineForm(ProposalForm):
    """Somebody of the firm wants to edit its profile."""

    submit_label = _("Send the link")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("What do you do there?")


FORMS: Mapping[str, type[ProposalForm]] = {
    Proposal.Kind.CORRECT: CorrectForm,
    Proposal.Kind.CLOSED: ClosedForm,
    Proposal.Kind.DUPLICATE: DuplicateForm,
    Proposal.Kind.REMOVE: RemoveForm,
    Proposal.Kind.MINE: MineForm,
}
