"""Owns the forms of the log-in: allauth's, with labels that help; no broken passkey can break them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account import forms as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

from .people import with_mail

CODE = {"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
DIGITS = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}


class WellLabelled(forms.Form):
    """Says what each field is above it, and not within it where it vanishes as soon as somebody types."""

    labels: dict[str, Any] = {}
    helps: dict[str, Any] = {}
    attributes: dict[str, dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs |= self.attributes.get(name, {})


class LogInForm(WellLabelled, account.LoginForm):
    """A mail address or user name, and the password."""

    labels = {
        "login": _("Mail address or user name"),
        "password": _("Password"),
        "remember": _("Stay logged in on this device for two weeks"),
    }
    attributes = {"login": {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}}

    def clean(self) -> Any:
        """:raises ValidationError: with the same words for whoever is unknown and for a wrong password."""
        cleaned = super().clean()
        if self.user:
            # Codes go to the address on file, whatever name was typed.
            self._login.email = self.user.email
        return cleaned


class ForgottenPasswordForm(WellLabelled, account.ResetPasswordForm):
    """Where the link for a new password goes."""

    labels = {"email": _("Mail address")}

    def clean_email(self) -> str:
        """Finds the people, however the address is capitalised."""
        email: str = self.cleaned_data["email"]
        self.users = with_mail(email)
        return email


class ChoosesPassword(WellLabelled):
    """A new password, twice, because nobody sees what they type."""

    labels = {
        "oldpassword": _("The password that you have now"),
        "password1": _("New password"),
        "password2": _("New password, once more"),
    }
    helps = {
        "password1": _(
            "Twelve characters or more, not only digits. A short sentence is easy to keep in mind."
        )
    }


class NewPasswordForm(ChoosesPassword, account.ResetPasswordKeyForm):
    """After a link from a mail."""


class ChangePasswordForm(ChoosesPassword, account.ChangePasswordForm):
    """By somebody who is logged in."""


class ConfirmPasswordForm(WellLabelled, account.ReauthenticateForm):
    """Asked once more before the log-in itself is changed."""

    labels = {"password": _("Your password")}


class MailedCodeForm(WellLabelled, account.ConfirmLoginCodeForm):
    """The code from the mail."""

    labels = {"code": _("Code from the mail")}
    attributes = {"code": CODE}


class SecondStepForm(WellLabelled, AuthenticateForm):
    """A code of the app, or one for recovery."""

    labels = {"code": _("Code from your app, or a recovery code")}
    attributes = {"code": DIGITS}


class ConfirmCodeForm(WellLabelled, ReauthenticateForm):
    """The same, asked once more before the log-in itself is changed."""

    labels = SecondStepForm.labels
    attributes = SecondStepForm.attributes


class ActivateAppForm(WellLabelled, ActivateTOTPForm):
    """The first code of a new app: it proves that the app has the key."""

    labels = {"code": _("Code that the app shows")}
    attributes = {"code": DIGITS}


@contextmanager
def unreadable_is_refused() -> Iterator[None]:
    """Whatever a browser sends in place of a passkey's answer is a wrong code, and no fault of ours.

    :raises ValidationError: for anything that cannot be read.
    """
    try:
        yield
    except forms.ValidationError:
        raise
    except Exception as error:  # the parser raises whatever comes up: AttributeError, KeyError, struct.error
        raise get_adapter().validation_error("incorrect_code") from error


class AddKeyForm(WellLabelled, webauthn.AddWebAuthnForm):
    """A new passkey, with a name to tell it by."""

    labels = {"name": _("A name for it")}
    helps = {"name": _("For instance the device that it is on.")}

    name = forms.CharField(required=False, max_length=60)

    def clean(self) -> Any:
        """:raises ValidationError: for an answer that cannot be read."""
        with unreadable_is_refused():
            return super().clean()


class UseKeyForm(webauthn.AuthenticateWebAuthnForm):
    """A passkey as second factor."""

    def clean_credential(self) -> Any:
        """:raises ValidationError: for an answer that cannot be read."""
        with unreadable_is_refused():
            return super().clean_credential()


class ConfirmKeyForm(UseKeyForm):
    """The same, asked once more before the log-in itself is changed."""

    reauthenticated = True


class RenameKeyForm(WellLabelled, webauthn.EditWebAuthnForm):
    """Another name for a passkey."""

    labels = {"name": _("Name")}

    name = forms.CharField(max_length=60)
