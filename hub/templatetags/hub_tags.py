"""Owns what every page needs in its frame: the site's name and the same page in the other languages."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.urls import translate_url
from django.utils.translation import get_language

from hub.languages import LANGUAGES

register = template.Library()

# A language is called by its own name, whatever the language of the page.
OWN_NAMES = {"en": "English", "fr": "Français", "nl": "Nederlands"}


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The page in one language."""

    code: str
    name: str
    url: str
    is_current: bool


@register.simple_tag
def site_name() -> str:
    """What the site is called."""
    return str(getattr(settings, "WAGTAIL_SITE_NAME", ""))


@register.simple_tag(takes_context=True)
def language_links(context: Context, path: str = "") -> Sequence[LanguageLink]:
    """This page (or another address of the site) in every language, its query kept."""
    request: HttpRequest | None = context.get("request")
    path = path or (request.get_full_path() if request else "/")
    current = get_language()
    return [
        LanguageLink(code, OWN_NAMES[code], _in(code, path, current), code == current) for code in LANGUAGES
    ]


def _in(code: str, path: str, current: str | None) -> str:
    url = translate_url(path, code)
    if url == path and code != current and path.startswith(f"/{current}/"):
        # No page answers here (a 404): the address still says where the reader wanted to go.
        return f"/{code}/{path.removeprefix(f'/{current}/')}"
    return url
