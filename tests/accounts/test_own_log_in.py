"""Owns the proof that people look after their own log-in, once they have shown again that it is they."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hub.models import OutgoingMail
from hub.site.accounts.upkeep import forget_ended
from tests.accounts.people import (
    PASSWORD,
    app_code,
    give_app,
    is_in,
    last_mail,
    log_in,
    make_person,
    recovery_codes,
    text,
)

pytestmark = pytest.mark.django_db
PAGES = (
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
)


@pytest.fixture
def ann(client: Client) -> Any:
    """Somebody who has just logged in."""
    person = make_person()
    log_in(client)
    return person


def confirm(browser: Client, password: str = PASSWORD, to: str = "") -> Any:
    return browser.post(reverse("account_reauthenticate"), {"password": password, "next": to})


def set_up_app(browser: Client) -> Any:
    """Sends the code that an app shows which has read the key from the page."""
    page = text(browser.get(reverse("mfa_activate_totp")))
    found = re.search(r"<code[^>]*>((?:[A-Z2-7]{4} ?){8})</code>", page)
    assert found
    key = found.group(1).replace(" ", "")
    code = totp.format_hotp_value(totp.hotp_value(key, int(timezone.now().timestamp()) // 30))
    return browser.post(reverse("mfa_activate_totp"), {"code": code}, follow=True)


def test_an_app_is_set_up_with_its_first_code_and_brings_recovery_codes(
    client: Client, ann: Any, clock: time_machine.Traveller, django_capture_on_commit_callbacks: Any
) -> None:
    confirm(client)

    with django_capture_on_commit_callbacks(execute=True):
        done = set_up_app(client)

    assert done.request["PATH_INFO"] == reverse("mfa_view_recovery_codes")
    assert [code for code in recovery_codes(ann) if code not in text(done)] == []
    assert "app was added" in last_mail().body
    assert "data:image/svg+xml" not in text(done)


def test_the_page_for_the_app_shows_its_key_as_a_picture_and_in_letters(client: Client, ann: Any) -> None:
    confirm(client)

    page = text(client.get(reverse("mfa_activate_totp")))

    assert 'src="data:image/svg+xml;base64,' in page and "otpauth://totp/" in page
    assert "issuer=Member%20hub" in page


def test_a_wrong_first_code_sets_up_nothing(client: Client, ann: Any) -> None:
    confirm(client)
    client.get(reverse("mfa_activate_totp"))

    answer = client.post(reverse("mfa_activate_totp"), {"code": "000000"})

    assert "does not fit" in text(answer) and not Authenticator.objects.exists()


@pytest.mark.parametrize("name", PAGES)
def test_the_password_is_asked_before_the_log_in_is_changed(client: Client, ann: Any, name: str) -> None:
    give_app(ann) if "recovery" in name else None

    answer = client.get(reverse(name))

    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert not any(code in text(answer) for code in recovery_codes(ann))


def test_a_wrong_password_opens_nothing(client: Client, ann: Any) -> None:
    answer = confirm(client, "wrong", reverse("mfa_activate_totp"))

    assert "This is not your password" in text(answer)
    assert client.get(reverse("mfa_activate_totp")).status_code == 302


def test_guessing_the_password_from_a_session_left_open_ends_soon(
    client: Client, ann: Any, clock: time_machine.Traveller
) -> None:
    answers = [confirm(client, "wrong") for _try in range(6)]

    assert "Wait five minutes" in text(answers[-1])
    assert "Wait five minutes" in text(confirm(client))


def test_the_confirmation_leads_nowhere_else(client: Client, ann: Any) -> None:
    assert confirm(client, to="https://evil.example/").headers["Location"] == "/admin/"


def test_removing_the_app_needs_the_password_and_takes_the_recovery_codes_along(
    client: Client, ann: Any
) -> None:
    give_app(ann)
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.count() == 2

    confirm(client)
    client.post(reverse("mfa_deactivate_totp"))

    assert not Authenticator.objects.exists()
    assert "app was removed" in last_mail().body


def test_new_recovery_codes_take_the_place_of_the_old(client: Client, ann: Any) -> None:
    give_app(ann)
    old = recovery_codes(ann)
    confirm(client)

    client.post(reverse("mfa_generate_recovery_codes"))

    assert not set(old) & set(recovery_codes(ann))


def test_recovery_codes_can_be_downloaded_as_plain_text(client: Client, ann: Any) -> None:
    give_app(ann)
    confirm(client)

    answer = client.get(reverse("mfa_download_recovery_codes"))

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert set(recovery_codes(ann)) <= set(text(answer).split())


def test_nobody_touches_the_passkeys_of_others(client: Client, ann: Any) -> None:
    other = Authenticator.objects.create(
        user=make_person("ben"), type=Authenticator.Type.WEBAUTHN, data={"name": "Ben's phone"}
    )
    confirm(client)

    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        assert client.post(reverse(name, args=[other.pk]), {"name": "Mine"}).status_code == 404
    assert "Ben" not in text(client.get(reverse("mfa_list_webauthn")))
    assert Authenticator.objects.get().data["name"] == "Ben's phone"


def test_a_code_of_the_app_confirms_as_well_as_the_password(
    client: Client, ann: Any, clock: time_machine.Traveller
) -> None:
    give_app(ann)

    client.post(reverse("mfa_reauthenticate"), {"code": app_code(timezone.now())})

    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 200


def test_somebody_ends_all_other_sessions(client: Client, ann: Any) -> None:
    other = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/150.0"})
    log_in(other)
    assert "Firefox · Windows" in text(client.get(reverse("usersessions_list")))

    client.post(reverse("usersessions_list"))

    assert is_in(client) and not is_in(other)
    assert "Firefox · Windows" not in text(client.get(reverse("usersessions_list")))


def test_nobody_sees_the_sessions_of_others(client: Client, ann: Any) -> None:
    make_person("ben")
    log_in(Client(headers={"user-agent": "Opera of Ben"}), "ben")

    assert "Opera" not in text(client.get(reverse("usersessions_list")))


def test_what_is_known_of_a_session_goes_with_it(client: Client, ann: Any) -> None:
    other = Client()
    log_in(other)
    assert UserSession.objects.count() == 2

    client.post("/admin/logout/")
    assert UserSession.objects.count() == 1
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert forget_ended(timezone.now()) == 1
    assert not UserSession.objects.exists()


def test_of_an_ipv6_address_only_the_network_is_kept(client: Client) -> None:
    make_person()

    log_in(Client(REMOTE_ADDR="2001:db8:1:2:3:4:5:6"))

    assert UserSession.objects.get().ip == "2001:db8:1:2::"


def test_an_address_that_nobody_knows_keeps_nobody_out() -> None:
    # As behind a socket without a proxy's word.
    make_person()
    browser = Client(REMOTE_ADDR="")

    log_in(browser)

    assert is_in(browser)


def test_the_page_about_the_log_in_says_how_things_stand(client: Client, ann: Any, settings: Any) -> None:
    settings.HUB_REQUIRE_MFA = True
    page = text(client.get(reverse("mfa_index")))
    assert "Set up an app" in page and "Whoever finds out your password" in page

    give_app(ann)

    page = text(client.get(reverse("mfa_index")))
    assert "Remove the app" in page and "10 left" in page


def test_wagtail_s_account_leads_to_it_and_changes_neither_password_nor_address(
    client: Client, ann: Any
) -> None:
    page = text(client.get("/admin/account/"))
    assert f'href="{reverse("mfa_index")}"' in page
    assert "new_password1" not in page and "name_email-email" not in page

    client.post(
        "/admin/account/",
        {
            "name_email-first_name": "Ann",
            "name_email-last_name": "Smith",
            "name_email-email": "eve@evil.example",
            "password-old_password": PASSWORD,
            "password-new_password1": "a-password-of-eve",
            "password-new_password2": "a-password-of-eve",
            "locale-preferred_language": "en",
            "locale-current_time_zone": "Europe/Brussels",
            "theme-theme": "system",
            "theme-contrast": "system",
            "theme-density": "default",
        },
    )

    ann.refresh_from_db()
    assert ann.email == "ann@hub.example" and ann.check_password(PASSWORD)
    assert not OutgoingMail.objects.exists()
