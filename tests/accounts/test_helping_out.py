"""Owns the proof that whoever lost a phone gets back in, helped by those who may and by nobody else."""

from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from hub.actions import SYSTEM, NotAllowed
from hub.models import OutgoingMail
from hub.permissions import may_reset_access, may_see_log_ins, needs_second_factor
from hub.site.accounts.actions import EndSessionsAction, OwnAccess, ResetSecondFactorAction
from tests.accounts.people import (
    HOME,
    answer_device,
    give_app,
    is_in,
    last_mail,
    log_in,
    mailed_code,
    make_person,
    send_code,
    text,
)
from tests.counting import queries_of
from tests.hub.people import (
    make_administrator,
    make_cluster_lead,
    make_communicator,
    make_coordinator,
    make_deputy,
    make_editor,
    make_ended_lead,
    make_lead,
    make_user,
)

pytestmark = pytest.mark.django_db
VERBS = (ResetSecondFactorAction, EndSessionsAction)
LIST = "/admin/hub_site/user/"


def do(verb: Any, person: Any, actor: Any) -> Any:
    return verb(person=person, actor=actor, now=timezone.now()).run()


@pytest.mark.parametrize(
    ("make", "needs"),
    [
        (make_user, False),
        (make_editor, False),
        (make_ended_lead, False),
        (make_lead, True),
        (make_deputy, True),
        (make_cluster_lead, True),
        (make_communicator, True),
        (make_coordinator, True),
        (make_administrator, True),
    ],
)
def test_everybody_above_editor_needs_a_second_factor(make: Any, needs: bool) -> None:
    assert needs_second_factor(make()) is needs


def test_coordinators_help_everybody_but_administrators_and_these_help_all() -> None:
    coordinator, administrator, lead = make_coordinator(), make_administrator(), make_lead()

    assert may_reset_access(coordinator, lead) and may_reset_access(coordinator, make_coordinator())
    assert not may_reset_access(coordinator, administrator)
    assert may_reset_access(administrator, make_administrator())
    for nobody in (lead, make_editor(), make_communicator(), make_cluster_lead()):
        assert not may_see_log_ins(nobody) and not may_reset_access(nobody, make_user())


def test_a_reset_lets_somebody_with_a_new_phone_back_in(client: Client, settings: Any) -> None:
    settings.HUB_REQUIRE_MFA = True
    person = make_person(administrator=True)
    give_app(person)

    do(ResetSecondFactorAction, person, make_administrator())

    assert not Authenticator.objects.filter(user=person).exists()
    log_in(client)
    send_code(client, mailed_code())
    answer_device(client)
    assert is_in(client)


def test_whoever_stood_before_the_app_s_code_meanwhile_logs_in_once_more(
    client: Client, settings: Any
) -> None:
    settings.HUB_REQUIRE_MFA = True
    person = make_person(administrator=True)
    give_app(person)
    step = log_in(client).url

    do(ResetSecondFactorAction, person, make_administrator())
    answer = client.get(step, follow=True)

    assert "Log in once more" in text(answer)
    log_in(client)
    send_code(client, mailed_code())
    answer_device(client)
    assert is_in(client)


@pytest.mark.parametrize("verb", VERBS)
def test_every_open_session_ends_whatever_opened_it(verb: Any) -> None:
    person = make_person()
    listed, unlisted = Client(), Client()
    log_in(listed)
    unlisted.force_login(person)
    assert is_in(listed) and is_in(unlisted)

    do(verb, person, make_administrator())

    assert not is_in(listed) and not is_in(unlisted)
    assert not UserSession.objects.filter(user=person).exists()


@pytest.mark.parametrize("verb", VERBS)
def test_sessions_of_others_go_on(client: Client, verb: Any) -> None:
    log_in_as = make_person("ben")
    client.force_login(log_in_as)

    do(verb, make_person(), make_administrator())

    assert is_in(client)


@pytest.mark.parametrize("verb", VERBS)
def test_no_device_is_remembered_any_more(
    client: Client, settings: Any, clock: time_machine.Traveller, verb: Any
) -> None:
    settings.HUB_REQUIRE_MFA = True
    person = make_person(administrator=True)
    log_in(client)
    send_code(client, mailed_code())
    answer_device(client, "trust")
    clock.shift(60)

    do(verb, person, make_administrator())

    assert log_in(client).headers["Location"] == reverse("account_confirm_login_code")
    clock.shift(60)
    send_code(client, mailed_code())
    answer_device(client, "trust")
    client.post(reverse("account_logout"))
    assert log_in(client).headers["Location"] == HOME, "and can be remembered anew"


def test_ending_sessions_leaves_the_second_factor() -> None:
    person = make_person()
    give_app(person)

    do(EndSessionsAction, person, make_administrator())

    assert Authenticator.objects.filter(user=person).count() == 2


