"""Owns the day of a regional lead in a real browser: her page, her firms, her people, and nobody else's."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from directory.models import Firm
from hub.days import today
from hub.models import LeadTerm, RegionalHub
from tests.hub.people import PASSWORD, make_user
from tests.journeys.doors import log_in
from tests.journeys.hubs import (
    Hubs,
    another_person,
    choose,
    fits_a_phone,
    make_hubs,
    reads_nothing_foreign,
    save_draft,
    submit,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def hubs(live_server: LiveServer) -> Hubs:
    return make_hubs()


@pytest.fixture
def screen(page: Page) -> Iterator[Page]:
    """A browser in which no script may fail."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []


def home_shows_only_her_own(page: Page) -> None:
    expect(page.get_by_role("heading", name="What waits")).to_be_visible()
    expect(page.get_by_role("heading", name="Kent", exact=True)).to_be_visible()
    reads_nothing_foreign(page)
    fits_a_phone(page)


def correct_the_page(page: Page, hubs: Hubs) -> None:
    page.get_by_role("link", name="Change what it says").click()
    page.locator("[name=introduction]").fill("Come and taste Kent.")
    fits_a_phone(page)
    choose(page, "Publish")
    expect(page.get_by_text("published").first).to_be_visible()
    hubs.kent.refresh_from_db()
    assert "taste Kent" in str(hubs.kent.introduction)


def confirm_the_hub(page: Page, site: str, hubs: Hubs) -> None:
    page.goto(f"{site}/admin/")
    page.get_by_role("link", name="Still right?").click()
    fits_a_phone(page)
    page.get_by_role("button", name="It is still right").click()
    expect(page.get_by_text("Thank you.")).to_be_visible()
    hub = RegionalHub.objects.get(region=hubs.kent.region)
    assert hub.reviews.get().by == hubs.lead


def add_a_firm(page: Page, site: str) -> None:
    page.goto(f"{site}/admin/snippets/directory/firm/add/")
    page.get_by_label("Name").fill("Whitstable Oysters")
    page.get_by_role("button", name="Add the firm").click()
    fits_a_phone(page)
    choose(page, "Publish")
    expect(page.get_by_text(re.compile("updated and published"))).to_be_visible()
    assert Firm.objects.get(name="Whitstable Oysters").live


def approve_a_change(page: Page, site: str, hubs: Hubs) -> None:
    page.goto(f"{site}/admin/")
    page.locator(".hub-desk").get_by_role("link", name="Hopshed Lane").click()
    page.get_by_role("link", name="See it field by field").click()
    row = page.get_by_role("row", name=re.compile("^Town"))
    expect(row.locator(".deletion")).to_have_text("Faversham")
    expect(row.locator(".addition")).to_have_text("Whitstable")
    fits_a_phone(page)
    page.get_by_role("button", name="Approve and publish").click()
    expect(page.get_by_text("Approved. The public sees it now.")).to_be_visible()
    hubs.firm.refresh_from_db()
    assert (hubs.firm.town, hubs.firm.has_unpublished_changes) == ("Whitstable", False)


def replace_the_deputy(page: Page, site: str, hubs: Hubs) -> None:
    make_user("cleo-day")
    page.goto(f"{site}/admin/people/")
    fits_a_phone(page)
    reads_nothing_foreign(page)
    page.get_by_role("link", name="Replace").click()
    page.get_by_label("Mail").fill("cleo-day@people.example")
    fits_a_phone(page)
    page.get_by_role("button", name="Replace").click()
    expect(page.get_by_text("Replaced.")).to_be_visible()
    expect(page.get_by_role("cell", name="Cleo Day", exact=True)).to_be_visible()
    assert (
        LeadTerm.objects.not_over(today()).filter(role="deputy", region__slug="kent").get().user.username
        == "cleo-day"
    )


def old_tab_changes_nothing(tab: Page, hubs: Hubs) -> None:
    before = (hubs.firm.latest_revision_id, hubs.firm.town)
    tab.get_by_label("Town").fill("Nowhere")
    save_draft(tab)
    expect(tab.get_by_text("Your role here has ended")).to_be_visible()
    expect(tab.get_by_text("ask your coordinator")).to_be_visible()
    hubs.firm.refresh_from_db()
    assert (hubs.firm.latest_revision_id, hubs.firm.town) == before


def old_tab_of_a_page_changes_nothing(tab: Page, hubs: Hubs) -> None:
    before = hubs.kent.revisions.count()
    tab.locator("[name=introduction]").fill("Nothing of this stays.")
    choose(tab, "Publish")
    expect(tab.get_by_text("Your role here has ended")).to_be_visible()
    hubs.kent.refresh_from_db()
    assert hubs.kent.revisions.count() == before
    assert "taste Kent" in str(hubs.kent.introduction)


def test_a_lead_looks_after_her_hub(
    screen: Page, browser: Browser, live_server: LiveServer, hubs: Hubs
) -> None:
    site = live_server.url
    hubs.firm.town = "Whitstable"
    submit(hubs.firm, hubs.editor)
    log_in(screen, site, hubs.lead.username, PASSWORD)
    home_shows_only_her_own(screen)
    correct_the_page(screen, hubs)
    confirm_the_hub(screen, site, hubs)
    add_a_firm(screen, site)
    approve_a_change(screen, site, hubs)
    with another_person(browser) as deputys:
        tab = deputys.new_page()
        log_in(tab, site, hubs.deputy.username, PASSWORD)
        tab.goto(f"{site}/admin/snippets/directory/firm/edit/{hubs.firm.pk}/")
        of_a_page = deputys.new_page()
        of_a_page.goto(f"{site}/admin/pages/{hubs.kent.pk}/edit/")
        replace_the_deputy(screen, site, hubs)
        old_tab_changes_nothing(tab, hubs)
        old_tab_of_a_page_changes_nothing(of_a_page, hubs)


def test_two_people_at_one_page_lose_nothing(
    screen: Page, browser: Browser, live_server: LiveServer, hubs: Hubs
) -> None:
    """What saves itself stops, Wagtail asks back, and whoever goes on keeps a draft beside what is public."""
    edit = f"{live_server.url}/admin/pages/{hubs.kent.pk}/edit/"
    log_in(screen, live_server.url, hubs.lead.username, PASSWORD)
    screen.goto(edit)
    with another_person(browser) as deputys:
        tab = deputys.new_page()
        log_in(tab, live_server.url, hubs.deputy.username, PASSWORD)
        tab.goto(edit)
        tab.locator("[name=introduction]").fill("The deputy's words.")
        choose(tab, "Publish")
        expect(tab.get_by_text("published").first).to_be_visible()

    screen.locator("[name=introduction]").fill("The lead's words.")
    expect(screen.get_by_text("Saving will overwrite a newer version.")).to_be_visible()
    choose(screen, "Publish")
    screen.get_by_role("dialog").get_by_role("button", name="Publish").click()

    expect(screen.get_by_text("Bob Cole saved another version")).to_be_visible()
    expect(screen.locator("[name=introduction]")).to_have_value("The lead's words.")
    hubs.kent.refresh_from_db()
    assert hubs.kent.introduction == "The deputy's words."
    screen.get_by_role("link", name="Compare the two").click()
    expect(screen.locator(".comparison .addition").first).to_be_visible()
