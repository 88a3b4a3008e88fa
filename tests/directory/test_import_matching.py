"""Owns the proof of when two firms may be one, and how one that left is recognised without its name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.importing.fingerprints import Removed, fingerprint, fingerprints
from directory.importing.matching import Neighbours, keys, name_key, number_key, website_key
from directory.sentences import Sentence

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Brasserie des Légendes", "BRASSERIE DES LEGENDES"),
        ("De Kring B.V.", "de kring"),
        ("Smith & Sons Ltd.", "Smith Sons Limited"),
        ("3D-Printing Company", "3d printing"),
    ],
)
def test_names_are_one_however_they_are_written(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_a_name_that_is_nothing_but_a_legal_form_is_kept() -> None:
    assert name_key("The Company Ltd") == "the company ltd"


def test_websites_are_one_by_their_host_unless_many_share_it() -> None:
    assert website_key("http://www.dekring.be/nl/") == website_key("https://dekring.be")
    assert website_key("https://facebook.com/a") != website_key("https://facebook.com/b")
    assert website_key("https://www.facebook.com/") == ""
    assert website_key("https://[") == ""


def test_numbers_are_one_however_they_are_grouped() -> None:
    assert number_key("BE 0123.456.749") == number_key("0123456749")


def test_neighbours_share_a_name_a_website_or_a_number() -> None:
    neighbours = Neighbours()
    neighbours.add(Sentence("line 2"), keys("De Kring BV", "https://dekring.be", ""))
    assert [near.shared for near in neighbours.near(keys("DE KRING", "", ""))] == ["name"]
    assert [str(near.other) for near in neighbours.near(keys("Other", "http://www.dekring.be/nl", ""))] == [
        "line 2"
    ]
    assert neighbours.near(keys("Other", "", "")) == []


def test_at_most_three_neighbours_are_named() -> None:
    neighbours = Neighbours()
    for line in range(10):
        neighbours.add(Sentence(f"line {line}"), keys("De Kring", "", ""))
    assert len(neighbours.near(keys("De Kring", "", ""))) == 3


def test_a_removed_firm_is_recognised_by_any_of_its_three_marks_also_under_a_former_secret() -> None:
    left = frozenset(fingerprints(["old"], keys("De Kring BV", "https://dekring.be", "")))
    removed = Removed(left, ("new", "old"))
    assert removed.recognised_by(keys("DE KRING", "", "")) == "name"
    assert removed.recognised_by(keys("Another name", "http://dekring.be/", "")) == "website"
    assert removed.recognised_by(keys("Another name", "https://other.be", "0123456749")) == ""
    assert Removed(left, ("new",)).recognised_by(keys("De Kring", "", "")) == ""


def test_a_fingerprint_tells_nothing_without_the_secret() -> None:
    assert fingerprint("one", "name", "de kring") != fingerprint("other", "name", "de kring")
    assert "kring" not in fingerprint("one", "name", "de kring")


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_comparing_never_raises(name: str, website: str, number: str) -> None:
    compared = keys(name, website, number)
    fingerprints(["secret"], compared)
    Neighbours().near(compared)
