"""Owns the proof that a signed link says what was signed, for its purpose and its time, and nothing else."""

from datetime import timedelta

import pytest
import time_machine

from hub.links import LinkBroken, LinkExpired, absolute, read, sign

pytestmark = pytest.mark.pure
DAY = timedelta(days=1)


def test_a_link_says_what_was_signed() -> None:
    assert read("your-firm", sign("your-firm", firm=7, nonce="x"), DAY) == {"firm": 7, "nonce": "x"}


def test_a_link_serves_no_other_purpose() -> None:
    with pytest.raises(LinkBroken):
        read("remove-firm", sign("your-firm", firm=7), DAY)


@pytest.mark.parametrize(
    "change",
    [lambda token: token[:-1], lambda token: "x" + token, lambda _token: "", lambda token: token + "\ud800"],
)
def test_a_changed_link_is_broken(change) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(LinkBroken, match="not complete"):
        read("your-firm", change(sign("your-firm", firm=7)), DAY)


def test_a_link_ends(clock: time_machine.Traveller) -> None:
    token = sign("your-firm", firm=7)
    clock.shift(DAY - timedelta(seconds=1))
    assert read("your-firm", token, DAY)["firm"] == 7

    clock.shift(2)
    with pytest.raises(LinkExpired, match="too old"):
        read("your-firm", token, DAY)


def test_an_address_in_a_mail_is_whole() -> None:
    assert absolute("/en/firms/") == "http://testserver/en/firms/"
