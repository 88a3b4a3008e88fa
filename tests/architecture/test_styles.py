"""Owns the proof that the stylesheets use only values that are there."""

import re

import pytest

from hub.bootstrap import styles
from tests.architecture.repository import ROOT, shown

pytestmark = pytest.mark.pure

JOINS = ("hub.css", "parts.css")
SHEETS = [path for path in sorted((ROOT / "hub/static/hub/css").rglob("*.css")) if path.name != "admin.css"]


def test_the_stylesheet_of_the_pages_is_joined_from_all_its_parts() -> None:
    # If not: python3 -m hub.bootstrap.styles
    text = (styles.FOLDER / "hub.css").read_text(encoding="utf-8")

    assert text == styles.joined()
    assert "@import" not in text
    assert all(path.read_text(encoding="utf-8").strip() in text for path in SHEETS if path.name not in JOINS)


def test_every_value_that_a_stylesheet_uses_is_defined_somewhere() -> None:
    texts = {shown(path): path.read_text(encoding="utf-8") for path in SHEETS}
    defined = {name for text in texts.values() for name in re.findall(r"(--[\w-]+)\s*:", text)}
    # A value with another one to fall back on may be set in a page.
    used = {name: sheet for sheet, text in texts.items() for name in re.findall(r"var\((--[\w-]+)\)", text)}

    assert {name: sheet for name, sheet in used.items() if name not in defined} == {}
