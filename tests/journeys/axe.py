"""Owns how a page is looked at by axe, and on a phone: once loaded, it is only made narrower."""

from collections.abc import Sequence
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
DESK, PHONE = 1280, 390
# Words differ by language, layout by width: the three walks of every run see all words and both widths, and
# the proof walks the others, too.
WALKS = (("en", DESK), ("fr", PHONE), ("nl", DESK))
OTHERS = (("en", PHONE), ("fr", DESK), ("nl", PHONE))
in_every_language = pytest.mark.parametrize(
    ("language", "width"), [*WALKS, *(pytest.param(*walk, marks=pytest.mark.prove) for walk in OTHERS)]
)


def faults(page: Page, where: str, *, rules: Sequence[str] = ()) -> list[str]:
    """What axe says of the page that is open; with `rules`, only these are asked, which is quicker."""
    asked: dict[str, Any] = (
        {"type": "rule", "values": rules} if rules else {"type": "tag", "values": STANDARDS}
    )
    # Without its own copies of the styles, which it asks for at addresses that are not there, and still waits
    # for when the test is over.
    found = Axe().run(page, options={"runOnly": asked, "resultTypes": ["violations"], "preload": False})
    return [f"{where}:\n{found.generate_report()}"] if found.violations_count else []


def check(page: Page, where: str, *, rules: Sequence[str] = ()) -> None:
    """Fails with axe's report."""
    assert not (found := faults(page, where, rules=rules)), "\n".join(found)


def open_at(page: Page, url: str, width: int) -> int:
    """Loads a page at a width, with all that can be opened open, and nothing half faded in; its status."""
    page.set_viewport_size({"width": width, "height": 900})
    answer = page.goto(url)
    page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
    page.evaluate(
        "document.getAnimations().forEach(each => each.effect?.getTiming().iterations === 1 && each.finish())"
    )
    return answer.status if answer else 0


def assert_fits_a_phone(page: Page, where: str) -> None:
    """Fails if the page that is open would have to be pushed sideways on a phone."""
    page.set_viewport_size({"width": PHONE, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE, where
