"""Owns the proof that the stylesheets use only values that are there."""

import re

import pytest

from tests.architecture.repository import ROOT, shown

pytestmark = pytest.mark.pure

SHEETS = [path for path in sorted((ROOT / "hub/static/hub/css").rglob("*.css")) if path.name != "admin.css"]


def test_every_value_that_a_stylesheet_uses_is_defined_somewhere() -> None:
    texts = {shown(path): path.read_text(encoding="utf-8") for path in SHEETS}
    defined = {name for text in texts.values() for name in re.findall(r"(--[\w-]+)\s*:", text)}
    # A value with another one to fall back on may be set in a page.
    used = {name: sheet for sheet, text in texts.items() for name in re.findall(r"var\((--[\w-]+)\)", text)}

    assert {name: sheet for name, sheet in used.items() if name not in defined} == {}
