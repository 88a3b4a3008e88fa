"""Owns the journeys through the door: with a mailed code, an app, a passkey; on a phone, without scripts."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from wagtail.users.models import UserProfile

from tests.accounts.people import PASSWORD, give_app, mailed_code, make_person
from tests.journeys.axe import check

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OWN = (
    *("", "app/", "app/remove/", "passkeys/", "passkeys/add/", "recovery-codes/", "recovery-codes/new/"),
    *("sessions/", "password/", "log-out/"),
)
STRANGERS = (
    *("log-in/", "password/forgotten/", "password/forgotten/sent/", "password/new/x-y/"),
    "password/new/saved/",
)


@pytest.fixture
def door(page: Page, live_server: LiveServer, settings: Any) -> Page:
    """The page for the log-in, as in production."""
    settings.HUB_REQUIRE_MFA = True
    page.goto(f"{live_server.url}/en/account/log-in/")
    return page


@pytest.fixture
def strict(door: Page) -> Iterator[Page]:
    """The same, where the browser may complain of nothing; axe's own styles break the policy."""
    complaints: list[str] = []
    door.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    door.on("pageerror", lambda error: complaints.append(str(error)))
    yield door
    assert complaints == []


def type_password(page: Page, name: str = "ann") -> None:
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")


def by_mail(page: Page) -> None:
    """The whole way to the dashboard."""
    type_password(page)
    page.wait_for_url("**/log-in/code/")
    page.locator("[name=code]").fill(mailed_code())
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Only this once").click()
    page.wait_for_url("**/admin/")


def confirm(page: Page) -> None:
    page.locator("[name=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def give_authenticator(page: Page) -> None:
    """A device that keeps passkeys and says yes to everything."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
    }
    says_yes = {"isUserVerified": True, "automaticPresenceSimulation": True}
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": options | says_yes})


LANGUAGES = pytest.mark.parametrize("language", ["en", "fr", "nl"])


def look(page: Page, where: str) -> None:
    """Axe finds no fault at two widths, and nothing sticks out."""
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        check(page, f"{where} at {width}: {page.url}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


@LANGUAGES
def test_axe_finds_nothing_on_the_way_in(door: Page, live_server: LiveServer, language: str) -> None:
    give_app(make_person("ben", administrator=True))
    make_person(administrator=True)
    account = f"{live_server.url}/{language}/account/"
    for path in STRANGERS:
        door.goto(account + path)
        look(door, "for strangers")
    door.goto(f"{account}log-in/")
    door.locator("main form button").click()
    look(door, "nothing typed")
    type_password(door)
    door.wait_for_url("**/code/")
    look(door, "the code")
    door.locator("[name=code]").fill("XXXX")
    door.keyboard.press("Enter")
    door.locator(".error-summary").wait_for()
    look(door, "a wrong code")
    door.locator("[name=code]").fill(mailed_code())
    door.keyboard.press("Enter")
    door.wait_for_url("**/device/")
    look(door, "the device")
    door.context.clear_cookies()
    door.goto(f"{account}log-in/")
    type_password(door, "ben")
    door.wait_for_url("**/second-step/")
    look(door, "the app's code")


@LANGUAGES
def test_axe_finds_nothing_on_the_pages_about_the_own_log_in(
    door: Page, live_server: LiveServer, language: str
) -> None:
    person = make_person(administrator=True)
    by_mail(door)
    give_app(person)
    account = f"{live_server.url}/{language}/account/"
    door.goto(f"{account}recovery-codes/")
    look(door, "is it you")
    confirm(door)
    for path in OWN:
        door.goto(account + path)
        look(door, "of one's own")


@LANGUAGES
def test_axe_finds_nothing_where_others_are_helped_out(
    door: Page, live_server: LiveServer, language: str, settings: Any
) -> None:
    settings.HUB_REQUIRE_MFA = False
    give_app(make_person("ben"))
    UserProfile.objects.create(user=make_person(administrator=True), preferred_language=language)
    type_password(door)
    door.wait_for_url("**/admin/")
    door.goto(f"{live_server.url}/admin/hub_site/user/")
    look(door, "the list")
    with door.expect_navigation():
        door.locator("a[href*=reset-second-factor]").click()
    look(door, "resetting")

    door.locator("form.hub-screen button").click()

    door.locator(".messages .success").wait_for()
    assert not get_user_model()._default_manager.filter(authenticator__isnull=False).exists()


def test_a_passkey_is_added_and_opens_the_door_under_the_strict_policy(
    strict: Page, live_server: LiveServer
) -> None:
    door = strict
    make_person(administrator=True)
    give_authenticator(door)
    by_mail(door)
    door.goto(f"{live_server.url}/en/account/passkeys/add/")
    confirm(door)
    door.locator("[name=name]").fill("Phone of Ann")
    door.get_by_role("button", name="Add the passkey").click()
    expect(door.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    door.goto(f"{live_server.url}/en/account/passkeys/")
    expect(door.get_by_role("link", name="Remove Phone of Ann")).to_be_visible()
    door.goto(f"{live_server.url}/en/account/log-out/")
    door.get_by_role("button", name="Log out").click()

    type_password(door)
    door.get_by_role("button", name="Use a passkey").focus()
    door.keyboard.press("Enter")
    door.get_by_role("button", name="Remember this device").click()

    door.wait_for_url("**/admin/")


def test_a_passkey_that_does_not_answer_is_explained(door: Page, live_server: LiveServer) -> None:
    make_person(administrator=True)
    tools = door.context.new_cdp_session(door)
    tools.send("WebAuthn.enable")
    by_mail(door)
    door.goto(f"{live_server.url}/en/account/passkeys/add/")
    confirm(door)
    door.get_by_role("button", name="Add the passkey").wait_for()
    door.add_init_script(
        "navigator.credentials.create = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
    )
    door.reload()

    door.get_by_role("button", name="Add the passkey").click()

    expect(door.get_by_role("alert")).to_contain_text("That did not work.")
    expect(door.get_by_role("button", name="Add the passkey")).to_be_focused()


@pytest.mark.browser(scripts=False, width=390)
def test_without_scripts_a_mailed_code_and_an_app_are_enough(door: Page, live_server: LiveServer) -> None:
    make_person(administrator=True)

    by_mail(door)
    door.goto(f"{live_server.url}/en/account/app/")
    confirm(door)

    expect(door.get_by_text(re.compile(r"^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$"))).to_be_visible()
