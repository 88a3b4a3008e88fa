"""Owns the proof that no other log-in leads past the second factor, and that nothing typed breaks a page."""

import base64
import json
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from hub.models import OutgoingMail
from tests.accounts.people import PASSWORD, give_app, is_in, log_in, make_person

pytestmark = pytest.mark.django_db
OFFERED = {
    *("account_change_password", "account_confirm_login_code", "account_login", "account_logout"),
    *("account_reauthenticate", "account_reset_password", "account_reset_password_done"),
    *("account_reset_password_from_key", "account_reset_password_from_key_done"),
    *("mfa_activate_totp", "mfa_deactivate_totp", "mfa_authenticate", "mfa_trust", "mfa_index"),
    *("mfa_add_webauthn", "mfa_edit_webauthn", "mfa_list_webauthn", "mfa_remove_webauthn"),
    *("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes"),
    *("mfa_reauthenticate", "mfa_reauthenticate_webauthn", "usersessions_list"),
}


@pytest.mark.parametrize(
    "path", ["/admin/login/", "/en/_util/login/", "/fr/_util/login/", "/admin/login/?next=/admin/pages/"]
)
def test_wagtail_s_log_ins_take_no_password(client: Client, path: str, settings: Any) -> None:
    settings.HUB_REQUIRE_MFA = True
    make_person(administrator=True)

    answer = client.post(path, {"username": "ann", "password": PASSWORD})

    assert answer.status_code == 302 and "/account/log-in/" in answer.headers["Location"]
    assert "_auth_user_id" not in client.session and not is_in(client)


def test_wagtail_s_log_in_leads_to_ours_and_keeps_where_to_go(client: Client) -> None:
    assert client.get("/admin/login/?next=/admin/pages/").headers["Location"] == (
        "/en/account/log-in/?next=%2Fadmin%2Fpages%2F"
    )


@pytest.mark.parametrize(
    "name",
    [
        "wagtailadmin_password_reset",
        "wagtailadmin_password_reset_done",
        "wagtailadmin_password_reset_complete",
    ],
)
def test_wagtail_s_new_password_leads_to_ours_and_mails_nothing(client: Client, name: str) -> None:
    make_person()

    answer = client.post(reverse(name), {"email": "ann@hub.example"})

    assert answer.headers["Location"] == reverse("account_reset_password")
    assert not OutgoingMail.objects.exists()


def test_a_link_of_wagtail_s_for_a_new_password_changes_none(client: Client) -> None:
    person = make_person()
    uid, token = urlsafe_base64_encode(force_bytes(person.pk)), default_token_generator.make_token(person)
    path = reverse("wagtailadmin_password_reset_confirm", args=[uid, token])

    for asked in (path, path.replace(token, "set-password")):
        client.get(asked)
        client.post(asked, {"new_password1": "a-password-of-eve", "new_password2": "a-password-of-eve"})

    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_no_further_page_of_allauth_is_there() -> None:
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}

    ours = {
        name for name in names if name.startswith(("account_", "mfa_", "usersessions_", "socialaccount_"))
    }
    assert ours == OFFERED


TYPED = st.one_of(
    st.text(max_size=80),
    st.sampled_from(
        ["\x00", "\ud800", "a" * 5000, "' OR 1=1 --", "{{ 7*7 }}", "%s", "@", "a@", "ANN@HUB.example"]
    ),
)
CLIENT = base64.urlsafe_b64encode(b'{"type":"webauthn.create","challenge":"eA","origin":"http://x"}').decode()
PIECE = st.sampled_from(["eA", "oA", CLIENT, "", "é", "\x00", None, 1, [], {}])
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "id": PIECE,
        "rawId": PIECE,
        "type": st.just("public-key") | PIECE,
        "response": PIECE
        | st.fixed_dictionaries(
            {"clientDataJSON": st.just(CLIENT) | PIECE},
            optional={"attestationObject": PIECE, "authenticatorData": PIECE, "signature": PIECE},
        ),
    },
)
FORMS = {
    "account_login": ("login", "password", "next", "remember"),
    "account_reset_password": ("email", "next"),
    "account_confirm_login_code": ("code", "action", "next"),
    "mfa_authenticate": ("code", "credential"),
    "mfa_trust": ("action",),
    "account_logout": ("next",),
}


class Hostile(TestCase):
    """Whatever anybody sends, a page answers."""

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def test_nothing_typed_at_the_door_breaks_it(self, data: Any) -> None:
        name = data.draw(st.sampled_from(sorted(FORMS)))
        told = {field: _sendable(data.draw(TYPED)) for field in FORMS[name]}
        browser = Client()
        if name in ("account_confirm_login_code", "mfa_authenticate", "mfa_trust"):
            self._half_way(browser, name)

        for answer in (browser.get(reverse(name), told), browser.post(reverse(name), told)):
            assert answer.status_code < 500

    def _half_way(self, browser: Client, name: str) -> None:
        if not get_user_model().objects.filter(username="ann").exists():
            person = make_person(administrator=True)
            if name == "mfa_authenticate":
                give_app(person)
        with self.settings(HUB_REQUIRE_MFA=True):
            log_in(browser)

    @settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
    @given(answer=ANSWERS | st.text(max_size=40))
    @example(answer={"id": 1})
    def test_no_answer_of_a_passkey_breaks_anything(self, answer: Any) -> None:
        if not get_user_model().objects.filter(username="ann").exists():
            make_person()
        browser = Client()
        log_in(browser)
        browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        told = {"credential": json.dumps(answer), "name": "x"}

        for name in ("mfa_add_webauthn", "mfa_reauthenticate_webauthn"):
            browser.get(reverse(name))
            assert browser.post(reverse(name), told).status_code < 500

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(uid=st.from_regex(r"[0-9A-Za-z]{1,40}", fullmatch=True), key=st.text(min_size=1, max_size=60))
    def test_no_link_for_a_new_password_breaks_the_page(self, uid: str, key: str) -> None:
        sent = quote(key.encode("utf-8", "replace"))
        for path in (f"{uid}-{sent}", f"{uid}-set-password", "zzzzzzzzzzzzz-1-1"):
            answer = Client().get(f"/en/account/password/new/{path}/")
            assert answer.status_code < 500


def _sendable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
