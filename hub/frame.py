"""Owns what stands around every public page, and the registry through which the room of pages says it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Entry:
    """A link of the frame; `language` is that of its words if they are not in the reader's."""

    label: str
    url: str
    is_current: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """The links around a page. A site without pages of ours has a frame with nothing in it."""

    home_url: str = "/"
    search_url: str = ""
    menu: Sequence[Entry] = ()
    clusters: Sequence[Entry] = ()
    legal: Sequence[Entry] = ()


EMPTY = Frame()
_providers: list[Callable[[HttpRequest, str], Frame]] = []


def register(provider: Callable[[HttpRequest, str], Frame]) -> None:
    """Says who knows the frame; the last one wins."""
    _providers.append(provider)


def frame_of(request: HttpRequest | None, language: str) -> Frame:
    """The frame of a request, asked for once and then kept with it."""
    if request is None or not _providers:
        return EMPTY
    known: dict[str, Frame] = request.__dict__.setdefault("_hub_frames", {})
    if language not in known:
        known[language] = _providers[-1](request, language)
    return known[language]
