"""Owns the proof that people recognise their own browser in a list."""

import pytest

from hub.site.accounts.browsers import browser_of

pytestmark = pytest.mark.pure
GECKO = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0"
WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("said", "called"),
    [
        (GECKO, "Firefox · Windows"),
        (f"Mozilla/5.0 (Linux; Android 15) {WEBKIT} Chrome/150.0 Mobile Safari/537.36", "Chrome · Android"),
        (f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/150.0 Safari/537.36 Edg/150.0", "Edge · Windows"),
        (f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) {WEBKIT} Safari/604.1", "Safari · iPhone"),
        (f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) {WEBKIT} Version/18 Safari/605", "Safari · Mac"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", ""),
        ("x" * 200, "x" * 40),
    ],
)
def test_a_browser_is_called_as_people_call_it(said: str, called: str) -> None:
    assert browser_of(said) == called
