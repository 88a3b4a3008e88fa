"""Owns the day of a lead who uses no mouse: every step by keys, and she always sees where she is."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from hub.models import RegionalHub
from tests.hub.people import PASSWORD
from tests.journeys.hubs import Hubs, make_hubs, submit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# A screen of Wagtail's has a menu, a bar, panels, and tools beside each field.
FAR = 150
# What has the keys, unless an outline shows it: its own, or that of what closely holds it.
UNSEEN = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return "";
  const outlined = each => {
    const style = getComputedStyle(each);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  };
  const box = here.getBoundingClientRect(), near = [here];
  while (near.length < 4 && near.at(-1).parentElement) near.push(near.at(-1).parentElement);
  const isShown = box.width > 1 && box.height > 1 && near.some(outlined);
  return isShown ? "" : here.outerHTML.slice(0, 200);
}"""


@pytest.fixture
def hubs(live_server: LiveServer) -> Hubs:
    return make_hubs()


def step_to(page: Page, target: Locator) -> None:
    """Goes there with the tabulator; every stop on the way is seen, and none keeps her."""
    expect(target).to_be_visible()
    unseen: list[str] = []
    for _step in range(FAR):
        page.keyboard.press("Tab")
        unseen += [here] if (here := page.evaluate(UNSEEN)) else []
        if target.evaluate("each => each === document.activeElement"):
            break
    else:
        stuck = page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        pytest.fail(f"{page.url}: after {FAR} steps she is at {stuck}")
    assert unseen == [], f"{page.url}: she does not see where she is"


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    step_to(page, target)
    page.keyboard.press(key)


def log_in(page: Page, site: str, name: str) -> None:
    page.goto(f"{site}/admin/login/")
    if not page.locator("[name=login]").evaluate("each => each === document.activeElement"):
        step_to(page, page.locator("[name=login]"))
    page.keyboard.type(name)
    step_to(page, page.locator("[name=password]"))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")


def approve(page: Page, hubs: Hubs) -> None:
    press(page, page.locator(".hub-desk").get_by_role("link", name="Hopshed Lane"))
    press(page, page.get_by_role("link", name="See it field by field"))
    press(page, page.get_by_role("button", name="Approve and publish"))
    expect(page.get_by_text("Approved. The public sees it now.")).to_be_visible()
    hubs.firm.refresh_from_db()
    assert hubs.firm.town == "Whitstable"


def correct_the_page(page: Page, hubs: Hubs) -> None:
    press(page, page.get_by_role("link", name="Change what it says"))
    step_to(page, page.locator("[name=introduction]"))
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Come and taste Kent.")
    press(page, page.locator("footer").get_by_role("button", name="More actions"))
    press(page, page.locator("footer").get_by_role("button", name="Publish", exact=True))
    expect(page.get_by_text(re.compile("published")).first).to_be_visible()
    hubs.kent.refresh_from_db()
    assert "taste Kent" in str(hubs.kent.introduction)


def say_that_it_is_right(page: Page, site: str, hubs: Hubs) -> None:
    page.goto(f"{site}/admin/")
    press(page, page.get_by_role("link", name="Still right?"))
    press(page, page.get_by_role("button", name="It is still right"))
    expect(page.get_by_text("Thank you.")).to_be_visible()
    assert RegionalHub.objects.get(region=hubs.kent.region).reviews.get().by == hubs.lead


def test_a_lead_does_her_day_by_keys_alone(page: Page, live_server: LiveServer, hubs: Hubs) -> None:
    hubs.firm.town = "Whitstable"
    submit(hubs.firm, hubs.editor)

    log_in(page, live_server.url, hubs.lead.username)
    approve(page, hubs)
    correct_the_page(page, hubs)
    say_that_it_is_right(page, live_server.url, hubs)
