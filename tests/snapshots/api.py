"""Owns what the repository keeps of the API: its OpenAPI, and the reference for readers, both made from it.

`python -m tests.snapshots.api` writes them anew after a change that was meant.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from hub.reference import Named, operations, shapes

ROOT = Path(__file__).resolve().parents[2]
OPENAPI = ROOT / "tests" / "snapshots" / "openapi.json"
REFERENCE = ROOT / "docs" / "reference" / "api.md"


def openapi() -> str:
    """The OpenAPI of everything that is registered."""
    from django.urls import get_resolver

    from hub.api import api

    get_resolver().url_patterns  # noqa: B018 - the routers are bound when the addresses are read
    return json.dumps(api.schema, indent=2, ensure_ascii=False) + "\n"


def markdown(schema: str) -> str:
    """The reference as a page of Markdown."""
    return "\n".join(_lines(schema)) + "\n"


def _lines(schema: str) -> Iterator[str]:
    told = json.loads(schema)
    yield from ("# API", "", "<!-- Made from the OpenAPI: python -m tests.snapshots.api -->", "")
    yield from (told["info"]["description"].strip(), "")
    yield from ("How to use it: [read the register from another site](../how-to/read-the-register.md).", "")
    for each in operations(told):
        yield from (f"## {each.summary}", "", f"`GET {each.path}`", "", each.description, "")
        if each.parameters:
            yield from (*_table("parameter", each.parameters), "")
        yield from (
            f"- {one.status} {one.description}{f': {one.shape}' if one.shape else ''}"
            for one in each.outcomes
        )
        yield ""
    yield from ("## What the answers are made of", "")
    for shape in shapes(told):
        yield from (f"### {shape.name}", "", shape.description, "")
        if shape.fields:
            yield from (*_table("field", shape.fields), "")


def _table(head: str, rows: Iterable[Named]) -> Iterator[str]:
    yield f"| {head} | type | meaning | example |"
    yield "|---|---|---|---|"
    for row in rows:
        example = f"`{row.example}`" if row.example else ""
        yield f"| `{row.name}` | {row.type} | {row.description} | {example} |"


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.site.settings.test")
    django.setup()
    OPENAPI.write_text(openapi(), encoding="utf-8")
    REFERENCE.write_text(markdown(openapi()), encoding="utf-8")
