"""Owns the tests of a firm's page in every state of the firm, of what is similar, and what machines read."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.actions.removing import RemoveFirmAction
from directory.actions.renaming import RenameFirmAction
from directory.models import Firm, GoneAddress
from directory.presenting import FirmProfilePage
from hub.actions import SYSTEM
from tests.directory.builders import NOW, make_contact, make_firm, make_region
from tests.directory.indexing import index_firms

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "fr", "nl")


def status(client: Client, slug: str = "hopshed") -> int:
    return client.get(f"/en/firms/{slug}/").status_code


def unpublish(firm: Firm) -> None:
    firm.unpublish()


def publish_without_what_it_does(firm: Firm) -> None:
    firm.sectors.clear()
    firm.save_revision().publish()


def erase(firm: Firm) -> None:
    RemoveFirmAction(firm=firm, actor=SYSTEM, now=NOW).run()


def delete(firm: Firm) -> None:
    firm.delete()


WAYS_OUT = (unpublish, publish_without_what_it_does, erase, delete)


@pytest.mark.parametrize("leave", WAYS_OUT)
def test_a_firm_that_was_listed_and_left_is_said_to_be_gone(
    client: Client, leave: Callable[[Firm], None]
) -> None:
    firm = make_firm("Hopshed", published=True)

    leave(firm)

    response = client.get("/en/firms/hopshed/")
    assert response.status_code == 410
    assert "no longer listed" in response.content.decode()


@pytest.mark.parametrize("below", ("write/", "write/thanks/", "propose/correct/", "propose/mine/"))
def test_what_was_asked_below_the_page_of_a_gone_firm_is_gone_with_it(client: Client, below: str) -> None:
    make_firm("Hopshed", published=True).unpublish()

    gone = client.get(f"/en/firms/hopshed/{below}")

    assert gone.status_code == 410 and "no longer listed" in gone.content.decode()
    assert client.get(f"/en/firms/never-there/{below}").status_code == 404


@pytest.mark.parametrize("leave", WAYS_OUT)
def test_nothing_of_a_firm_stands_where_it_was(client: Client, leave: Callable[[Firm], None]) -> None:
    firm = make_firm("Hopshed", town="Faversham", email="info@hops.example", published=True)
    make_contact(firm, name="Ada Public", is_name_public=True)

    leave(firm)

    html = client.get("/en/firms/hopshed/").content.decode()
    # The address asked for stands in the links to the other languages; the visitor typed it.
    shown = html.replace("/firms/hopshed/", "")
    assert not any(word in shown for word in ("Hopshed", "hopshed", "Faversham", "hops.example", "Ada"))


@pytest.mark.parametrize("leave", (unpublish, erase, delete))
def test_the_former_addresses_of_a_firm_are_gone_with_it(
    client: Client, leave: Callable[[Firm], None]
) -> None:
    firm = make_firm("Hopshed", published=True)
    RenameFirmAction(firm=firm, slug="hopshed-lane", actor=SYSTEM, now=NOW).run()

    leave(Firm.objects.get(pk=firm.pk))

    assert [status(client, slug) for slug in ("hopshed", "hopshed-lane")] == [410, 410]


def test_a_firm_that_comes_back_has_its_page_again(client: Client) -> None:
    firm = make_firm("Hopshed", published=True)
    firm.unpublish()

    firm.save_revision().publish()

    assert status(client) == 200


def test_a_draft_was_never_there(client: Client) -> None:
    draft = make_firm("Hopshed", live=False)
    assert status(client) == 404

    draft.delete()

    assert status(client) == 404


def test_a_firm_that_was_live_but_in_no_list_was_never_there(client: Client) -> None:
    make_firm("Hopshed", sectors=[], published=True).unpublish()

    assert status(client) == 404


def test_what_is_remembered_of_an_erased_firm_names_nobody() -> None:
    erase(make_firm("Hopshed", town="Faversham", published=True))

    (kept,) = GoneAddress.objects.values()

    assert kept["sectors"] == ["food-drink"]
    assert re.fullmatch(r"[0-9a-f]{64}", kept["fingerprint"])
    assert set(kept) == {"id", "fingerprint", "sectors"}


def test_a_new_secret_does_not_forget_who_is_gone(client: Client) -> None:
    with override_settings(SECRET_KEY="the one before"):
        delete(make_firm("Hopshed", published=True))
    assert status(client) == 404

    with override_settings(SECRET_KEY_FALLBACKS=["the one before"]):
        assert status(client) == 410


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_a_firm_was_others_of_its_sectors_are_shown(client: Client, language: str) -> None:
    delete(make_firm("Hopshed", published=True))
    make_firm("Brouwerij De Schuur", region="west-flanders")
    make_firm("Silent Gears", sectors=["mechatronics"])
    index_firms()

    html = client.get(f"/{language}/firms/hopshed/").content.decode()

    assert f'href="/{language}/firms/brouwerij-de-schuur/"' in html
    assert f'href="/{language}/firms/?sector=food-drink"' in html
    assert "Silent Gears" not in html


# What is similar across the border.


@pytest.fixture
def countries() -> None:
    make_region("kent", parent="united-kingdom")
    make_region("surrey", parent="united-kingdom")
    make_region("west-flanders", parent="belgium")
    make_region("zeeland", parent="netherlands")


def similar(firm: Firm, language: str = "en") -> list[tuple[str, list[str]]]:
    index_firms()
    shown = FirmProfilePage.of(Firm.objects.get(pk=firm.pk), language).similar
    return [("".join(segment.text for segment in each.card.name), list(each.reasons)) for each in shown]


@pytest.mark.usefixtures("countries")
def test_who_offers_what_the_firm_looks_for_comes_before_who_does_the_same_and_says_so() -> None:
    firm = make_firm("Hopshed", capabilities=["brewing", "packaging"], looks_for=["test-site"])
    make_firm("A Same Skill", region="zeeland", sectors=["mechatronics"], capabilities=["brewing"])
    make_firm(
        "B Test Hall", region="west-flanders", sectors=["mechatronics"], offers=["test-site", "funding"]
    )

    assert similar(firm) == [
        ("B Test Hall", ["Offers what this firm looks for: Test site"]),
        ("A Same Skill", ["Uses the same: Brewing"]),
    ]


@pytest.mark.usefixtures("countries")
def test_two_reasons_outweigh_one_so_that_a_common_wish_does_not_bury_the_same_trade() -> None:
    firm = make_firm("Hopshed", capabilities=["brewing"], looks_for=["research"])
    make_firm("A Test Hall", region="west-flanders", sectors=["mechatronics"], offers=["research"])
    make_firm("B Same Trade", region="zeeland", capabilities=["brewing"])

    assert [name for name, _reasons in similar(firm)] == ["B Same Trade", "A Test Hall"]


@pytest.mark.usefixtures("countries")
def test_who_looks_for_what_the_firm_offers_is_shown_too() -> None:
    firm = make_firm("Hopshed", offers=["training"])
    make_firm("Learners", region="zeeland", sectors=["mechatronics"], looks_for=["training"])

    assert similar(firm) == [("Learners", ["Looks for what this firm offers: Training and skills"])]


@pytest.mark.usefixtures("countries")
def test_firms_of_the_same_country_are_not_across_the_border() -> None:
    firm = make_firm("Hopshed")
    make_firm("Neighbour", region="kent")
    make_firm("Countryman", region="surrey")

    assert similar(firm) == []


@pytest.mark.usefixtures("countries")
def test_a_page_without_similar_firms_says_so(client: Client) -> None:
    make_firm("Hopshed")
    index_firms()

    assert "No firm in another country" in client.get("/en/firms/hopshed/").content.decode()


@pytest.mark.usefixtures("countries")
def test_what_is_similar_is_asked_in_two_statements(django_assert_max_num_queries: Any) -> None:
    firm = make_firm("Hopshed", texts={"en": "Ale."})
    bare = make_firm("Bare", sectors=[], texts={"en": "Ale."})
    for number in range(30):
        make_firm(f"Brouwerij {number}", region="zeeland")
    assert len(similar(firm)) == 4

    with django_assert_max_num_queries(14):
        FirmProfilePage.of(firm, "en")
    assert similar(bare) == []


REGIONS = {"kent": "united-kingdom", "west-flanders": "belgium", "zeeland": "netherlands"}
TERMS = ("food-drink", "mechatronics", "retail")
EXCHANGES = ("supply", "training", "test-site")


@st.composite
def firms(draw: st.DrawFn) -> list[dict[str, Any]]:
    some = st.lists(st.sampled_from(TERMS), max_size=2, unique=True)
    exchanges = st.lists(st.sampled_from(EXCHANGES), max_size=2, unique=True)
    one = st.fixed_dictionaries(
        {
            "region": st.sampled_from(sorted(REGIONS)),
            "sectors": some,
            "capabilities": some,
            "offers": exchanges,
            "looks_for": exchanges,
        }
    )
    return draw(st.lists(one, min_size=2, max_size=7))


def reasons_of(firm: dict[str, Any], other: dict[str, Any]) -> set[str]:
    """Why the other is shown beside the firm, by a loop over what both say."""
    pairs = {
        "offers": "looks_for",
        "looks_for": "offers",
        "capabilities": "capabilities",
        "sectors": "sectors",
    }
    return {name for name, mine in pairs.items() if set(other[name]) & set(firm[mine])}


PHRASES = {
    "offers": "Offers what this firm looks for",
    "looks_for": "Looks for what this firm offers",
    "capabilities": "Uses the same",
    "sectors": "In the same sector",
}


@pytest.mark.usefixtures("countries")
@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=firms())
def test_similar_firms_are_others_from_elsewhere_and_every_reason_is_true(
    asked: list[dict[str, Any]],
) -> None:
    Firm.objects.all().delete()
    made = [make_firm(f"Firm {n}", texts={"en": "Ale."}, **each) for n, each in enumerate(asked)]
    expected = {
        f"Firm {n}": {PHRASES[name] for name in reasons_of(asked[0], other)}
        for n, other in enumerate(asked)
        if n and other["region"] != asked[0]["region"] and reasons_of(asked[0], other)
    }

    shown = {name: {reason.split(":")[0] for reason in reasons} for name, reasons in similar(made[0])}

    assert len(shown) == min(4, len(expected))
    assert all(expected[name] == reasons for name, reasons in shown.items())
    assert similar(made[0]) == similar(made[0])


# What machines read.


def facts(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert found
    return dict(json.loads(found[1]))


def test_machines_are_told_what_everybody_may_know(client: Client) -> None:
    make_region("united-kingdom", scheme="iso3166", code="GB")
    firm = make_firm(
        "Hopshed",
        region=make_region("kent", parent="united-kingdom"),
        town="Faversham",
        website="https://hops.example/",
        email="info@hops.example",
        texts={"en": {"tagline": "Ales", "description": "We </script><b>brew</b> & bottle."}},
    )
    make_contact(firm, name="Ada Secret", is_email_public=True, email="ada@hops.example")

    told = facts(client.get("/en/firms/hopshed/").content.decode())

    assert told["@type"] == "Organization"
    assert told["url"] == "https://hops.example/"
    assert told["description"] == "We </script><b>brew</b> & bottle."
    assert told["address"] == {
        "@type": "PostalAddress",
        "addressLocality": "Faversham",
        "addressRegion": "Kent",
        "addressCountry": "GB",
    }
    assert told["mainEntityOfPage"] == "http://testserver/en/firms/hopshed/"
    assert "ada" not in json.dumps(told).lower()


@pytest.mark.parametrize(
    ("language", "label"),
    (
        ("en", "VAT or registration number"),
        ("fr", "Numéro de TVA ou d'immatriculation"),
        ("nl", "Btw- of inschrijvingsnummer"),
    ),
)
def test_the_number_that_everybody_may_know_stands_among_the_facts(
    client: Client, language: str, label: str
) -> None:
    make_firm("Hopshed", number="GB 980 7806 84", published=True)
    make_firm("Without", published=True)

    html = client.get(f"/{language}/firms/hopshed/").content.decode()

    assert f"{label}</dt><dd>GB 980 7806 84</dd>" in html.replace("&#x27;", "'").replace("&#39;", "'")
    assert label not in client.get(f"/{language}/firms/without/").content.decode()


def test_a_page_names_its_address_and_those_in_other_languages(client: Client) -> None:
    make_firm("Hopshed", texts={"fr": {"tagline": "Des bières"}})

    html = client.get("/fr/firms/hopshed/?utm_source=x").content.decode()

    assert '<link rel="canonical" href="http://testserver/fr/firms/hopshed/">' in html
    assert '<link rel="alternate" hreflang="nl" href="http://testserver/nl/firms/hopshed/">' in html
    assert '<link rel="alternate" hreflang="x-default" href="http://testserver/en/firms/hopshed/">' in html
    assert '<meta property="og:title" content="Hopshed">' in html
    assert '<meta name="description" content="Des bières">' in html
