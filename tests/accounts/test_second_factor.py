"""Owns the proof of the second step: who needs one, which prove it, how often, and for how long."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from hub.models import OutgoingMail
from tests.accounts.people import (
    HOME,
    SECRET,
    answer_device,
    app_code,
    give_app,
    is_in,
    last_mail,
    log_in,
    mailed_code,
    make_person,
    recovery_codes,
    send_code,
    send_step,
    text,
)

pytestmark = pytest.mark.django_db
CODE_PAGE = "/en/account/log-in/code/"
STEP_PAGE = "/en/account/log-in/second-step/"
DEVICE_PAGE = "/en/account/log-in/device/"


@pytest.fixture(autouse=True)
def required(settings: object) -> None:
    """As in production."""
    settings.HUB_REQUIRE_MFA = True  # type: ignore[attr-defined]


def by_mail(browser: Client, action: str = "once") -> None:
    """The whole way in, by password and mailed code."""
    log_in(browser)
    send_code(browser, mailed_code())
    answer_device(browser, action)


def test_an_editor_gets_in_by_password_alone(client: Client) -> None:
    make_person()

    log_in(client)

    assert is_in(client) and not OutgoingMail.objects.exists()


def test_an_administrator_types_a_mailed_code_as_well(client: Client) -> None:
    make_person(administrator=True)

    assert log_in(client, next="/admin/account/").headers["Location"] == CODE_PAGE
    assert not is_in(client)
    assert send_code(client, mailed_code()).headers["Location"] == DEVICE_PAGE
    assert not is_in(client)
    assert answer_device(client).headers["Location"] == "/admin/account/"
    assert is_in(client)


def test_where_none_is_required_the_password_is_enough(client: Client) -> None:
    make_person(administrator=True)

    with override_settings(HUB_REQUIRE_MFA=False):
        log_in(client)
        assert is_in(client)


def test_a_session_without_one_ends_to_count_when_one_is_required(client: Client) -> None:
    make_person(administrator=True)
    with override_settings(HUB_REQUIRE_MFA=False):
        log_in(client)
        assert is_in(client)

    assert not is_in(client)
    assert "asks for a second step" in text(client.get(HOME, follow=True))


def test_whoever_is_given_more_rights_logs_in_anew(client: Client) -> None:
    person = make_person()
    log_in(client)
    assert is_in(client)

    get_user_model()._default_manager.filter(pk=person.pk).update(is_superuser=True)

    assert not is_in(client)
    by_mail(client)
    assert is_in(client)


def test_without_it_nothing_opens_by_any_method_or_header(client: Client) -> None:
    client.force_login(make_person(administrator=True))

    for path in (HOME, "/admin/pages/", "/admin/api/main/pages/", "/admin/account/", "/en/account/"):
        for answer in (client.get(path), client.post(path), client.get(path, headers={"hx-request": "true"})):
            assert answer.status_code in (302, 401, 403), path
            assert "/account/log-in/" in answer.headers.get("Location", "/account/log-in/")


def test_public_pages_do_not_ask_who_is_there(client: Client) -> None:
    client.force_login(make_person(administrator=True))

    assert "Cookie" not in client.get("/healthz").headers.get("Vary", "")


def test_a_mailed_code_works_once(client: Client) -> None:
    make_person(administrator=True)
    log_in(client)
    code = mailed_code()
    send_code(client, code)
    answer_device(client)
    second = Client()
    log_in(second)

    send_code(second, code)

    assert is_in(client) and not is_in(second)


def test_a_mailed_code_belongs_to_the_browser_that_asked_for_it() -> None:
    make_person(administrator=True)
    theirs, other = Client(), Client()
    log_in(theirs)
    code = mailed_code()
    log_in(other)

    send_code(other, code)

    assert not is_in(other)


def test_a_mailed_code_is_too_old_after_a_quarter_of_an_hour(
    client: Client, clock: time_machine.Traveller
) -> None:
    make_person(administrator=True)
    log_in(client)
    code = mailed_code()

    clock.shift(15 * 60 + 1)
    send_code(client, code)

    assert client.get(DEVICE_PAGE).headers["Location"] == reverse("account_login")
    assert not is_in(client)


def test_the_third_wrong_code_ends_the_log_in(client: Client) -> None:
    make_person(administrator=True)
    log_in(client)
    code = mailed_code()

    answers = [send_code(client, "XXXX-XXXX") for _try in range(3)]

    assert "does not fit" in text(answers[0])
    assert answers[2].headers["Location"] == reverse("account_login")
    send_code(client, code)
    assert not is_in(client)


def test_a_code_may_be_typed_as_people_type(client: Client) -> None:
    make_person(administrator=True)
    log_in(client)

    send_code(client, f" {mailed_code().replace('-', '').lower()} ")
    answer_device(client)

    assert is_in(client)


def test_another_code_can_be_sent_and_only_that_one_works(client: Client) -> None:
    make_person(administrator=True)
    log_in(client)
    first = mailed_code()

    client.post(CODE_PAGE, {"action": "resend"})

    assert mailed_code() != first
    assert "does not fit" in text(send_code(client, first))
    send_code(client, mailed_code())
    answer_device(client)
    assert is_in(client)


def test_nobody_s_mailbox_is_flooded(clock: time_machine.Traveller) -> None:
    make_person(administrator=True)

    answers = [log_in(Client(REMOTE_ADDR=f"192.0.2.{number}")) for number in range(11)]

    assert answers[9].headers["Location"] == CODE_PAGE
    assert answers[10].headers["Location"] == reverse("account_login")
    assert OutgoingMail.objects.count() == 10


def test_the_mail_with_a_code_goes_to_the_address_on_file_and_is_erased_soon(client: Client) -> None:
    # A user name may look like the address of somebody else.
    make_person("eve@elsewhere.example", administrator=True, mail="ann@hub.example")

    log_in(client, "eve@elsewhere.example")

    mail = last_mail()
    assert mail.to == "ann@hub.example"
    assert mail.forget_at - mail.created_at <= timedelta(hours=1)


def test_whoever_has_no_address_is_told_what_to_do(client: Client) -> None:
    person = make_person(administrator=True)
    get_user_model()._default_manager.filter(pk=person.pk).update(email="")

    log_in(client)

    assert "Ask an administrator to add your address" in text(client.get(reverse("account_login")))
    assert not is_in(client)


def test_the_demo_shows_the_code_because_it_sends_no_mail(client: Client) -> None:
    make_person(administrator=True)
    log_in(client)

    assert mailed_code() not in text(client.get(CODE_PAGE))
    with override_settings(HUB_DEMO=True):
        assert mailed_code() in text(client.get(CODE_PAGE))


def test_somebody_taken_off_half_way_does_not_get_in(client: Client) -> None:
    person = make_person(administrator=True)
    log_in(client)
    get_user_model()._default_manager.filter(pk=person.pk).update(is_active=False)

    send_code(client, mailed_code())
    answer_device(client)

    assert not is_in(client)


def test_the_app_is_asked_for_and_no_code_is_mailed(client: Client, clock: time_machine.Traveller) -> None:
    give_app(make_person(administrator=True))

    assert log_in(client).headers["Location"] == STEP_PAGE
    assert not is_in(client) and not OutgoingMail.objects.exists()
    send_step(client, app_code(timezone.now()))
    answer_device(client)

    assert is_in(client)


def test_an_editor_who_set_up_an_app_is_asked_for_it_too(client: Client) -> None:
    give_app(make_person())

    assert log_in(client).headers["Location"] == STEP_PAGE


def test_a_code_of_the_app_works_once(client: Client, clock: time_machine.Traveller) -> None:
    give_app(make_person(administrator=True))
    log_in(client)
    send_step(client, app_code(timezone.now()))
    answer_device(client)
    second = Client()
    log_in(second)

    assert "does not fit" in text(send_step(second, app_code(timezone.now())))
    assert not is_in(second)


def test_a_code_of_the_app_is_too_old_after_a_minute(client: Client, clock: time_machine.Traveller) -> None:
    give_app(make_person(administrator=True))
    log_in(client)
    code = app_code(timezone.now())

    clock.shift(61)

    assert "does not fit" in text(send_step(client, code))


def test_guessing_codes_of_the_app_ends_at_the_sixth(client: Client, clock: time_machine.Traveller) -> None:
    give_app(make_person(administrator=True))
    log_in(client)
    for _try in range(5):
        send_step(client, "000000")

    assert "Wait five minutes" in text(send_step(client, app_code(timezone.now())))


def test_a_recovery_code_stands_in_for_the_app_once(client: Client) -> None:
    person = make_person(administrator=True)
    give_app(person)
    code = recovery_codes(person)[0]
    log_in(client)
    send_step(client, code)
    answer_device(client)
    assert is_in(client)
    second = Client()
    log_in(second)

    send_step(second, code)

    assert not is_in(second)
    assert len(recovery_codes(person)) == 9


def test_the_secret_of_the_app_is_not_in_the_database() -> None:
    person = make_person()
    give_app(person)

    assert SECRET not in str(Authenticator.objects.filter(user=person).values_list("data", flat=True))


def test_after_another_secret_key_no_code_fits_and_nothing_breaks(
    client: Client, clock: time_machine.Traveller
) -> None:
    person = make_person(administrator=True)
    give_app(person)
    codes = recovery_codes(person)

    with override_settings(SECRET_KEY="another"):
        log_in(client)
        assert "does not fit" in text(send_step(client, app_code(timezone.now())))
        assert "does not fit" in text(send_step(client, codes[0]))


def test_a_former_secret_key_still_opens(client: Client, clock: time_machine.Traveller) -> None:
    give_app(make_person(administrator=True))

    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=["only-for-tests"]):
        log_in(client)
        send_step(client, app_code(timezone.now()))
        answer_device(client)
        assert is_in(client)


def test_a_remembered_device_is_not_asked_again_for_ninety_days(
    client: Client, clock: time_machine.Traveller
) -> None:
    make_person(administrator=True)
    by_mail(client, "trust")
    client.post(reverse("account_logout"))

    clock.shift(timedelta(days=89))
    assert log_in(client).headers["Location"] == HOME
    assert is_in(client)
    client.post(reverse("account_logout"))
    clock.shift(timedelta(days=2))

    assert log_in(client).headers["Location"] == CODE_PAGE


def test_a_device_that_shall_not_be_remembered_is_not(client: Client) -> None:
    make_person(administrator=True)
    by_mail(client)
    client.post(reverse("account_logout"))

    assert log_in(client).headers["Location"] == CODE_PAGE


def test_a_device_remembers_only_those_who_asked_for_it(client: Client) -> None:
    make_person(administrator=True)
    make_person("ben", administrator=True)
    by_mail(client, "trust")
    client.post(reverse("account_logout"))

    assert log_in(client, "ben").headers["Location"] == CODE_PAGE


def test_the_memory_of_a_device_cannot_be_made_up(client: Client) -> None:
    make_person(administrator=True)
    for value in ("x", "W10:x", "\x00", "a:b:c" * 100, '[["x",1]]'):
        client.cookies["remembered_device"] = value

        assert log_in(client).headers["Location"] == CODE_PAGE


def test_a_device_is_remembered_for_the_app_as_well(client: Client, clock: time_machine.Traveller) -> None:
    give_app(make_person(administrator=True))
    log_in(client)
    send_step(client, app_code(timezone.now()))
    answer_device(client, "trust")
    client.post(reverse("account_logout"))

    log_in(client)

    assert is_in(client)


def test_the_cookies_are_out_of_reach_of_scripts(client: Client) -> None:
    make_person(administrator=True)
    by_mail(client, "trust")

    for name in ("sessionid", "remembered_device"):
        assert client.cookies[name]["httponly"] and client.cookies[name]["samesite"] == "Lax"
