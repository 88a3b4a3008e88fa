"""Owns what search engines and networks are told of a page: its address, its languages, what it is about."""

import json
from collections.abc import Mapping
from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context
from django.urls import translate_url
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from hub.languages import LANGUAGES

register = template.Library()

# What could end the script, or be taken for markup, inside JSON.
_ESCAPED = {ord(char): f"\\u{ord(char):04X}" for char in "<>&\u2028\u2029"}


@register.inclusion_tag("components/seo.html", takes_context=True)
def seo(
    context: Context,
    title: str,
    description: str = "",
    image: str = "",
    facts: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Canonical address, alternates in every language, Open Graph and JSON-LD of the page that is asked for.

    `image` is an address, with or without a host; `facts` are in the words of schema.org.
    """
    request: HttpRequest = context["request"]
    canonical = request.build_absolute_uri(request.path)
    # Translated without the host: Django would keep the language of an address of another site.
    alternates = [(code, request.build_absolute_uri(translate_url(request.path, code))) for code in LANGUAGES]
    picture = request.build_absolute_uri(image) if image else ""
    logo = {"logo": picture} if picture else {}
    return {
        "title": title,
        "description": description,
        "canonical": canonical,
        "alternates": alternates,
        "default": alternates[0][1],
        "language": get_language(),
        "picture": picture,
        "facts": _json({**facts, **logo, "mainEntityOfPage": canonical}) if facts else "",
    }


def _json(facts: Mapping[str, Any]) -> SafeString:
    return mark_safe(json.dumps(facts, ensure_ascii=False).translate(_ESCAPED))  # noqa: S308
