"""Owns the addresses of the log-in: what the site offers of allauth, under the names it knows them by."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, re_path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from . import views


def _page(view: Any, template: str, **words: Any) -> Any:
    """A view with a template of ours and the words that it shows; no browser keeps it."""
    return never_cache(view.as_view(template_name=f"site/accounts/{template}.html", extra_context=words))


urlpatterns = [
    path("", _page(views.AccountView, "account", title=_("Your log-in")), name="mfa_index"),
    path("log-in/", _page(views.LogInView, "log_in", title=_("Log in")), name="account_login"),
    path(
        "log-in/code/",
        _page(views.MailedCodeView, "mailed_code", title=_("Type the code from your mail")),
        name="account_confirm_login_code",
    ),
    path(
        "log-in/second-step/",
        _page(views.SecondStepView, "second_step", title=_("One more step")),
        name="mfa_authenticate",
    ),
    path(
        "log-in/device/",
        _page(mfa.TrustView, "device", title=_("Is this device yours alone?")),
        name="mfa_trust",
    ),
    path(
        "log-out/",
        _page(
            account.LogoutView,
            "form",
            title=_("Log out"),
            intro=_("Whoever uses this device after you must log in again."),
            submit=_("Log out"),
            back="wagtailadmin_home",
        ),
        name="account_logout",
    ),
    path(
        "password/",
        _page(
            views.ChangePasswordView,
            "form",
            title=_("Change your password"),
            intro=_("All other sessions end, and devices that were remembered ask for a second step again."),
            submit=_("Save the new password"),
            back="mfa_index",
        ),
        name="account_change_password",
    ),
    path(
        "password/forgotten/",
        _page(
            account.PasswordResetView,
            "form",
            title=_("Ask for a new password"),
            intro=_("We mail you a link with which you choose one. It works for 24 hours."),
            submit=_("Send the link"),
            back="account_login",
        ),
        name="account_reset_password",
    ),
    path(
        "password/forgotten/sent/",
        _page(account.PasswordResetDoneView, "link_sent", title=_("Look at your mails")),
        name="account_reset_password_done",
    ),
    path(
        "password/new/saved/",
        _page(account.PasswordResetFromKeyDoneView, "password_saved", title=_("The new password is saved")),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        _page(account.PasswordResetFromKeyView, "new_password", title=_("Choose a new password")),
        name="account_reset_password_from_key",
    ),
    path(
        "app/",
        _page(totp.ActivateTOTPView, "app", title=_("Set up an authenticator app")),
        name="mfa_activate_totp",
    ),
    path(
        "app/remove/",
        _page(
            totp.DeactivateTOTPView,
            "form",
            title=_("Remove the authenticator app"),
            intro=_(
                "Its codes no longer work here. If it is your last second factor of your own, your recovery "
                "codes go too, and codes are mailed to you where one is required."
            ),
            submit=_("Remove the app"),
            back="mfa_index",
        ),
        name="mfa_deactivate_totp",
    ),
    path(
        "passkeys/",
        _page(webauthn.ListWebAuthnView, "passkeys", title=_("Your passkeys")),
        name="mfa_list_webauthn",
    ),
    path(
        "passkeys/add/",
        _page(webauthn.AddWebAuthnView, "passkey_add", title=_("Add a passkey")),
        name="mfa_add_webauthn",
    ),
    path(
        "passkeys/<int:pk>/name/",
        _page(
            webauthn.EditWebAuthnView,
            "form",
            title=_("Rename the passkey"),
            submit=_("Save the name"),
            back="mfa_list_webauthn",
        ),
        name="mfa_edit_webauthn",
    ),
    path(
        "passkeys/<int:pk>/remove/",
        _page(
            webauthn.RemoveWebAuthnView,
            "form",
            title=_("Remove the passkey"),
            intro=_(
                "You can no longer log in with it. On the device itself it stays until you delete it there."
            ),
            submit=_("Remove the passkey"),
            back="mfa_list_webauthn",
        ),
        name="mfa_remove_webauthn",
    ),
    path(
        "recovery-codes/",
        _page(recovery.ViewRecoveryCodesView, "recovery_codes", title=_("Your recovery codes")),
        name="mfa_view_recovery_codes",
    ),
    path(
        "recovery-codes/new/",
        _page(
            recovery.GenerateRecoveryCodesView,
            "form",
            title=_("Make new recovery codes"),
            intro=_("The codes that you have now stop working at once."),
            submit=_("Make new codes"),
            back="mfa_index",
        ),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "recovery-codes/download/",
        never_cache(
            recovery.DownloadRecoveryCodesView.as_view(template_name="site/accounts/recovery_codes.txt")
        ),
        name="mfa_download_recovery_codes",
    ),
    path(
        "sessions/",
        _page(views.SessionsView, "sessions", title=_("Where you are logged in")),
        name="usersessions_list",
    ),
    path(
        "confirm/",
        _page(
            account.ReauthenticateView,
            "confirm",
            title=_("Is it you?"),
            intro=_("Type your password once more before you change how you log in."),
            submit=_("Go on"),
        ),
        name="account_reauthenticate",
    ),
    path(
        "confirm/code/",
        _page(
            mfa.ReauthenticateView,
            "confirm",
            title=_("Is it you?"),
            intro=_("Type a code of your app before you change how you log in."),
            submit=_("Go on"),
        ),
        name="mfa_reauthenticate",
    ),
    path(
        "confirm/passkey/",
        _page(webauthn.ReauthenticateWebAuthnView, "confirm_passkey", title=_("Is it you?")),
        name="mfa_reauthenticate_webauthn",
    ),
]
