"""Owns the proof of how complete a firm is said to be."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from directory.completeness import PARTS, missing, percent, quality, quality_of

pytestmark = pytest.mark.pure
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def firm(**told: object) -> SimpleNamespace:
    silent = {
        "offers": [],
        "looks_for": [],
        "region_id": None,
        "email": "",
        "phone": "",
        "website": "",
        "town": "",
        "languages": [],
        "size": "",
    }
    return SimpleNamespace(**silent | told)


def profile(tagline: str = "", description: str = "") -> SimpleNamespace:
    return SimpleNamespace(tagline=tagline, description=description)


def test_the_parts_make_a_hundred() -> None:
    assert sum(part.share for part in PARTS) == 100
    assert len({part.name for part in PARTS}) == len(PARTS)


def test_a_firm_that_told_nothing_misses_everything_the_text_first() -> None:
    lacks = missing(firm(), [], [])

    assert percent(lacks) == 0
    assert lacks[0].name == "description"
    assert [part.share for part in lacks] == sorted((part.share for part in lacks), reverse=True)


def test_a_firm_that_told_everything_misses_nothing() -> None:
    full = firm(
        offers=["supply"],
        region_id=1,
        email="hello@firm.example",
        website="https://firm.example",
        town="Gent",
        languages=["nl"],
        size="micro",
    )

    assert missing(full, [profile("We brew", "We brew beer.")], ["food-drink"]) == ()
    assert percent(()) == 100


@pytest.mark.parametrize("told", [{"email": "a@b.example"}, {"phone": "+32 9 000 00 00"}])
def test_a_mail_or_a_phone_is_enough_to_be_reached(told: dict[str, str]) -> None:
    assert "reach" not in [part.name for part in missing(firm(**told), [], [])]


def test_a_text_of_spaces_is_no_text() -> None:
    assert "description" in [part.name for part in missing(firm(), [profile(description="  \n")], [])]


def test_a_text_in_any_language_counts_once() -> None:
    one = percent(missing(firm(), [profile(description="Bier")], []))
    two = percent(missing(firm(), [profile(description="Bier"), profile(description="Beer")], []))

    assert one == two


def test_a_firm_without_a_text_ranks_below_every_firm_with_one() -> None:
    text_only = quality(52, None, NOW)
    all_but_text = quality(48, NOW, NOW)

    assert all_but_text < text_only


@pytest.mark.parametrize(("days", "worth"), [(0, 64), (365, 64), (366, 32), (730, 32), (731, 0), (-3, 64)])
def test_a_confirmation_fades_in_two_steps(days: int, worth: int) -> None:
    assert quality(0, NOW - timedelta(days=days), NOW) == worth


def test_quality_fits_a_byte() -> None:
    assert quality(0, None, NOW) == 0
    assert quality(100, NOW, NOW) == 255


def test_the_quality_of_a_firm_is_that_of_its_percentage() -> None:
    said = [profile(description="Bier")]

    assert quality_of(firm(), profiles=said, tags=[], confirmed_at=None, now=NOW) == quality(52, None, NOW)
