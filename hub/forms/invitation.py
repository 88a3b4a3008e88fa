"""Owns the form with which somebody who is invited makes an account."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model, password_validation
from django.utils.translation import gettext_lazy as _

from hub.models import Invitation

from .public import PublicForm

LANGUAGES = [("en", "English"), ("fr", "Français"), ("nl", "Nederlands")]


class NewAccountForm(PublicForm):
    """Name, language and password; the mail is the one of the invitation."""

    name = forms.CharField(
        label=_("Your name"), max_length=150, widget=forms.TextInput({"autocomplete": "name"})
    )
    language = forms.ChoiceField(label=_("Language of your screens and mails"), choices=LANGUAGES)
    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        given = {"name": invitation.name, "language": invitation.language}
        super().__init__(*args, **kwargs | {"initial": given})
        self.invitation = invitation
        self.fields["password"].help_text = _(
            "At least twelve characters; a few words that only you would put together are best."
        )

    def clean_password(self) -> str:
        """:raises ValidationError: if anybody could guess it."""
        password: str = self.cleaned_data["password"]
        name, email = self.cleaned_data.get("name", ""), self.invitation.email
        person = get_user_model()(username=email, email=email, first_name=name)
        password_validation.validate_password(password, person)
        return password
