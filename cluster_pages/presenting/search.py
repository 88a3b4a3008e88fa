"""Owns what the search of the whole site shows: firms and pages, each in a group of its own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from wagtail.models import Locale, Page

from directory.models.firm import FIRMS
from directory.placing import register_url
from directory.presenting.cards import FirmCard, cards
from directory.presenting.results import url_of
from hub.languages import LANGUAGES
from hub.pages import read_from
from search import registry
from search.analysis import tokens
from search.sentence import counted, say
from search.state import MAX_TEXT, SearchState

FIRMS_SHOWN = 5
PAGES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class PageHit:
    """A page with the words in it; `language` is that of its text."""

    title: str
    summary: str
    url: str
    language: str


@dataclass(frozen=True, slots=True)
class SiteSearch:
    """What was found, by group."""

    text: str
    firms: Sequence[FirmCard]
    sentence: str
    all_firms: str
    firms_url: str
    pages: Sequence[PageHit]
    register_url: str
    max_text: int = MAX_TEXT

    @classmethod
    def of(cls, state: SearchState, language: str) -> Self:
        """Firms by our engine, pages by Wagtail's search; nothing is asked where nothing was typed.

        :raises BadSearch: if the text has too many words.
        """
        search = registry.get(FIRMS)
        words = [token.surface for token in tokens(state.text)]
        results = search.search(state)
        return cls(
            text=state.text,
            firms=cards(search, results.hits[:FIRMS_SHOWN], search.highlighter(state), language)
            if words
            else (),
            sentence=say(search, state, results.total, language),
            all_firms=counted(search, results.total) if results.total > FIRMS_SHOWN and words else "",
            firms_url=url_of(search, state),
            pages=_pages(" ".join(words), language) if words else (),
            register_url=register_url(),
        )

    @property
    def is_asked(self) -> bool:
        """Whether anything was typed that can be looked for."""
        return bool(tokens(self.text))


def _pages(words: str, language: str) -> list[PageHit]:
    """Pages in the reader's language; below them those that nobody has translated into it."""
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    own = _public(locales[language]) if language in locales else Page.objects.none()
    found = _hits(own.search(words, operator="and")[:PAGES_SHOWN], language)
    translated = own.values("translation_key")
    for other in LANGUAGES:
        if other != language and other in locales and len(found) < PAGES_SHOWN:
            rest = _public(locales[other]).exclude(
                translation_key__in=[row["translation_key"] for row in translated]
            )
            found += _hits(rest.search(words, operator="and")[: PAGES_SHOWN - len(found)], language)
    return found


def _public(locale: Locale) -> Any:
    return Page.objects.live().public().filter(locale=locale, depth__gt=1)


def _hits(pages: Iterable[Any], language: str) -> list[PageHit]:
    hits = []
    for page in pages:
        told = page.specific_deferred
        own = page.locale.language_code
        url = page.get_url() if own == language else read_from(page, language)
        if url:
            summary = page.search_description or getattr(told, "introduction", "")
            hits.append(PageHit(page.title, summary, url, own))
    return hits
