"""Owns the proof that every public answer tells browsers what they may do with it."""

import pytest
from django.test import Client

from tests.directory.builders import make_firm
from tests.directory.indexing import index_firms

pytestmark = pytest.mark.django_db

WANTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY = ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
PAGES = (
    "/en/firms/",
    "/en/firms/hopshed-lane/",
    "/en/firms/hopshed-lane/write/",
    "/en/firms/hopshed-lane/propose/correct/",
    "/en/list-your-firm/",
    "/en/search/?q=ale",
    "/en/proposals/broken/",
    "/en/firms/?page=nonsense",
    "/en/nothing-here/",
    "/healthz",
)


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_forbids_what_it_does_not_need(client: Client, path: str) -> None:
    make_firm("Hopshed Lane")
    index_firms()

    headers = client.get(path).headers

    assert {name: headers.get(name) for name in WANTED} == WANTED
    policy = headers["Content-Security-Policy"]
    assert [each for each in POLICY if each not in policy] == []
    assert "unsafe" not in policy and "http" not in policy
