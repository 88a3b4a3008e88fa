"""Owns the proof of how often somebody may do something, and that nobody is known by what is counted."""

from datetime import datetime, timedelta

import pytest
from django.test import RequestFactory, override_settings
from hypothesis import given
from hypothesis import strategies as st

from hub.limits import Limit, free_at
from hub.visitors import fingerprint, network_of
from tests.hub.mails import NOW

pytestmark = pytest.mark.pure
HOUR = timedelta(hours=1)
LIMITS = (Limit(2, HOUR), Limit(3, 24 * HOUR))

moments = st.lists(st.integers(0, 2_000).map(lambda minutes: NOW - timedelta(minutes=minutes)), max_size=8)


@given(moments)
def test_when_it_is_free_again_every_limit_is_kept_and_a_moment_before_one_is_not(
    times: list[datetime],
) -> None:
    def is_kept(at: datetime) -> bool:
        return all(sum(at - limit.within < each <= at for each in times) < limit.most for limit in LIMITS)

    free = free_at(times, LIMITS, NOW)

    assert is_kept(free or NOW)
    assert free is None or not is_kept(free - timedelta(seconds=1))


def test_hashes_tell_nobody_and_differ_by_purpose() -> None:
    known = fingerprint("sender", "Ada@Firm.example")

    assert known == fingerprint("sender", "ada@firm.example") and len(known) == 64
    assert known != fingerprint("network", "ada@firm.example")
    assert fingerprint("sender", "") == ""
    with override_settings(SECRET_KEY="another"):
        assert fingerprint("sender", "ada@firm.example") != known


@pytest.mark.parametrize(
    ("remote", "forwarded", "trusted", "network"),
    [
        ("192.0.2.7", "", False, "192.0.2.7"),
        ("192.0.2.7", "198.51.100.1", False, "192.0.2.7"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1", True, "198.51.100.1"),
        ("127.0.0.1", "", True, "127.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "", False, "2001:db8:1:2::/64"),
        ("", "", False, ""),
        ("127.0.0.1", "rubbish\x00", True, ""),
    ],
)
def test_a_network_is_what_the_proxy_says_only_if_we_trust_it(
    remote: str, forwarded: str, trusted: bool, network: str
) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)
    with override_settings(SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https") if trusted else None):
        assert network_of(request) == network
