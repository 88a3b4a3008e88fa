"""Owns people who log in in tests, their browsers, and what is mailed to them."""

import re
from datetime import UTC, datetime
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from hub.models import OutgoingMail

PASSWORD = "green-hops-in-september"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
HOME = "/admin/"


def make_person(
    name: str = "ann", *, administrator: bool = False, enters: bool = True, mail: str = ""
) -> Any:
    """Somebody with a password; as long as nothing else is said, an editor, who needs no second factor."""
    manager = get_user_model()._default_manager
    create = manager.create_superuser if administrator else manager.create_user  # type: ignore[attr-defined]
    person = create(name, mail or f"{name}@hub.example", PASSWORD)
    if enters and not administrator:
        person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return person


def give_app(person: Any) -> None:
    """Sets up an authenticator app, whose key is `SECRET`, with recovery codes beside it."""
    totp.TOTP.activate(person, SECRET)
    RecoveryCodes.activate(person)


def app_code(now: datetime) -> str:
    """What the app shows."""
    return totp.format_hotp_value(totp.hotp_value(SECRET, int(now.timestamp()) // 30))


def recovery_codes(person: Any) -> list[str]:
    """The codes that are left."""
    return RecoveryCodes.activate(person).get_unused_codes()


def log_in(browser: Client, login: str = "ann", password: str = PASSWORD, **more: str) -> Any:
    """What the log-in answers."""
    return browser.post(reverse("account_login"), {"login": login, "password": password, **more})


def send_code(browser: Client, code: str) -> Any:
    """What the page for the mailed code answers."""
    return browser.post(reverse("account_confirm_login_code"), {"code": code, "action": "verify"})


def send_step(browser: Client, code: str) -> Any:
    """What the page for the app's code answers."""
    return browser.post(reverse("mfa_authenticate"), {"code": code})


def answer_device(browser: Client, action: str = "once") -> Any:
    """Whether the device is remembered: `trust` or `once`."""
    return browser.post(reverse("mfa_trust"), {"action": action})


def last_mail() -> OutgoingMail:
    """The mail that was posted last."""
    return OutgoingMail.objects.order_by("-pk")[0]


def mailed_code() -> str:
    """The code in the last mail, which stands on a line of its own."""
    mail = last_mail()
    assert mail.kind == "site.account.code"
    found = re.search(r"^\S{4}-\S{4}$", mail.body, re.M)
    assert found, mail.body
    return found.group()


def mailed_path() -> str:
    """The path of the link in the last mail."""
    found = re.search(r"^https?://[^/\s]+(/\S+)$", last_mail().body, re.M)
    assert found, last_mail().body
    return found.group(1)


def is_in(browser: Client) -> bool:
    """Whether the admin opens."""
    return browser.get(HOME).status_code == 200


def text(answer: Any) -> str:
    """What a page says."""
    return str(answer.content.decode())


NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
