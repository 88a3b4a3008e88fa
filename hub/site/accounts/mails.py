"""Owns the mails about log-ins: in the reader's language; erased soon where they hold a key."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hub.languages import current_language
from hub.links import absolute
from hub.outbox import KEPT, post

# Longer than what is in them works, because a mail server may be away for a while.
HOLDS_A_CODE = timedelta(hours=1)
HOLDS_A_LINK = timedelta(days=2)

# What allauth writes about, by the name of its template: our kind of mail, and how long its text is kept.
KINDS = {
    "account/email/login_code": ("site.account.code", HOLDS_A_CODE),
    "account/email/password_reset_key": ("site.account.new_password", HOLDS_A_LINK),
}
KINDS_OF_MAIL = {
    "site.account.code": _("Code to log in"),
    "site.account.new_password": _("Link for a new password"),
    "site.account.changed": _("A log-in has changed"),
    "site.account.reset": _("A second step was reset"),
    "site.account.sessions_ended": _("Sessions were ended"),
}
# What it tells the person has changed; all in one kind of mail.
CHANGES = {
    "account/email/password_changed": _("Your password was changed."),
    "account/email/password_reset": _("Your password was set anew, through a link that we mailed to you."),
    "mfa/email/totp_activated": _("An authenticator app was added to your log-in."),
    "mfa/email/totp_deactivated": _("The authenticator app was removed from your log-in."),
    "mfa/email/webauthn_added": _("A passkey was added to your log-in."),
    "mfa/email/webauthn_removed": _("A passkey was removed from your log-in."),
    "mfa/email/recovery_codes_generated": _("New recovery codes were made; the old ones no longer work."),
}


def send(template: str, to: str, context: Mapping[str, Any]) -> None:
    """Posts what allauth wants to say, in the language of the page that the person is reading.

    :raises KeyError: for something that is not offered here, such as the mails of a sign-up.
    """
    if template in CHANGES:
        kind, forget_after, context = "site.account.changed", KEPT, {"what": CHANGES[template]}
    else:
        kind, forget_after = KINDS[template]
    post(
        kind=kind,
        to=to,
        language=current_language(),
        context={"password_url": absolute(reverse("account_reset_password")), **context},
        forget_after=forget_after,
        now=timezone.now(),
    )
