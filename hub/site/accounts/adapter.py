"""Owns what allauth asks the site: who needs which step, where to go next, and what to say about it."""

import base64
import binascii
import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core import ratelimit
from allauth.mfa import app_settings
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hub.links import absolute
from hub.visitors import network_of

from . import mails, second_factor

NOWHERE = "0.0.0.0"  # noqa: S104 - no address to listen on: what stands for one that nobody knows
MAY_ENTER = "wagtailadmin.access_admin"

WRONG = _(
    "This name and password do not fit each other. Look at both again: small and capital letters differ in "
    "a password. You can also ask for a new password."
)
TOO_OFTEN = _("That was wrong too often. Wait five minutes, then try again.")
WRONG_CODE = _("This code does not fit, or it is too old. Look at it again, or take a new one.")


class AccountAdapter(DefaultAccountAdapter):
    """Log-in by password, then what `second_factor` says; mails through the outbox; words of our own."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
        "incorrect_code": WRONG_CODE,
        "incorrect_password": _("This is not your password. Type it again."),
        "enter_current_password": _("This is not the password that you have now. Type it again."),
    }

    def pre_login(self, request: HttpRequest, user: Any, **told: Any) -> HttpResponse | None:
        """What keeps somebody with the right password from the next step, said in words."""
        answer: HttpResponse | None = super().pre_login(request, user, **told)
        if answer is not None:
            return answer
        if not second_factor.is_remembered(request, user):
            # allauth looks at the cookie next, and does not know that somebody has ended its time.
            request.COOKIES.pop(app_settings.TRUST_COOKIE_NAME, None)
            if second_factor.is_mailed(user):
                return self._cannot_be_mailed(request, user)
        return None

    def _cannot_be_mailed(self, request: HttpRequest, user: Any) -> HttpResponse | None:
        if not user.email:
            said = gettext(
                "You need a code to log in, and there is no mail address to send it to. "
                "Ask an administrator to add your address."
            )
        elif not ratelimit.consume(request, action="request_login_code", key=str(user.pk)):
            said = gettext(
                "Too many codes were sent to you within an hour. Wait a while, then log in again; "
                "if it was not you who asked for them, choose a new password."
            )
        else:
            return None
        clear_login(request)
        messages.error(request, said)
        return HttpResponseRedirect(reverse("account_login"))

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """As if there were no such person."""
        messages.error(request, WRONG)
        return HttpResponseRedirect(reverse("account_login"))

    def is_login_by_code_required(self, login: Any) -> bool:
        """Whether a code is mailed before this log-in goes on."""
        return second_factor.is_mailed(login.user)

    def login(self, request: HttpRequest, user: Any) -> None:
        """Begins the session, after every step; it remembers whether there was a second factor."""
        super().login(request, user)
        second_factor.note_proof(request, user)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The admin; for somebody without any rights there, the page about the log-in."""
        return resolve_url(settings.LOGIN_REDIRECT_URL if request.user.has_perm(MAY_ENTER) else "mfa_index")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to where it was chosen."""
        return reverse("mfa_index")

    def is_safe_url(self, url: str) -> bool:
        """This host only: others that the site answers for may be somebody else's."""
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={self.request.get_host()}, require_https=self.request.is_secure()
        )

    def get_client_ip(self, request: HttpRequest) -> str:
        """Whom limits count: what the proxy says, and of IPv6 the half that one household has."""
        return network_of(request).partition("/")[0] or NOWHERE

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # allauth's own begins with the host name, of which a visitor may choose one of many.
        return str(credentials.get("username") or credentials.get("email") or "").lower()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through the outbox."""
        mails.send(template_prefix, email, context)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """At the site's own address, whatever host name the question came with."""
        uid, _dash, token = key.partition("-")
        named = {"uidb36": uid, "key": token}
        return absolute(reverse("account_reset_password_from_key", kwargs=named))

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """To the address on file, not to the one that was typed."""
        super().send_password_reset_mail(user, user.email, context)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **told: Any
    ) -> None:
        """What is worth saying; that somebody is in or out is seen."""
        said = told.get("message") or SAID.get(message_template or "")
        if said:
            messages.add_message(request, level, said)


SAID = {
    "account/messages/password_changed.txt": _("The new password is saved. All other sessions have ended."),
    "mfa/messages/totp_activated.txt": _("The authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app is removed."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
    "mfa/messages/recovery_codes_generated.txt": _("Here are new recovery codes. Keep them in a safe place."),
    "usersessions/messages/sessions_logged_out.txt": _("You are logged out everywhere else."),
}


class SecondFactorAdapter(DefaultMFAAdapter):
    """Names that people see in their app; secrets that a copy of the database does not tell."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "cannot_generate_recovery_codes": _("Set up an app or a passkey first: the codes stand in for it."),
    }

    def get_totp_issuer(self) -> str:
        """What the app calls the account."""
        return str(settings.WAGTAIL_SITE_NAME)

    def _get_site_name(self) -> str:
        return self.get_totp_issuer()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """For a passkey that was given no name."""
        return gettext("My passkey")

    def encrypt(self, text: str) -> str:
        """With a key made from `SECRET_KEY`."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What was encrypted; after another `SECRET_KEY` something that no code fits."""
        try:
            return _fernet().decrypt(encrypted_text.encode()).decode()
        except (InvalidToken, binascii.Error):
            return base64.b32encode(secrets.token_bytes(20)).decode()


def _fernet() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [salted_hmac("hub.site.accounts", "", secret=key, algorithm="sha256").digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
