"""Owns the proof that the table of rights in the docs is the one of the code."""

from pathlib import Path

import pytest

from hub.rights import as_markdown

pytestmark = pytest.mark.pure
PAGE = Path(__file__).resolve().parents[2] / "docs/reference/roles.md"


def test_the_reference_holds_the_table_of_the_code() -> None:
    """To bring it up to date, put what `hub.rights.as_markdown()` gives into docs/reference/roles.md."""
    assert as_markdown() in PAGE.read_text(encoding="utf-8")
