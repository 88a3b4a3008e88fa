"""Owns the proof that what is private never leaves: no canary stands in anything that a stranger can read."""

import logging
from collections.abc import Iterator

import pytest
from django.test import Client

import tests.access.third_parties  # noqa: F401 - it adds readers
from tests.access.canaries import Canaries, plant_all, read_all, texts_without_canary
from tests.directory.indexing import index_firms

pytestmark = pytest.mark.django_db

LOGGERS = ("hub", "search", "directory", "cluster_pages")


@pytest.fixture
def canaries() -> Canaries:
    """A register with a canary in every private field, indexed."""
    planted = plant_all()
    index_firms()
    return planted


@pytest.fixture
def heard(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Everything that our loggers say."""
    for name in LOGGERS:
        logging.getLogger(name).addHandler(caplog.handler)
    caplog.set_level(logging.DEBUG)
    yield caplog
    for name in LOGGERS:
        logging.getLogger(name).removeHandler(caplog.handler)


def test_every_private_text_holds_a_canary(canaries: Canaries) -> None:
    assert len(canaries.planted) > 30
    assert texts_without_canary(canaries) == []


def test_no_canary_is_read_by_a_stranger_or_written_into_a_log(
    client: Client, canaries: Canaries, heard: pytest.LogCaptureFixture
) -> None:
    client.raise_request_exception = False
    read = list(read_all(client, canaries))

    assert len(read) > 100
    assert [f"{field} in {where}" for where, text in read for field in canaries.found_in(text)] == []
    said = [str(vars(record)) for record in heard.records if record.name.split(".")[0] in LOGGERS]
    assert [field for line in said for field in canaries.found_in(line)] == []


def test_a_canary_that_got_out_would_be_found(canaries: Canaries) -> None:
    name, phone = canaries.planted["person 1 name"], canaries.planted["person 1 phone"]

    assert canaries.found_in(f"<p>{name.upper()}@x</p>") == ["person 1 name"]
    assert canaries.found_in(f"tel: {phone[:6]} {phone[6:]}") == ["person 1 phone"]
