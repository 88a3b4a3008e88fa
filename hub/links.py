"""Owns links that leave the site in mails: whole addresses, and signed ones that need no log-in."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _

from hub.actions import ActionRefused


class LinkBroken(ActionRefused):
    """The link was changed, cut short, or made for something else."""


class LinkExpired(ActionRefused):
    """The link is older than it may be."""


def absolute(path: str) -> str:
    """The whole address of a path of this site; no question to the database."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


def sign(purpose: str, **facts: str | int) -> str:
    """A token for an address that says these facts, which nobody can change or use for another purpose.

    Anybody can read the facts: they hold nothing private.
    """
    return signing.dumps(facts, salt=_salt(purpose))


def read(purpose: str, token: str, max_age: timedelta) -> dict[str, Any]:
    """The facts of a token. Reading it uses nothing up: the action checks a fact that using it changes.

    :raises LinkExpired: if it is older than `max_age`.
    :raises LinkBroken: if this hub did not make it for this purpose.
    """
    try:
        facts: dict[str, Any] = signing.loads(token, salt=_salt(purpose), max_age=max_age)
    except signing.SignatureExpired:
        raise LinkExpired(_("This link is too old. Please ask for a new one.")) from None
    except (signing.BadSignature, ValueError):
        raise LinkBroken(
            _("This link is not complete. Copy it whole from the mail into the address bar.")
        ) from None
    return facts


def _salt(purpose: str) -> str:
    return f"hub.links.{purpose}"
