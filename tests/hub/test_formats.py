"""Owns the proof that readers in Kent see, and may type, days and numbers as they write them."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.utils import translation
from django.utils.formats import date_format

from hub.templatetags.hub_tags import grouped

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("language", "shown"),
    (("en", "7 April 2026, 15:05"), ("fr", "7 avril 2026 15:05"), ("nl", "7 april 2026 15:05")),
)
def test_a_moment_is_shown_as_the_readers_of_a_language_write_it(language: str, shown: str) -> None:
    with translation.override(language):
        assert date_format(datetime(2026, 4, 7, 15, 5, tzinfo=UTC), "DATETIME_FORMAT") == shown


@pytest.mark.parametrize("language", ("en", "fr", "nl"))
def test_the_day_is_typed_before_the_month(language: str) -> None:
    with translation.override(language):
        assert forms.DateField(localize=True).clean("03/04/2026") == date(2026, 4, 3)


@pytest.mark.parametrize(("language", "shown"), (("en", "5,829"), ("fr", "5\xa0829"), ("nl", "5.829")))
def test_a_number_is_grouped_as_the_readers_of_a_language_write_it(language: str, shown: str) -> None:
    with translation.override(language):
        assert (grouped(5829), grouped(829)) == (shown, "829")
