"""Owns the proof of the door: who gets in by password, what is refused, and what a refusal gives away."""

import re
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.test import Client, override_settings
from django.urls import reverse

from hub.models import OutgoingMail
from tests.accounts.people import (
    HOME,
    PASSWORD,
    is_in,
    last_mail,
    log_in,
    mailed_path,
    make_person,
    text,
)

pytestmark = pytest.mark.django_db
NEW = "a-new-one-for-october"


@pytest.mark.parametrize("typed", ["ann", "ann@hub.example", "ANN@Hub.Example", " ann@hub.example "])
def test_a_user_name_or_a_mail_address_and_the_password_open_the_admin(client: Client, typed: str) -> None:
    make_person()

    answer = log_in(client, typed)

    assert answer.headers["Location"] == HOME
    assert is_in(client)


def test_an_address_with_capitals_on_file_is_found(client: Client) -> None:
    make_person(mail="Ann.Smith@Hub.Example")

    log_in(client, "ann.smith@hub.example")

    assert is_in(client)


def test_whoever_shares_an_address_gets_in_with_the_own_password(client: Client) -> None:
    make_person("ann", mail="office@hub.example")
    other = make_person("ben", mail="office@hub.example")
    other.set_password("another-password-of-ben")
    other.save()

    log_in(client, "office@hub.example", "another-password-of-ben")

    assert client.session["_auth_user_id"] == str(other.pk)


def test_somebody_who_may_not_log_in_any_more_hears_what_a_stranger_hears(client: Client) -> None:
    person = make_person()
    person.is_active = False
    person.save()

    gone, unknown = log_in(client, "ann"), log_in(client, "nobody")

    assert not is_in(client)
    assert _without_what_was_typed(gone) == _without_what_was_typed(unknown)


@pytest.mark.parametrize(("known", "unknown"), [("ann", "bob"), ("ann@hub.example", "bob@hub.example")])
def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(
    client: Client, known: str, unknown: str
) -> None:
    make_person()

    wrong, stranger = log_in(client, known, "wrong"), log_in(client, unknown, "wrong")

    assert wrong.status_code == stranger.status_code == 200
    assert _without_what_was_typed(wrong) == _without_what_was_typed(stranger)
    assert "do not fit each other" in text(wrong)


def _without_what_was_typed(answer: Any) -> str:
    return re.sub(r'value="[^"]*"', "", text(answer))


def test_the_sixth_try_is_refused_politely_even_with_the_right_password(
    client: Client, clock: time_machine.Traveller
) -> None:
    make_person()
    for _try in range(5):
        assert "do not fit" in text(log_in(client, password="wrong"))

    sixth = log_in(client)

    assert "Wait five minutes" in text(sixth) and not is_in(client)
    clock.shift(5 * 60 + 1)
    log_in(client)
    assert is_in(client)


def test_the_limit_is_the_same_for_names_that_nobody_has(client: Client, clock: Any) -> None:
    for _try in range(5):
        log_in(client, "nobody", "wrong")

    assert "Wait five minutes" in text(log_in(client, "nobody", "wrong"))


@override_settings(ALLOWED_HOSTS=[".hub.example"])
def test_the_limit_does_not_begin_anew_under_another_host_name(clock: Any) -> None:
    make_person()
    for number in range(5):
        browser = Client(headers={"host": f"h{number}.hub.example"}, REMOTE_ADDR=f"192.0.2.{number}")
        log_in(browser, password="wrong")

    assert "Wait five minutes" in text(log_in(Client(headers={"host": "h9.hub.example"}), password="wrong"))


def test_one_place_that_tries_many_names_is_slowed_down_too(clock: Any) -> None:
    make_person()
    for number in range(10):
        log_in(Client(REMOTE_ADDR="192.0.2.7"), f"name{number}", "wrong")

    assert "Wait five minutes" in text(log_in(Client(REMOTE_ADDR="192.0.2.7")))
    elsewhere = Client(REMOTE_ADDR="192.0.2.8")
    log_in(elsewhere)
    assert is_in(elsewhere)


@override_settings(SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"))
def test_behind_a_proxy_each_visitor_is_counted_alone(clock: Any) -> None:
    make_person()
    for number in range(10):
        log_in(Client(headers={"x-forwarded-for": "192.0.2.7"}), f"name{number}", "wrong")
    other = Client(headers={"x-forwarded-for": "192.0.2.7, 192.0.2.8"})

    log_in(other)

    assert is_in(other)


def test_floods_get_a_page_of_ours(client: Client, clock: Any) -> None:
    answers = [log_in(client, f"name{number}", "wrong") for number in range(31)]

    assert answers[-1].status_code == 429
    assert "Try again in a few minutes" in text(answers[-1]) and "site-header" in text(answers[-1])


def test_the_log_in_leads_on_to_where_somebody_wanted_to_go(client: Client) -> None:
    make_person()
    asked = client.get("/admin/account/")

    assert asked.headers["Location"] == "/en/account/log-in/?next=/admin/account/"
    assert log_in(client, next="/admin/account/").headers["Location"] == "/admin/account/"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "https:///evil.example",
        "javascript:alert(1)",
        "http://testserver@evil.example/",
        "https://hub.example/",
        "\x00//evil.example",
    ],
)
@override_settings(
    ALLOWED_HOSTS=["testserver", ".hub.example"], CSRF_TRUSTED_ORIGINS=["https://*.hub.example"]
)
def test_the_log_in_leads_nowhere_else(client: Client, target: str) -> None:
    make_person()

    assert log_in(client, next=target).headers["Location"] == HOME
    assert client.get(reverse("account_login"), {"next": target}).headers["Location"] == HOME
    assert client.post(reverse("account_logout"), {"next": target}).headers["Location"] == reverse(
        "account_login"
    )