@pytest.mark.parametrize("verb", VERBS)
def test_a_coordinator_cannot_do_it_to_an_administrator(verb: Any) -> None:
    person = make_person(administrator=True)
    give_app(person)
    browser = Client()
    browser.force_login(person)

    with pytest.raises(NotAllowed, match="Only an administrator"):
        do(verb, person, make_coordinator())

    assert is_in(browser) and Authenticator.objects.filter(user=person).count() == 2
    assert not OutgoingMail.objects.exists() and not ModelLogEntry.objects.exists()


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("make", [make_lead, make_editor, make_communicator, make_cluster_lead, make_user])
def test_nobody_else_can_do_it_to_anybody(verb: Any, make: Any) -> None:
    person = make_person()
    give_app(person)

    with pytest.raises(NotAllowed):
        do(verb, person, make())

    assert Authenticator.objects.filter(user=person).count() == 2


@pytest.mark.parametrize("verb", VERBS)
def test_nobody_does_it_to_the_own_log_in(verb: Any) -> None:
    # A session left open shall not get rid of what the next log-in asks for.
    administrator = make_person(administrator=True)
    give_app(administrator)

    with pytest.raises(OwnAccess):
        do(verb, administrator, administrator)

    assert Authenticator.objects.filter(user=administrator).count() == 2


@pytest.mark.parametrize(
    ("verb", "kind", "action"),
    [
        (ResetSecondFactorAction, "site.account.reset", "hub.account.reset_second_factor"),
        (EndSessionsAction, "site.account.sessions_ended", "hub.account.end_sessions"),
    ],
)
def test_it_is_logged_and_the_person_is_written_to_in_the_own_language(
    verb: Any, kind: str, action: str
) -> None:
    person, coordinator = make_person(), make_coordinator("jan-peeters")
    UserProfile.objects.create(user=person, preferred_language="nl")

    do(verb, person, coordinator)

    mail, entry = last_mail(), ModelLogEntry.objects.get()
    assert (mail.kind, mail.to, mail.language) == (kind, person.email, "nl")
    assert "Jan Peeters" in mail.body and "/nl/account/" in mail.body
    assert (entry.action, entry.user_id, entry.object_id) == (action, coordinator.pk, str(person.pk))


def test_somebody_without_an_address_is_helped_without_a_mail() -> None:
    person = make_person()
    person.email = ""
    person.save()

    do(ResetSecondFactorAction, person, make_administrator())

    assert not OutgoingMail.objects.exists() and ModelLogEntry.objects.exists()


def test_the_only_administrator_is_helped_on_the_server() -> None:
    person = make_person(administrator=True)
    give_app(person)

    call_command("reset_second_factor", "ann")

    assert not Authenticator.objects.exists()
    assert "An administrator removed" in last_mail().body
    with pytest.raises(CommandError, match="nobody"):
        call_command("reset_second_factor", "bob")


def test_a_second_reset_at_the_same_moment_changes_nothing_more() -> None:
    person = make_person()
    give_app(person)
    now = timezone.now()
    for _time in range(2):
        ResetSecondFactorAction(person=person, actor=SYSTEM, now=now).run()

    person.refresh_from_db()
    assert person.sessions_from == now


def screens(person: Any) -> tuple[str, str]:
    return (
        reverse("hub_reset_second_factor", args=[person.pk]),
        reverse("hub_end_sessions", args=[person.pk]),
    )


def test_a_coordinator_sees_who_logs_in_and_resets_on_a_screen(client: Client) -> None:
    person = make_person()
    give_app(person)
    client.force_login(make_coordinator())
    reset, end = screens(person)

    listed = text(client.get(LIST))
    asked = text(client.get(reset))
    done = client.post(reset, follow=True)

    assert reset in listed and end in listed and "ann@hub.example" in listed
    assert "ring them on a number that you know" in asked
    assert "has been written to" in text(done)
    assert not Authenticator.objects.exists()


def test_a_coordinator_is_offered_nothing_for_administrators(client: Client) -> None:
    person = make_person(administrator=True)
    give_app(person)
    client.force_login(make_coordinator())

    listed = text(client.get(LIST))
    for path in screens(person):
        assert path not in listed and "ann@hub.example" not in listed
        for answer in (client.get(path), client.post(path)):
            assert answer.headers["Location"] == HOME
    assert Authenticator.objects.count() == 2


@pytest.mark.parametrize("make", [make_lead, make_editor, make_communicator, make_cluster_lead])
def test_others_see_no_list_no_menu_and_no_screen(client: Client, make: Any) -> None:
    person = make_person()
    give_app(person)
    client.force_login(make())

    assert "ann@hub.example" not in text(client.get(LIST, follow=True))
    assert LIST not in text(client.get(HOME))
    for path in screens(person):
        client.get(path)
        client.post(path)
    assert Authenticator.objects.count() == 2


def test_the_list_asks_the_database_as_often_for_many_as_for_few(client: Client) -> None:
    client.force_login(make_coordinator())
    few = queries_of(client, LIST)
    for number in range(20):
        give_app(make_person(f"person{number}", administrator=number % 2 == 0))

    assert queries_of(client, LIST) == few
