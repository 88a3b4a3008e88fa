"""Owns the journeys of an editor, of a new lead, and of a lead with a new phone, in a real browser."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from hub.models import LeadTerm, OutgoingMail
from hub.permissions import may_publish
from tests.accounts.people import give_app, mailed_code, mailed_path
from tests.hub.people import PASSWORD, again, make_coordinator
from tests.journeys.doors import log_in
from tests.journeys.hubs import (
    PHONE,
    Hubs,
    another_person,
    choose,
    fits_a_phone,
    make_hubs,
    reads_nothing_foreign,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REFUSED = "This is not for you to open or to change"


@pytest.fixture
def hubs(live_server: LiveServer) -> Hubs:
    return make_hubs()


def submits_her_page(page: Page, site: str, hubs: Hubs) -> None:
    page.goto(f"{site}/admin/pages/{hubs.kent.pk}/edit/")
    page.locator("[name=introduction]").fill("Come and taste Kent.")
    fits_a_phone(page)
    choose(page, "Submit to Approval in Kent")
    expect(page.get_by_text("submitted for moderation")).to_be_visible()
    hubs.kent.refresh_from_db()
    assert hubs.kent.introduction != "Come and taste Kent."


def sees_who_has_it(page: Page, site: str, hubs: Hubs) -> None:
    page.goto(f"{site}/admin/")
    expect(page.get_by_role("listitem").filter(has_text="With Ann Baker since")).to_be_visible()
    reads_nothing_foreign(page)
    fits_a_phone(page)
    page.goto(f"{site}/admin/pages/{hubs.kent.pk}/edit/")
    expect(page.get_by_text("this change waits for: Ann Baker")).to_be_visible()


def is_refused(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_text(REFUSED)).to_be_visible()
    reads_nothing_foreign(page)


def test_an_editors_change_waits_and_other_regions_are_closed_to_her(
    page: Page, live_server: LiveServer, hubs: Hubs
) -> None:
    site = live_server.url
    log_in(page, site, hubs.editor.username, PASSWORD)
    submits_her_page(page, site, hubs)
    sees_who_has_it(page, site, hubs)
    is_refused(page, f"{site}/admin/pages/{hubs.foreign_page.pk}/edit/")
    is_refused(page, f"{site}/admin/snippets/directory/firm/edit/{hubs.foreign_firm.pk}/")


def appoint(page: Page, site: str) -> None:
    page.goto(f"{site}/admin/people/")
    page.get_by_role("link", name="Appoint").first.click()
    page.get_by_label("Region").select_option(label="\u2003Kent")
    page.get_by_label("Role").select_option(label="Lead")
    page.get_by_label("Mail").fill("dora@new.example")
    page.get_by_label("Name").fill("Dora Ellis")
    fits_a_phone(page)
    page.get_by_role("button", name="Appoint", exact=True).click()
    expect(page.get_by_text("The invitation is on its way.")).to_be_visible()


def accept(page: Page, link: str) -> None:
    page.goto(link)
    expect(page.get_by_text("Kent", exact=True)).to_be_visible()
    fits_a_phone(page)
    page.get_by_label("Password").fill("twelve green bottles")
    page.get_by_role("button", name="Accept and make an account").click()
    expect(page.get_by_role("heading", name="Welcome")).to_be_visible()
    page.get_by_role("link", name="Log in").last.click()
    page.locator("[name=login]").fill("dora@new.example")
    page.locator("[name=password]").fill("twelve green bottles")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")
    expect(page.get_by_role("heading", name="Kent", exact=True)).to_be_visible()
    reads_nothing_foreign(page)


def test_a_coordinator_appoints_and_the_new_lead_is_at_home(
    page: Page, browser: Browser, live_server: LiveServer, hubs: Hubs
) -> None:
    site = live_server.url
    log_in(page, site, make_coordinator("cora-hart").username, PASSWORD)
    appoint(page, site)
    link = site + mailed_path()
    with another_person(browser) as doras:
        accept(doras.new_page(), link)
        again_there = doras.new_page()
        again_there.goto(link)
        expect(again_there.get_by_role("heading", name="This invitation cannot be accepted")).to_be_visible()
        expect(again_there.get_by_text("You can simply log in.")).to_be_visible()
        fits_a_phone(again_there)
    term = LeadTerm.objects.get(user__email="dora@new.example")
    assert may_publish(again(term.user), hubs.firm) and not may_publish(again(term.user), hubs.foreign_firm)


def log_in_by_mail(page: Page, site: str, name: str) -> None:
    page.goto(f"{site}/admin/login/")
    type_password(page, name)
    page.wait_for_url("**/log-in/code/")
    page.locator("[name=code]").fill(mailed_code())
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Only this once").click()
    page.wait_for_url("**/admin/")


def type_password(page: Page, name: str) -> None:
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")


def reset_for(page: Page, site: str, name: str) -> None:
    page.goto(f"{site}/admin/hub_site/user/")
    page.get_by_role("link", name="Reset the second step", exact=True).and_(
        page.locator(f"[title$='{name}']")
    ).click()
    expect(page.get_by_text(name).first).to_be_visible()
    page.locator("form.hub-screen button").click()
    page.locator(".messages .success").wait_for()


def test_a_lead_with_a_new_phone_gets_back_in(
    page: Page, browser: Browser, live_server: LiveServer, hubs: Hubs, settings: Any
) -> None:
    settings.HUB_REQUIRE_MFA = True
    site = live_server.url
    give_app(hubs.lead)
    coordinator = make_coordinator("cora-hart")
    with another_person(browser, PHONE) as new_phone:
        phone = new_phone.new_page()
        phone.goto(f"{site}/admin/login/")
        type_password(phone, hubs.lead.username)
        phone.wait_for_url("**/second-step/")
        expect(phone.get_by_text("ask your coordinator")).to_be_visible()
        log_in_by_mail(page, site, coordinator.username)
        reset_for(page, site, "Ann Baker")
        assert OutgoingMail.objects.filter(to=hubs.lead.email, kind="site.account.reset").count() == 1
        log_in_by_mail(phone, site, hubs.lead.username)
        expect(phone.get_by_role("heading", name="Kent", exact=True)).to_be_visible()
        assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE
