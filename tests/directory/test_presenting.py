"""Owns the tests of what the templates show: a hit's card, and a firm's page."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import translation

from directory.models import CaseStudy
from directory.presenting import FirmProfilePage
from directory.presenting.cards import FirmCard, cards, place_of
from search.concepts import Lexicon
from search.highlight import Highlighter
from search.query import parse
from search.results import Hit
from tests.directory.builders import make_cluster, make_contact, make_firm, make_membership, make_region
from tests.search.wording import WordedSearch, values

SEARCH = WordedSearch(sector=values("Food drink"), capability=values("Brewing"))


def card(
    text: str = "", language: str = "en", found: tuple[str, ...] = (), texts: Mapping[str, Any] | None = None
) -> FirmCard:
    shown: dict[str, Any] = {
        "slug": "hopshed",
        "name": "Hopshed Lane",
        "kind": "sme",
        "town": "Gent",
        "region": {"en": "East Flanders", "fr": "Flandre-Orientale", "nl": "Oost-Vlaanderen"},
        "sectors": ["food-drink"],
        "capabilities": ["brewing"],
        "texts": texts or {},
        "confirmed": "2026-03-01",
        "demo": True,
    }
    highlighter = Highlighter(parse(text, Lexicon({}, ())))
    with translation.override(language):
        return cards(SEARCH, [Hit(1, 1, found, shown)], highlighter, language)[0]


def marked(segments: Any) -> list[str]:
    return [text for text, is_hit in segments if is_hit]


@pytest.mark.pure
def test_a_card_says_what_and_where_a_firm_is_in_the_visitors_language() -> None:
    shown = card(language="nl")

    assert shown.place == "Gent, Oost-Vlaanderen"
    assert shown.url == "/nl/firms/hopshed/"
    assert (shown.sectors, shown.capabilities) == (["Food drink"], ["Brewing"])
    assert shown.confirmed == date(2026, 3, 1)
    assert shown.is_demo


@pytest.mark.pure
def test_a_place_says_nothing_twice() -> None:
    assert place_of("Bruxelles", "Bruxelles") == "Bruxelles"
    assert place_of("Bruxelles", "Brussel") == "Bruxelles, Brussel"
    assert place_of("", "Kent") == "Kent"


@pytest.mark.pure
def test_a_firm_without_a_text_is_known_to_have_none() -> None:
    assert not card().has_text
    assert card(texts={"fr": {"tagline": "", "description": "Bière."}}).has_text


@pytest.mark.pure
def test_the_passage_is_the_one_with_the_words_and_keeps_its_language() -> None:
    texts = {"en": {"description": "We make ale."}, "fr": {"description": "Nous brassons une bière rousse."}}

    shown = card("rousse", found=("text",), texts=texts).passage

    assert shown is not None
    assert (shown.language, marked(shown.segments)) == ("fr", ["rousse"])


@pytest.mark.pure
def test_without_a_match_the_passage_is_in_the_visitors_language_or_the_next_best() -> None:
    texts = {"en": {"description": "Ale."}, "nl": {"description": "Bier."}}

    assert [getattr(card(language=code, texts=texts).passage, "language", "") for code in ("nl", "fr")] == [
        "nl",
        "en",
    ]


@pytest.mark.pure
def test_a_passage_from_what_a_firm_looks_for_says_so() -> None:
    texts = {"en": {"description": "Ale.", "looks_for": "Growers of hops."}}

    shown = card("hops", found=("text",), texts=texts).passage

    assert shown is not None
    assert shown.label == "Looks for:"


@pytest.mark.pure
def test_the_name_is_marked_too() -> None:
    assert marked(card("hopshed").name) == ["Hopshed"]


@pytest.mark.pure
def test_fields_that_are_one_to_a_reader_are_named_once() -> None:
    found = card(found=("name", "label", "tagged", "text", "mention")).found

    assert found == ["name", "sector or capability", "description"]


@pytest.mark.pure
def test_a_mention_is_where_it_is_marked_and_else_nowhere() -> None:
    texts = {"en": {"description": "We brew hops."}}

    assert card("hops", found=("tagged", "mention"), texts=texts).found == [
        "sector or capability",
        "description",
    ]
    assert card("hops", found=("tagged", "mention")).found == ["sector or capability"]
    assert card("hopshed", found=("mention",)).found == ["name"]


pages = pytest.mark.django_db


@pages
def test_a_page_shows_a_text_in_the_visitors_language() -> None:
    firm = make_firm(texts={"en": {"tagline": "Ale"}, "fr": {"tagline": "Bière"}})

    page = FirmProfilePage.of(firm, "fr")

    assert page.tagline is not None
    assert (page.tagline.text, page.tagline.language, page.other_language) == ("Bière", "fr", "")


@pages
def test_a_page_shows_another_language_rather_than_nothing_and_says_which() -> None:
    firm = make_firm(texts={"nl": {"description": "Bier."}, "fr": {"tagline": "Bière"}})

    page = FirmProfilePage.of(firm, "fr")

    assert page.description is not None
    assert (page.description.language, page.other_language) == ("nl", "nl")


@pages
def test_of_a_contact_person_only_public_fields_are_shown() -> None:
    firm = make_firm()
    make_contact(firm, name="Ada Secret", email="ada@secret.example")
    make_contact(
        firm, name="Ben Known", role="Sales", is_name_public=True, phone="+32 1", is_phone_public=False
    )
    make_contact(firm, name="Cas Hidden", role="Boss", email="info@known.example", is_email_public=True)

    people = [
        (each.name, each.role, each.email, each.phone) for each in FirmProfilePage.of(firm, "en").people
    ]

    assert people == [("Ben Known", "Sales", "", ""), ("", "", "info@known.example", "")]


@pages
def test_only_memberships_of_today_are_shown() -> None:
    firm = make_firm()
    make_membership(firm, make_cluster("food-drink"))
    make_membership(firm, make_cluster("mechatronics"), to_date=date(2020, 7, 1))
    make_membership(firm, make_cluster("new-materials"), from_date=date(2999, 1, 1))

    assert [link.label for link in FirmProfilePage.of(firm, "en").clusters] == ["Food drink"]


@pages
def test_a_page_leads_back_to_the_search_by_everything_that_firms_share() -> None:
    firm = make_firm(
        capabilities=["brewing"], offers=["training"], serves=["zeeland"], region=make_region("kent")
    )

    with translation.override("nl"):
        page = FirmProfilePage.of(firm, "nl")

    assert [
        link.url for link in (*page.sectors, *page.capabilities, *page.offers, *page.serves, *page.path)
    ] == [
        "/nl/firms/?sector=food-drink",
        "/nl/firms/?capability=brewing",
        "/nl/firms/?offers=training",
        "/nl/firms/?region=zeeland",
        "/nl/firms/?region=kent",
    ]


@pages
def test_the_latest_confirmation_counts() -> None:
    firm = make_firm(confirmed_at=datetime(2025, 1, 1, 12, tzinfo=UTC))
    firm.confirmations.create(at=datetime(2026, 2, 3, 12, tzinfo=UTC))

    assert FirmProfilePage.of(firm, "en").confirmed == date(2026, 2, 3)


@pages
def test_case_studies_in_the_visitors_language_come_first() -> None:
    firm = make_firm()
    firm.case_studies.set(
        [CaseStudy(language=code, title=code, text="…", sort_order=n) for n, code in enumerate(("en", "nl"))]
    )
    firm.save()

    assert [story.title for story in FirmProfilePage.of(firm, "nl").stories] == ["nl", "en"]


@pages
def test_websites_and_phones_are_written_as_people_and_phones_want_them() -> None:
    page = FirmProfilePage.of(make_firm(website="https://www.hops.example/", phone="+44 (0)1634 00 11"), "en")

    assert (page.website_name, page.dialled) == ("hops.example", "+4416340011")
