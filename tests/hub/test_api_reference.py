"""Owns the proof that the API is as the repository and the reference say, and how types are told in words."""

from typing import Any

import pytest

from hub.reference import prose, type_of
from tests.snapshots import api as kept

pytestmark = pytest.mark.pure


def test_the_openapi_is_as_the_repository_keeps_it() -> None:
    assert kept.openapi() == kept.OPENAPI.read_text(encoding="utf-8"), "python -m tests.snapshots.api"


def test_the_reference_says_what_the_openapi_says() -> None:
    assert kept.markdown(kept.openapi()) == kept.REFERENCE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ({"type": "array", "items": {"$ref": "#/components/schemas/Term"}}, "list of Term"),
        ({"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}, "date or nothing"),
        ({"type": "integer", "minimum": 1, "maximum": 500}, "integer from 1 to 500"),
        ({"type": "string", "maxLength": 256}, "text of at most 256 characters"),
        ({"enum": ["en", "fr"], "type": "string"}, "one of en, fr"),
        ({"type": "object", "additionalProperties": {"type": "string"}}, "object of text"),
    ],
)
def test_types_are_told_in_words(kind: dict[str, Any], words: str) -> None:
    assert type_of(kind) == words


def test_a_description_is_paragraphs_with_its_code_marked() -> None:
    assert prose("Say `a < b`\nor not.\n\nThen go.") == (
        "<p>Say <code>a &lt; b</code> or not.</p>\n<p>Then go.</p>"
    )
