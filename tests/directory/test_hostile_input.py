"""Owns the proof that nothing a visitor types, in any place of an address, breaks a public page."""

import random
from collections.abc import Iterator
from urllib.parse import quote, quote_from_bytes

import pytest
from django.test import Client

from tests.directory.builders import make_firm
from tests.directory.indexing import index_firms

pytestmark = pytest.mark.django_db

KNOWN = (
    *(
        '"',
        "'",
        '"""',
        "-",
        "--",
        '-"',
        '-""',
        "- -",
        "*",
        "(",
        ")",
        "()",
        "AND",
        "OR NOT",
        "NEAR(",
        "^",
        ":",
    ),
    *("%", "%s", "%(value)s", "{}", "{{ 7*7 }}", "{% load %}", "${x}", "#", "\\", "\\x00", "/", "../../etc"),
    *("\x00", "\x00beer", "\ud800", "\udfff", "\ufffe", "\uffff", "\u202e", "\u200b", "\ufeff", "\U0010ffff"),
    *(
        "' OR 1=1 --",
        "'; DROP TABLE directory_firm; --",
        "<script>alert(1)</script>",
        "<mark>",
        "&lt;",
        "]]>",
    ),
    *("İ", "ß", "ﬁ", "Ǆ", "ệ", "é", "e\u0301" * 90, "œ", "啤酒", "пиво", "بيرة", "בירה", "ビール", "가", "ก็"),
    *("🍺", "👩\u200d🚀" * 9, "𝔟𝔢𝔢𝔯", "½", "²", "①", "a:b", "?", "&", "", " ", "\n", "\r\nX: y"),
    *("a" * 64, "a" * 65, "a" * 256, "a" * 257, "a" * 5_000, "a " * 16, "a " * 17, "é" * 256, "-a " * 16),
    *("0", "-1", "1e9", "1_000", "٣", "99999999999999999999", "NaN", "null", "undefined", "True"),
)
# What random strings are made of: letters, and what a query language or a Unicode library would mind.
ALPHABET = (
    "abeinorst0123456789  \"\"''--()*:^~%_\\/<>&;#[]{}|!?.,+=@$`\t\n\r\x00\x1b\x7f\x85\xa0\xad"
    "éèëçœßøİıſ\u0301\u0327\u0345\u200b\u200d\u200e\u202e\u2028\ufe0f\ufeff\ufffd\uffff\ud800\udc00"
    "啤пиبب가ก็𝔟🍺👩½²①"
)
PLACES = (
    "firms/?q={}",
    "firms/?q=beer&q={}",
    "firms/?sector={}",
    "firms/?region={0}&serves={0}&region=kent",
    "firms/?page={}",
    "firms/?sort={}",
    "firms/?{}",
    "firms/?{0}={0}",
    "firms/suggest/?q={}",
    "firms/suggest/?q=b&capability={}",
    "firms/export.csv?q={}",
    "firms/export.xlsx?sector={}",
    "firms/{}/",
    "firms/{}",
)
LANGUAGES = ("en", "fr", "nl")


def encoded(text: str) -> str:
    """Percent-encoded; lone surrogates as the bytes that a broken client sends."""
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def addresses(texts: Iterator[str], chance: random.Random) -> Iterator[str]:
    """Each text in one place of an address, some places swapping their parts only."""
    for text in texts:
        place = chance.choice(PLACES)
        yield f"/{chance.choice(LANGUAGES)}/{place.format(encoded(text))}"


def random_texts(number: int, chance: random.Random) -> Iterator[str]:
    for _ in range(number):
        length = chance.choice((1, 2, 3, 5, 8, 20, 60, 255, 256, 257, 400))
        yield "".join(chance.choice(ALPHABET) for _ in range(chance.randint(1, length)))


@pytest.fixture
def visitor() -> Client:
    make_firm(
        "Hopshed Lane", capabilities=["brewing"], texts={"en": "We brew ale.", "fr": "La bière, c'est nous."}
    )
    make_firm(
        "Brouwerij De Schuur", region="flanders", texts={"nl": "Wij brouwen \x0b bier – 100 % %s {{ x }}."}
    )
    index_firms()
    return Client(raise_request_exception=False)


def answer(visitor: Client, address: str, *, swap: bool) -> int:
    response = visitor.get(address, headers={"HX-Request": "true"} if swap else {})
    b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
    return response.status_code


@pytest.mark.parametrize("place", PLACES)
def test_no_place_of_an_address_breaks_under_a_hostile_string(visitor: Client, place: str) -> None:
    answers = {text: answer(visitor, f"/en/{place.format(encoded(text))}", swap=False) for text in KNOWN}

    assert {text: status for text, status in answers.items() if status >= 500} == {}


def test_bytes_that_are_no_text_break_nothing(visitor: Client) -> None:
    for garbage in (b"\xff\xfe", b"\xc3\x28", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", bytes(range(256))):
        for place in PLACES:
            assert answer(visitor, f"/nl/{place.format(quote_from_bytes(garbage, safe=''))}", swap=True) < 500


def test_random_strings_break_nothing(visitor: Client) -> None:
    chance = random.Random(3)  # the same strings in every run

    for address in addresses(random_texts(300, chance), chance):
        assert answer(visitor, address, swap=chance.random() < 0.3) < 500, address


@pytest.mark.prove
def test_ten_thousand_random_strings_break_nothing(visitor: Client) -> None:
    chance = random.Random(20261124)

    for address in addresses(random_texts(10_000, chance), chance):
        assert answer(visitor, address, swap=chance.random() < 0.3) < 500, address
