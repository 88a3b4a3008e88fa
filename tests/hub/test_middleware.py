"""Owns the proof of what the project does to every request, and of its pages for errors."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path
from django.utils import translation

from hub.site import urls as site_urls
from hub.site import views

pytestmark = pytest.mark.django_db


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("on purpose")


handler400, handler404, handler500 = site_urls.handler400, site_urls.handler404, site_urls.handler500
urlpatterns = [path("broken/", broken), *site_urls.urlpatterns]


@pytest.mark.parametrize(
    "address", ["/admin/no/such/", "/documents/9/none/", "/api/none/", "/static/none.css", "/media/none.png"]
)
def test_what_is_not_a_page_in_a_language_is_never_redirected_to_one(address: str, client: Client) -> None:
    answer = client.get(address)

    assert "/en/" not in answer.headers.get("Location", "")


def test_a_page_without_its_language_leads_to_the_one_of_the_browser(client: Client) -> None:
    answer = client.get("/firms/", headers={"accept-language": "nl-BE,nl;q=0.9"})

    assert answer.status_code == 302 and answer.headers["Location"] == "/nl/firms/"


def test_public_pages_carry_the_strict_policy_and_the_admin_does_not(client: Client) -> None:
    public = client.get("/en/no-such-page/")
    client.force_login(get_user_model().objects.create_superuser("admin"))
    admin = client.get("/admin/")

    policy = public.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert "Content-Security-Policy" not in admin.headers
    assert admin.status_code == 200


@pytest.mark.parametrize("language", ["en", "fr", "nl"])
def test_a_missing_page_says_so_in_the_language_of_its_address(language: str, client: Client) -> None:
    answer = client.get(f"/{language}/no-such-page/")

    assert answer.status_code == 404
    assert f'<html lang="{language}"' in answer.content.decode()
    assert f'href="/{language}/firms/"' in answer.content.decode()


def test_a_fault_of_ours_is_a_page_too(rf: RequestFactory) -> None:
    with override_settings(ROOT_URLCONF=__name__):
        answer = Client(raise_request_exception=False).get("/broken/")

    assert answer.status_code == 500
    assert "Something went wrong" in answer.content.decode()


def test_the_page_for_a_fault_asks_nothing_of_the_database(
    rf: RequestFactory, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        assert views.server_error(rf.get("/en/")).status_code == 500


def test_a_request_that_cannot_be_understood_is_a_page_too(rf: RequestFactory) -> None:
    answer = views.bad_request(rf.get("/en/"), ValueError("on purpose"))

    assert answer.status_code == 400 and "on purpose" not in answer.content.decode()


@pytest.mark.parametrize(("language", "said"), [("en", "not for everybody"), ("fr", "réservée")])
def test_a_page_for_others_says_so_in_the_readers_words(rf: RequestFactory, language: str, said: str) -> None:
    with translation.override(language):
        answer = views.permission_denied(rf.get(f"/{language}/"), PermissionDenied("on purpose"))

    page = answer.content.decode()
    assert (answer.status_code, said in page, "on purpose" in page) == (403, True, False)


def test_a_program_that_may_not_see_something_is_told_in_its_own_form(rf: RequestFactory) -> None:
    answer = views.permission_denied(rf.get("/api/hub/v1/x"), PermissionDenied())

    assert (answer.status_code, answer.headers["Content-Type"]) == (403, "application/problem+json")
