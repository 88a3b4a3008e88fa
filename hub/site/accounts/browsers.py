"""Owns how a browser is called by people, from what it says of itself. Pure."""

from collections.abc import Iterable

# The first that is found counts: most say that they are others as well.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Windows", "Windows"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def browser_of(user_agent: str) -> str:
    """Browser and system, as far as they are known; otherwise the beginning of what was said.

    >>> browser_of("Mozilla/5.0 (Windows NT 10.0; Win64; x64) ... Chrome/156.0.0.0 Safari/537.36 Edg/156.0")
    'Edge · Windows'
    >>> browser_of("curl/8.5.0")
    'curl/8.5.0'
    """
    found = [_first(user_agent, BROWSERS), _first(user_agent, SYSTEMS)]
    return " · ".join(name for name in found if name) or user_agent[:40]


def _first(user_agent: str, known: Iterable[tuple[str, str]]) -> str:
    return next((name for mark, name in known if mark in user_agent), "")
