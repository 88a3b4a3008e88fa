"""Owns the form by which a visitor writes to a firm."""

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.forms import PublicForm


class WriteForm(PublicForm):
    """Who writes, where the answer goes, and the message; with a mark, so that sent twice it is one."""

    free_text = ("message", "name")

    name = forms.CharField(
        label=_("Your name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your mail"),
        help_text=_("The firm answers you there. It is given to nobody else."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    message = forms.CharField(
        label=_("Your message"),
        min_length=10,
        max_length=4_000,
        help_text=_("In any language that the firm reads; without links."),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "true"}),
    )
    nonce = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("nonce", secrets.token_urlsafe(24))

    def clean_nonce(self) -> str:
        """A robot's empty mark is its own."""
        return str(self.cleaned_data["nonce"] or secrets.token_urlsafe(24))
