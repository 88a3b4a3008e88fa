"""Owns whether somebody needs a second factor, and whether this session or device has proved one."""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.internal.flows.trust import create_config_fingerprint, decode_trust_cookie
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest

from hub.permissions import needs_second_factor

PROVED = "hub_second_factor"
# What lies beside these (recovery codes) is no factor of its own.
OWN = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_required(user: Any) -> bool:
    """Whether this person gets in only with one."""
    return settings.HUB_REQUIRE_MFA and needs_second_factor(user)


def is_own(user: Any) -> bool:
    """Whether this person has an app or a passkey; then nothing mailed stands in for it."""
    return bool(is_mfa_enabled(user, OWN))


def is_mailed(user: Any) -> bool:
    """Whether the second factor of this person is a code that is mailed at the log-in."""
    return is_required(user) and not is_own(user)


def is_remembered(request: HttpRequest, user: Any) -> bool:
    """Whether this person chose to be remembered on this device, and nobody has ended that since."""
    since = user.sessions_from.timestamp() if user.sessions_from else 0
    ours = create_config_fingerprint(user)
    return any(each.fingerprint == ours and each.at > since for each in decode_trust_cookie(request))


def note_proof(request: HttpRequest, user: Any) -> None:
    """Writes into a session that has just begun whether a second factor was part of the log-in."""
    methods = {each["method"] for each in get_authentication_records(request, user)}
    if methods & {"mfa", "code"} or is_remembered(request, user):
        request.session[PROVED] = user.pk


def is_proved(request: HttpRequest, user: Any) -> bool:
    """Whether this session is this person's, beyond the password."""
    return bool(request.session.get(PROVED) == user.pk)
