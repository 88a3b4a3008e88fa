"""Owns the proof that axe finds no fault in any state of the public pages, at two widths, light and dark."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.directory.indexing import index_firms
from tests.journeys.axe import DESK, PHONE, check, in_every_language, open_at

STATES = {
    "all firms": "firms/",
    "results": "firms/?q=beer",
    "filtered": "firms/?capability=brewing&region=kent&region=west-flanders&serves=1",
    "pages": "firms/?page=2",
    "nothing found": "firms/?q=gears&capability=brewing",
    "refused": "firms/?page=0",
    "a firm": "firms/hopshed-lane/",
    "a bare firm": "firms/silent-gears/",
    "a firm that is gone": "firms/long-gone/",
    "no such page": "firms/never-there/",
}


def paths(language: str) -> dict[str, str]:
    """Every state of the register in a language, and the one page that has none."""
    return {name: f"/{language}/{path}" for name, path in STATES.items()} | {"API": "/api/hub/v1/docs/"}


@in_every_language
def test_axe_finds_nothing(page: Page, register: LiveServer, language: str, width: int) -> None:
    for name, path in paths(language).items():
        page.emulate_media(color_scheme="light")
        open_at(page, register.url + path, width)
        check(page, f"{name} in {language} at {width}")
        # Only colours change in the dark.
        page.emulate_media(color_scheme="dark")
        check(page, f"{name} in {language} at {width}, dark", rules=["color-contrast"])


@pytest.mark.parametrize("language", ["en", "fr", "nl"])
def test_axe_finds_nothing_while_the_register_is_empty(
    page: Page, live_server: LiveServer, language: str
) -> None:
    index_firms()
    for width in (DESK, PHONE):
        open_at(page, f"{live_server.url}/{language}/firms/", width)
        check(page, f"an empty register in {language} at {width}")


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
    for path in paths("fr").values():
        page.goto(register.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
