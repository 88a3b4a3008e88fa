"""Owns the tests of the API as such: reading only, problems, ETags, origins, clusters, regions, docs."""

import re
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import path

from hub.site import urls as site_urls
from tests.directory.builders import NOW, load_regions, make_cluster

pytestmark = pytest.mark.django_db

API = "/api/hub/v1/"


def broken(request: HttpRequest) -> None:
    raise RuntimeError("on purpose")


handler404, handler500 = site_urls.handler404, site_urls.handler500
urlpatterns = [path("api/broken/", broken), *site_urls.urlpatterns]


def problem(response: Any) -> dict[str, Any]:
    """What a refusal says, once its form is right."""
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    told = dict(response.json())
    assert told["status"] == response.status_code
    assert told["type"] == "about:blank" and told["title"] and told["detail"]
    return told


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("address", ["clusters/", "openapi.json", "docs/", "no/such/"])
def test_nothing_can_be_changed_through_the_api(client: Client, method: str, address: str) -> None:
    response = client.generic(method, API + address)

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert method in problem(response)["detail"]


@pytest.mark.parametrize(
    "address", [f"{API}nothing/", f"{API}firms/a/b/c/", "/api/none/", "/api/hub/v2/firms/"]
)
def test_where_nothing_is_a_program_hears_so_and_is_sent_nowhere(client: Client, address: str) -> None:
    response = client.get(address, headers={"accept-language": "fr"})

    assert response.status_code == 404
    assert problem(response)["title"] == "Not Found"


def test_an_address_without_its_last_slash_leads_to_the_one_with_it(client: Client) -> None:
    response = client.get(f"{API}clusters?x=1")

    assert (response.status_code, response["Location"]) == (301, f"{API}clusters/?x=1")


def test_a_fault_of_ours_is_a_problem_without_details(client: Client) -> None:
    with override_settings(ROOT_URLCONF=__name__):
        response = Client(raise_request_exception=False).get("/api/broken/")

    assert response.status_code == 500
    assert "on purpose" not in str(problem(response))


def test_an_answer_that_is_known_is_not_sent_again(client: Client) -> None:
    make_cluster("food-drink")
    first = client.get(f"{API}clusters/")

    again = client.get(f"{API}clusters/", headers={"if-none-match": first["ETag"]})

    assert re.fullmatch(r'"[0-9a-f]{32}"', first["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Cache-Control"] == first["Cache-Control"] == "public, max-age=60"


def test_an_answer_that_has_changed_is_sent_again(client: Client) -> None:
    cluster = make_cluster("food-drink")
    first = client.get(f"{API}clusters/")
    cluster.brand = "Foodies"
    cluster.save()

    again = client.get(f"{API}clusters/", headers={"if-none-match": first["ETag"]})

    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]


def test_the_head_of_an_answer_can_be_asked_for(client: Client) -> None:
    head, whole = client.head(f"{API}clusters/"), client.get(f"{API}clusters/")

    assert (head.status_code, head.content, head["ETag"]) == (200, b"", whole["ETag"])


def test_pages_of_any_origin_may_read_but_never_with_cookies(client: Client) -> None:
    asked = {"origin": "https://partner.example"}
    response = client.get(f"{API}clusters/", headers=asked)
    preflight = client.options(f"{API}clusters/", headers=asked | {"access-control-request-method": "DELETE"})

    assert response["Access-Control-Allow-Origin"] == "*"
    assert "etag" in response["Access-Control-Expose-Headers"].lower()
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert "DELETE" not in preflight["Access-Control-Allow-Methods"]
    assert not response.cookies and not preflight.cookies


def test_a_refusal_may_be_read_by_pages_of_any_origin_too(client: Client) -> None:
    response = client.get(f"{API}nothing/", headers={"origin": "https://partner.example"})

    assert response["Access-Control-Allow-Origin"] == "*"


def test_only_the_api_is_open_to_other_origins(client: Client) -> None:
    response = client.get("/en/firms/", headers={"origin": "https://partner.example"})

    assert "Access-Control-Allow-Origin" not in response.headers


def test_a_cluster_tells_its_story_in_three_languages(client: Client) -> None:
    cluster = make_cluster("mechatronics", name_fr="Mécatronique", purpose_nl="Samen.", state="winding-down")
    cluster.changes.create(state="active", date=NOW.date().replace(year=2018))
    cluster.changes.create(state="winding-down", date=NOW.date(), note_en="Firms use it, and are not in it.")

    (told,) = client.get(f"{API}clusters/").json()

    assert told["name"] == {"en": "Mechatronics", "fr": "Mécatronique", "nl": "Mechatronics"}
    assert told["purpose"] == {"en": "", "fr": "", "nl": "Samen."}
    assert told["state"] == "winding-down"
    assert [(each["state"], each["date"]) for each in told["changes"]] == [
        ("active", "2018-11-24"),
        ("winding-down", "2026-11-24"),
    ]
    assert told["changes"][1]["note"]["en"] == "Firms use it, and are not in it."


def test_regions_are_a_tree_with_codes(client: Client) -> None:
    load_regions()

    told = client.get(f"{API}regions/").json()

    seen: set[str] = set()
    for region in told:
        assert region["parent"] is None or region["parent"] in seen
        seen.add(region["slug"])
    kent = next(region for region in told if region["slug"] == "kent")
    assert (kent["code"], kent["scheme"], kent["is_partner"]) == ("UKJ4", "nuts2016", True)
    assert kent["depth"] == 3


@pytest.mark.parametrize("number", [1, 10])
def test_clusters_and_regions_ask_the_database_as_often_for_many_as_for_one(
    client: Client, number: int, django_assert_num_queries: Any
) -> None:
    for each in range(number):
        make_cluster(f"cluster-{each}").changes.create(state="active", date=NOW.date())

    with django_assert_num_queries(2):
        client.get(f"{API}clusters/")
    with django_assert_num_queries(1):
        client.get(f"{API}regions/")


def test_the_docs_page_names_every_address_and_runs_and_fetches_nothing(client: Client) -> None:
    response = client.get(f"{API}docs/", headers={"accept-language": "fr"})
    html = response.content.decode()

    assert '<html lang="en">' in html
    assert all(f"<code>GET {API}{name}</code>" in html for name in ("firms/", "regions/", "firms/{slug}/"))
    assert "<script" not in html and "style=" not in html
    assert not re.search(r'(?:src|href)="(?:https?:)?//', html)
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert client.get(API)["Location"] == f"{API}docs/"