def test_somebody_without_rights_in_the_admin_is_told_and_not_sent_in_circles(client: Client) -> None:
    make_person(enters=False)

    first = client.post(
        reverse("account_login"), {"login": "ann", "password": PASSWORD, "next": HOME}, follow=True
    )

    assert first.request["PATH_INFO"] == reverse("mfa_index")
    assert "nothing in the hub is in your hands" in text(first)


def test_log_in_pages_are_for_nobody_s_memory_and_under_the_strict_policy(client: Client) -> None:
    answer = client.get(reverse("account_login"))

    assert "no-store" in answer.headers["Cache-Control"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert 'content="noindex"' in text(answer)


def test_logging_out_ends_the_session(client: Client) -> None:
    make_person()
    log_in(client)

    client.post(reverse("account_logout"))

    assert not is_in(client)


def test_logging_out_needs_a_click(client: Client) -> None:
    make_person()
    log_in(client)

    assert "Log out" in text(client.get(reverse("account_logout")))
    assert is_in(client)


@pytest.mark.parametrize("path", ["/admin/logout/"])
def test_wagtail_s_own_way_out_leads_to_our_door(client: Client, path: str) -> None:
    make_person()
    log_in(client)

    answer = client.post(path)

    assert answer.headers["Location"] == reverse("account_login")
    assert not is_in(client)


def test_nobody_can_sign_up(client: Client) -> None:
    for path in ("signup/", "sign-up/", "register/"):
        assert (
            client.post(f"/en/account/{path}", {"username": "eve", "email": "eve@x.example"}).status_code
            == 404
        )

    assert not get_user_model().objects.exists()


def test_a_forgotten_password_is_replaced_through_a_link_that_works_once(client: Client) -> None:
    make_person(mail="Ann@hub.example")
    client.post(reverse("account_reset_password"), {"email": "ann@hub.example"})
    path = mailed_path()
    assert last_mail().to == "Ann@hub.example"

    _choose(client, path, NEW)

    assert not is_in(client), "the link itself lets nobody in"
    log_in(client, password=NEW)
    assert is_in(client)
    assert "does not work any more" in text(Client().get(path, follow=True))


def _choose(browser: Client, path: str, password: str) -> Any:
    form = browser.get(path, follow=True).redirect_chain[-1][0]
    return browser.post(form, {"password1": password, "password2": password})


def test_a_link_for_a_new_password_is_too_old_after_a_day(
    client: Client, clock: time_machine.Traveller
) -> None:
    make_person()
    client.post(reverse("account_reset_password"), {"email": "ann@hub.example"})
    path = mailed_path()

    clock.shift(24 * 3600 + 1)

    assert "does not work any more" in text(client.get(path, follow=True))


def test_an_unknown_address_gets_the_same_page_and_no_mail(client: Client) -> None:
    make_person()

    known = client.post(reverse("account_reset_password"), {"email": "ann@hub.example"}, follow=True)
    unknown = Client().post(reverse("account_reset_password"), {"email": "eve@hub.example"}, follow=True)

    assert text(known) == text(unknown)
    assert OutgoingMail.objects.count() == 1


def test_the_link_names_the_site_and_not_the_host_that_was_asked(client: Client) -> None:
    make_person()

    Client(headers={"host": "evil.example"}).post(
        reverse("account_reset_password"), {"email": "ann@hub.example"}
    )

    assert "evil.example" not in last_mail().body


def test_a_password_that_is_too_easy_is_refused(client: Client) -> None:
    make_person()
    client.post(reverse("account_reset_password"), {"email": "ann@hub.example"})

    answer = _choose(client, mailed_path(), "password1234")

    assert answer.status_code == 200 and "too common" in text(answer)


def test_a_new_password_ends_all_other_sessions_and_is_mailed_about(client: Client) -> None:
    make_person()
    elsewhere = Client()
    log_in(client)
    log_in(elsewhere)

    client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    )

    assert is_in(client) and not is_in(elsewhere)
    assert last_mail().kind == "site.account.changed" and "password was changed" in last_mail().body


def test_a_password_changes_only_for_whoever_knows_the_old_one(client: Client) -> None:
    make_person()
    log_in(client)

    answer = client.post(
        reverse("account_change_password"), {"oldpassword": "wrong", "password1": NEW, "password2": NEW}
    )

    assert "not the password that you have now" in text(answer)
    assert log_in(Client()).headers["Location"] == HOME


@pytest.mark.parametrize("language", ["en", "fr", "nl"])
def test_the_mail_speaks_the_language_of_the_page(client: Client, language: str) -> None:
    make_person()

    client.post(f"/{language}/account/password/forgotten/", {"email": "ann@hub.example"})

    assert last_mail().language == language
    assert f"/{language}/account/password/new/" in last_mail().body
