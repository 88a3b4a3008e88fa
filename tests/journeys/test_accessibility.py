"""Owns the proof that axe finds no fault in any state of the public pages, at two widths, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

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
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def check(page: Page, where: str) -> None:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": STANDARDS}})
    assert found.violations_count == 0, f"{where}:\n{found.generate_report()}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(page: Page, register: LiveServer, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for name, path in PAGES.items():
        page.goto(register.url + path)
        check(page, f"{name} at {width}, {scheme}")


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
