"""Owns the documentation of the API as a page: made from its OpenAPI, without script or foreign request."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import slugify


@dataclass(frozen=True, slots=True)
class Named:
    """A parameter or a field: its type in words, what it means, an example as JSON."""

    name: str
    type: str
    description: str = ""
    example: str = ""

    @property
    def told(self) -> SafeString:
        """The meaning for the page."""
        return _inline(self.description)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an operation can answer."""

    status: str
    description: str
    shape: str

    @property
    def told(self) -> SafeString:
        """The meaning for the page."""
        return _inline(self.description)


@dataclass(frozen=True, slots=True)
class Operation:
    """One address and what can be asked there."""

    path: str
    summary: str
    description: str
    parameters: tuple[Named, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def anchor(self) -> str:
        """Where it stands on the page: "one-firm"."""
        return slugify(self.summary)

    @property
    def told(self) -> SafeString:
        """The description for the page."""
        return prose(self.description)


@dataclass(frozen=True, slots=True)
class Shape:
    """An object of an answer."""

    name: str
    description: str
    fields: tuple[Named, ...]


def reference(request: HttpRequest, schema: Mapping[str, Any]) -> HttpResponse:
    """The page; like the names in the API it is in English."""
    context = {
        "api": schema["info"],
        "about": prose(schema["info"]["description"]),
        "operations": operations(schema),
        "shapes": shapes(schema),
    }
    with translation.override("en"):
        return render(request, "hub/api_reference.html", context)


def operations(schema: Mapping[str, Any]) -> list[Operation]:
    """Everything that can be asked, in the order of the paths."""
    return [
        Operation(
            path=path,
            summary=told.get("summary", ""),
            description=told.get("description", ""),
            parameters=tuple(_parameters(told)),
            outcomes=tuple(_outcomes(told)),
        )
        for path, methods in schema["paths"].items()
        for told in methods.values()
    ]


def shapes(schema: Mapping[str, Any]) -> list[Shape]:
    """Every object that stands in an answer, and every list of choices, by name."""
    return [
        Shape(name, _about(told), tuple(_fields(told)))
        for name, told in sorted(schema["components"]["schemas"].items())
    ]


def _about(told: Mapping[str, Any]) -> str:
    choices = f" {type_of(told).capitalize()}." if "enum" in told else ""
    return f"{told.get('description', '')}{choices}".strip()


def prose(text: str) -> SafeString:
    """A docstring as paragraphs of HTML, with its code marked; our own text, and escaped all the same."""
    paragraphs = (" ".join(each.split()) for each in text.split("\n\n"))
    return format_html_join("\n", "<p>{}</p>", ((_inline(each),) for each in paragraphs if each))


def _inline(text: str) -> SafeString:
    pieces = enumerate(text.split("`"))
    return format_html_join(
        "", "{}", ((format_html("<code>{}</code>", each) if n % 2 else each,) for n, each in pieces)
    )


def _parameters(told: Mapping[str, Any]) -> Iterator[Named]:
    for each in told.get("parameters", ()):
        kind = each["schema"]
        yield Named(each["name"], type_of(kind), each.get("description", ""), _example(kind))


def _outcomes(told: Mapping[str, Any]) -> Iterator[Outcome]:
    for status, each in sorted(told["responses"].items(), key=lambda response: int(response[0])):
        kinds = [content["schema"] for content in each.get("content", {}).values()]
        yield Outcome(str(status), each.get("description", ""), type_of(kinds[0]) if kinds else "")


def _fields(told: Mapping[str, Any]) -> Iterator[Named]:
    for name, kind in told.get("properties", {}).items():
        yield Named(name, type_of(kind), kind.get("description", ""), _example(kind))


def _example(kind: Mapping[str, Any]) -> str:
    examples = kind.get("examples", ())
    return json.dumps(examples[0], ensure_ascii=False) if examples else ""


def type_of(kind: Mapping[str, Any]) -> str:
    """A type as a reader says it: "list of Term", "integer from 1 to 500", "text or nothing"."""
    if "$ref" in kind:
        return str(kind["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in kind:
        return " or ".join(type_of(each) for each in kind["anyOf"])
    if "enum" in kind:
        return "one of " + ", ".join(map(str, kind["enum"]))
    if kind.get("type") == "array":
        return f"list of {type_of(kind.get('items', {}))}"
    if kind.get("type") == "object" and "additionalProperties" in kind:
        return f"object of {type_of(kind['additionalProperties'])}"
    words = {"string": "text", "null": "nothing", "boolean": "true or false"}
    name = str(kind.get("format") or words.get(kind.get("type", ""), kind.get("type", "anything")))
    return f"{name}{_limits(kind)}"


def _limits(kind: Mapping[str, Any]) -> str:
    if "maximum" in kind:
        return f" from {kind.get('minimum', 0)} to {kind['maximum']}"
    return f" of at most {kind['maxLength']} characters" if "maxLength" in kind else ""
