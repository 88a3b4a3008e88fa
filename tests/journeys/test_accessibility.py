"""Owns the proof that axe finds no fault in any state of the public pages, at two widths, light and dark."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.journeys.axe import check, open_at

PAGES = {
    "results": "/en/firms/?q=beer",
    "filtered, in French": "/fr/firms/?capability=brewing&region=kent&region=west-flanders&serves=1",
    "pages": "/nl/firms/?page=2",
    "nothing found": "/en/firms/?q=gears&capability=brewing",
    "refused": "/en/firms/?page=0",
    "a firm": "/fr/firms/hopshed-lane/",
    "a firm, in English": "/en/firms/hopshed-lane/",
    "a firm, in Dutch": "/nl/firms/hopshed-lane/",
    "a bare firm": "/en/firms/silent-gears/",
    "a firm that is gone": "/en/firms/long-gone/",
    "a firm that is gone, in French": "/fr/firms/long-gone/",
    "a firm that is gone, in Dutch": "/nl/firms/long-gone/",
    "the API's documentation": "/api/hub/v1/docs/",
    "no such page": "/en/firms/never-there/",
}


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(page: Page, register: LiveServer, width: int) -> None:
    for name, path in PAGES.items():
        page.emulate_media(color_scheme="light")
        open_at(page, register.url + path, width)
        check(page, f"{name} at {width}")
        # Only colours change in the dark.
        page.emulate_media(color_scheme="dark")
        check(page, f"{name} at {width}, dark", rules=["color-contrast"])


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_in_what_opens(page: Page, register: LiveServer, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{register.url}/en/firms/")
    if width < 992:
        page.get_by_text("Filters", exact=True).click()
    page.get_by_label("What are you looking for?").fill("brew")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    check(page, f"suggestions at {width}")


def test_nothing_is_lost_at_320_pixels_or_four_times_the_size(page: Page, register: LiveServer) -> None:
    # 1280 pixels at 400 % are 320 (WCAG 1.4.10).
    page.set_viewport_size({"width": 320, "height": 900})
    for path in PAGES.values():
        page.goto(register.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
