"""Owns the tests of what the API tells of the register: its firms as on the page, and its vocabularies."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from directory.actions.renaming import RenameFirmAction
from directory.api.parameters import known_names
from directory.models import CaseStudy
from directory.models.firm import FIRMS
from directory.search import FirmSearch
from hub.actions import SYSTEM
from search import registry
from tests.counting import queries_of
from tests.directory.builders import (
    NOW,
    make_capability,
    make_contact,
    make_firm,
    make_membership,
    make_region,
    make_sector,
)
from tests.directory.indexing import index_firms, make_many

pytestmark = pytest.mark.django_db

FIRMS_URL = "/api/hub/v1/firms/"


def asked(client: Client, status: int = 200, **parameters: Any) -> dict[str, Any]:
    response = client.get(f"{FIRMS_URL}?{urlencode(parameters, doseq=True)}")
    assert response.status_code == status, response.content
    return dict(response.json())


def names(told: dict[str, Any]) -> list[str]:
    return [firm["name"] for firm in told["firms"]]


@pytest.fixture
def brewers() -> None:
    make_region("west-flanders", parent="belgium", name_fr="Flandre-Occidentale")
    make_firm(
        "Hopshed Lane",
        town="Faversham",
        capabilities=["brewing"],
        texts={"en": {"tagline": "Ales", "description": "We brew a red ale."}, "fr": "Bière rousse."},
        confirmed_at=NOW,
    )
    make_firm("Brouwerij De Schuur", region="west-flanders", capabilities=["brewing"], offers=["training"])
    make_firm("Silent Gears", sectors=["mechatronics"], kind="network")
    index_firms()


@pytest.mark.usefixtures("brewers")
def test_a_search_answers_as_the_page_does(client: Client) -> None:
    told = asked(client, capability="brewing", sort="name")

    assert names(told) == ["Brouwerij De Schuur", "Hopshed Lane"]
    assert (told["total"], told["page"], told["pages"]) == (2, 1, 1)
    assert told["sentence"] == "2 firms that use brewing"
    assert told["url"] == "http://testserver/en/firms/?capability=brewing&sort=name"


@pytest.mark.usefixtures("brewers")
def test_a_firm_in_a_list_is_told_in_every_language_it_speaks(client: Client) -> None:
    (told,) = asked(client, q="rousse")["firms"]

    assert told["slug"] == "hopshed-lane"
    assert told["region"] == {"slug": "kent", "name": {"en": "Kent", "fr": "Kent", "nl": "Kent"}}
    assert told["texts"]["en"]["tagline"] == "Ales"
    assert told["texts"]["fr"]["description"] == "Bière rousse."
    assert told["confirmed"] == "2026-11-24"
    assert told["found_in"] == ["text"] and told["score"] > 0
    assert told["api_url"] == "http://testserver/api/hub/v1/firms/hopshed-lane/"


@pytest.mark.usefixtures("brewers")
def test_every_facet_is_counted_with_its_own_selection_left_aside(client: Client) -> None:
    facets = {each["name"]: each for each in asked(client, kind="sme", sector="food-drink")["facets"]}

    counts = {value["value"]: value["count"] for value in facets["kind"]["values"]}
    chosen = {value["value"] for value in facets["kind"]["values"] if value["is_chosen"]}
    assert (counts, chosen) == ({"sme": 2}, {"sme"})
    assert {value["value"]: value["parent"] for value in facets["region"]["values"]} == {
        "kent": None,
        "belgium": None,
        "west-flanders": "belgium",
    }
    assert [facet.name for facet in FirmSearch.facets if not facet.hidden] == list(facets)


@pytest.mark.usefixtures("brewers")
def test_labels_and_pages_are_in_the_language_asked_for(client: Client) -> None:
    told = asked(client, region="belgium", lang="fr")

    assert told["url"] == "http://testserver/fr/firms/?region=belgium"
    assert told["firms"][0]["url"] == "http://testserver/fr/firms/brouwerij-de-schuur/"
    regions = next(facet for facet in told["facets"] if facet["name"] == "region")
    assert regions["label"] == "Région"
    assert "Flandre-Occidentale" in {value["label"] for value in regions["values"]}


@pytest.mark.usefixtures("brewers")
def test_other_words_are_offered_where_little_is_found(client: Client) -> None:
    assert asked(client, q="hopshet")["corrected"] == "hopshed"
    assert asked(client, q="hopshed")["corrected"] == ""


def test_pages_lead_to_each_other_and_keep_what_was_asked(client: Client) -> None:
    make_many(45)
    index_firms()

    second = asked(client, kind="sme", page=2, lang="nl")

    assert second["next"] == f"http://testserver{FIRMS_URL}?kind=sme&page=3&lang=nl"
    assert second["previous"] == f"http://testserver{FIRMS_URL}?kind=sme&lang=nl"
    seen: list[str] = []
    url: str | None = FIRMS_URL
    while url:
        told = client.get(url).json()
        seen += names(told)
        url = told["next"]
    assert len(seen) == len(set(seen)) == 45


def test_a_page_after_the_last_is_empty_and_no_error(client: Client) -> None:
    make_many(3)
    index_firms()

    told = asked(client, page=9)

    assert (told["total"], told["firms"], told["next"], told["previous"]) == (3, [], None, None)


def test_a_register_that_was_never_indexed_has_no_firms(client: Client) -> None:
    assert asked(client)["total"] == 0


def test_the_parameters_are_the_facets_that_the_register_declares() -> None:
    names_of_facets = {facet.name for facet in FirmSearch.facets}

    assert known_names(registry.get(FIRMS)) == names_of_facets | {"q", "sort", "page", "lang"}


HOSTILE = (
    {"page": "0"},
    {"page": "501"},
    {"page": "1e9"},
    {"page": "9" * 5_000},
    {"q": "a" * 257},
    {"q": "a " * 17},
    {"sort": "random"},
    {"lang": "de"},
    {"serves": "yes"},
    {"sectr": "food-drink"},
    {"kind": ["x"] * 101},
    {"sector": "x" * 300},
    {"facet": "\x00"},
)


@pytest.mark.parametrize("parameters", HOSTILE, ids=str)
def test_what_cannot_be_asked_is_refused_with_a_reason(client: Client, parameters: dict[str, Any]) -> None:
    response = client.get(f"{FIRMS_URL}?{urlencode(parameters, doseq=True)}")

    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["detail"].endswith(".")


@pytest.mark.parametrize(
    "query",
    [
        "q=%00%ff%fe",
        "q=%22",
        "q=-",
        "q=%ED%A0%80",
        "q=<script>alert(1)</script>",
        "sector=%00",
        "region=%27%3B+DROP+TABLE",
        "sector=&kind=",
        "q=a&q=b",
    ],
)
def test_strange_characters_break_nothing(client: Client, query: str) -> None:
    make_many(2)
    index_firms()

    assert client.get(f"{FIRMS_URL}?{query}").status_code == 200


def test_a_reason_is_in_plain_words(client: Client) -> None:
    assert "There is no parameter of this name: sectr." in asked(client, 422, sectr="a")["detail"]
    assert "16 words" in asked(client, 422, q="a " * 17)["detail"]
    assert asked(client, 422, page=0)["errors"] == [
        {"parameter": "page", "detail": "Input should be greater than or equal to 1"}
    ]


# One firm.


def firm(client: Client, slug: str, **parameters: str) -> dict[str, Any]:
    return dict(client.get(f"{FIRMS_URL}{slug}/", parameters).json())


def test_everything_public_of_a_firm_is_told(client: Client) -> None:
    made = make_firm(
        "Hopshed Lane",
        region=make_region("kent", parent="united-kingdom"),
        serves=["zeeland"],
        capabilities=["brewing"],
        clusters=["food-drink"],
        texts={"en": {"tagline": "Ales"}, "fr": "Bière."},
        website="https://hops.example/",
        email="info@hops.example",
        number="",
        founded=2007,
        size="small",
        languages=["en", "fr"],
        offers=["training"],
        looks_for=["test-site"],
        confirmed_at=NOW,
    )
    made.case_studies.set([CaseStudy(language="fr", title="Une bière", text="À deux.")])
    made.save()
    make_membership(made, "mechatronics", to_date=NOW.date().replace(year=2020))

    told = firm(client, "hopshed-lane", lang="nl")

    assert [each["slug"] for each in told["region"]] == ["united-kingdom", "kent"]
    assert [each["slug"] for each in told["serves"]] == ["zeeland"]
    assert [each["slug"] for each in told["clusters"]] == ["food-drink"]
    assert told["sectors"] == [
        {"slug": "food-drink", "label": {"en": "Food drink", "fr": "Food drink", "nl": "Food drink"}}
    ]
    assert told["texts"].keys() == {"en", "fr"}
    assert told["case_studies"] == [{"language": "fr", "title": "Une bière", "text": "À deux."}]
    assert (told["founded"], told["size"], told["languages"]) == (2007, "small", ["en", "fr"])
    assert (told["offers"], told["looks_for"]) == (["training"], ["test-site"])
    assert told["confirmed"] == "2026-11-24"
    assert told["url"] == "http://testserver/nl/firms/hopshed-lane/"


def test_of_a_person_only_what_is_public_is_told(client: Client) -> None:
    made = make_firm("Hopshed")
    make_contact(made, name="Ada Secret", email="ada@secret.example")
    make_contact(made, name="Ben Known", role="Sales", is_name_public=True, email="ben@secret.example")
    make_contact(made, name="Cas Hidden", role="Boss", email="cas@known.example", is_email_public=True)

    assert firm(client, "hopshed")["people"] == [
        {"name": "Ben Known", "role": "Sales", "email": "", "phone": ""},
        {"name": "", "role": "", "email": "cas@known.example", "phone": ""},
    ]


def test_a_firm_that_moved_is_gone_or_never_was(client: Client) -> None:
    RenameFirmAction(firm=make_firm("New", slug="old"), slug="new", actor=SYSTEM, now=NOW).run()
    make_firm("Left", published=True).unpublish()
    make_firm("Draft", live=False)

    moved = client.get(f"{FIRMS_URL}old/?lang=fr")
    refused = [client.get(f"{FIRMS_URL}{slug}/") for slug in ("left", "draft", "never-there")]

    assert (moved.status_code, moved["Location"]) == (301, f"{FIRMS_URL}new/?lang=fr")
    assert [response.status_code for response in refused] == [410, 404, 404]
    assert all(response["Content-Type"] == "application/problem+json" for response in refused)


# Both vocabularies.


def test_terms_come_with_other_words_and_the_number_of_their_firms(client: Client) -> None:
    make_sector("food-drink", name_nl="Voeding", also_nl=["eten en drinken"])
    make_capability("brewing", also_en=["beer"])
    make_firm("Hopshed", capabilities=["brewing"])
    index_firms()

    (sector,) = client.get("/api/hub/v1/sectors/?lang=nl").json()
    (capability,) = client.get("/api/hub/v1/capabilities/").json()

    assert sector["label"]["nl"] == "Voeding"
    assert sector["also"] == {"en": [], "fr": [], "nl": ["eten en drinken"]}
    assert (sector["firms"], sector["url"]) == (1, "http://testserver/nl/firms/?sector=food-drink")
    assert (capability["slug"], capability["also"]["en"]) == ("brewing", ["beer"])


# How often the database is asked.


def test_a_list_asks_two_statements_however_many_firms_there_are(client: Client) -> None:
    paths = [f"{FIRMS_URL}?sort=name", f"{FIRMS_URL}?q=firm&kind=sme", f"{FIRMS_URL}?region=kent&serves=1"]
    make_many(5)
    index_firms()
    few = [queries_of(client, path) for path in paths]
    make_many(95, named="Another")
    index_firms()

    assert [queries_of(client, path) for path in paths] == few == [2, 2, 2]


def test_a_rich_firm_asks_as_often_as_a_bare_one(client: Client) -> None:
    make_firm(
        "Bare", serves=["zeeland"], capabilities=["brewing"], clusters=["food-drink"], texts={"en": "Ale."}
    )
    rich = make_firm(
        "Rich",
        sectors=["food-drink", "retail"],
        capabilities=["brewing", "packaging"],
        serves=["zeeland", "kent"],
        clusters=["food-drink", "mechatronics"],
        texts={"en": "Ale.", "fr": "Bière.", "nl": "Bier."},
    )
    for number in range(5):
        make_contact(rich, name=f"Person {number}", is_name_public=True)

    assert queries_of(client, f"{FIRMS_URL}rich/") == queries_of(client, f"{FIRMS_URL}bare/") <= 11
