"""Owns what every page needs in its frame: names, links, languages, facts for machines."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.templatetags.static import static
from django.urls import translate_url
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from hub.frame import Frame, frame_of
from hub.languages import LANGUAGES, current_language
from hub.names import name_of
from hub.seo import Head, breadcrumb_list, json_ld, organisation

register = template.Library()
register.filter("called", name_of)


@register.filter
def in_fours(key: str) -> str:
    """A long key in groups of four, which somebody can type from one screen into another.

    >>> in_fours("CDSPSKC2MC")
    'CDSP SKC2 MC'
    """
    return " ".join(key[at : at + 4] for at in range(0, len(key), 4))


# A language is called by its own name, whatever the language of the page.
OWN_NAMES = {"en": "English", "fr": "Français", "nl": "Nederlands"}


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The page in one language."""

    code: str
    name: str
    url: str
    is_current: bool


@register.filter
def grouped(number: int) -> str:
    """A number as the language in force writes it: 5,829 or 5.829 or 5 829."""
    return str(number_format(number, decimal_pos=0, force_grouping=True))


@register.simple_tag
def site_name() -> str:
    """What the site is called."""
    return str(getattr(settings, "WAGTAIL_SITE_NAME", ""))


@register.simple_tag(takes_context=True)
def site_frame(context: Context) -> Frame:
    """The links around the page."""
    return frame_of(context.get("request"), current_language())


@register.simple_tag(takes_context=True)
def language_links(context: Context, path: str = "") -> Sequence[LanguageLink]:
    """This page (or another address of the site) in every language, its query kept."""
    request: HttpRequest | None = context.get("request")
    path = path or (request.get_full_path() if request else "/")
    head: Head | None = context.get("head")
    known = head.addresses if head else {}
    _address, mark, query = path.partition("?")
    current = get_language()
    urls = {code: f"{known[code]}{mark}{query}" for code in known if code != current or not head}
    return [
        LanguageLink(code, OWN_NAMES[code], urls.get(code) or _in(code, path, current), code == current)
        for code in LANGUAGES
    ]


@register.simple_tag(takes_context=True)
def page_head(context: Context) -> Head:
    """What the page says of itself to machines; a page that says nothing has an address in every language."""
    head: Head | None = context.get("head")
    if head is not None:
        return head
    request: HttpRequest | None = context.get("request")
    path = request.path if request else "/"
    current = get_language()
    return Head(path, current_language(), {code: _in(code, path, current) for code in LANGUAGES})


@register.simple_tag(takes_context=True)
def absolute(context: Context, path: str) -> str:
    """A path of this site as a whole address."""
    request: HttpRequest | None = context.get("request")
    return request.build_absolute_uri(path) if request else path


@register.simple_tag(takes_context=True)
def structured_data(context: Context, head: Head) -> SafeString:
    """The way from the home page to here, or on the home page who speaks; for search engines."""
    if not head.crumbs:
        return json_ld(
            organisation(site_name(), absolute(context, "/"), absolute(context, static("hub/img/icon.svg")))
        )
    way = [(crumb.label, absolute(context, crumb.url)) for crumb in head.crumbs]
    return json_ld(breadcrumb_list([*way, (head.title, absolute(context, head.path))]))


def _in(code: str, path: str, current: str | None) -> str:
    if code == current:
        return path
    url = translate_url(path, code)
    if url == path and path.startswith(f"/{current}/"):
        # No page answers here (a 404): the address still says where the reader wanted to go.
        return f"/{code}/{path.removeprefix(f'/{current}/')}"
    return url
