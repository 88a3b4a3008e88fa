"""Owns the proof that whoever is turned away from a thing in the admin leaves a line in the log."""

import html
import logging

import pytest
from django.test import Client
from django.urls import reverse

from tests.cluster_pages.builders import make_page
from tests.directory.admin import url
from tests.directory.builders import make_firm
from tests.hub.people import make_editor, make_lead, make_user
from tests.hub.stewards import speak

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> pytest.LogCaptureFixture:
    monkeypatch.setattr(logging.getLogger("hub"), "propagate", True)
    caplog.set_level(logging.INFO, logger="hub.refused")
    return caplog


def refusals(lines: pytest.LogCaptureFixture) -> list[str]:
    return [vars(line)["action"] for line in lines.records if line.name == "hub.refused"]


def test_a_page_of_another_region_leaves_a_line_that_says_where_and_not_who(
    client: Client, lines: pytest.LogCaptureFixture
) -> None:
    page = make_page("Not hers")
    client.force_login(make_editor())

    client.get(f"/admin/pages/{page.pk}/edit/")

    assert refusals(lines) == ["wagtailadmin_pages:edit"]
    assert "Not hers" not in str([vars(line) for line in lines.records if line.name == "hub.refused"])


def test_what_is_not_there_for_her_leaves_a_line_too(client: Client, lines: pytest.LogCaptureFixture) -> None:
    client.force_login(make_editor())

    client.get("/admin/pages/999/edit/")

    assert refusals(lines) == ["wagtailadmin_pages:edit"]


def test_what_she_may_see_leaves_none(client: Client, lines: pytest.LogCaptureFixture) -> None:
    client.force_login(make_editor())

    client.get("/admin/")

    assert refusals(lines) == []


def test_a_visitor_who_is_asked_to_log_in_is_not_refused(
    client: Client, lines: pytest.LogCaptureFixture
) -> None:
    client.get("/admin/pages/1/edit/")

    assert refusals(lines) == []


def test_somebody_with_a_log_in_and_no_role_leaves_a_line(
    client: Client, lines: pytest.LogCaptureFixture
) -> None:
    client.force_login(make_user())

    client.get("/admin/pages/1/edit/")

    assert refusals(lines) == ["wagtailadmin_pages:edit"]


# The guard of a viewset, a screen of ours, the chooser: whoever of us says no, it is one line.
@pytest.mark.parametrize("screen", ["edit", "rename"])
def test_what_our_own_walls_refuse_leaves_one_line(
    screen: str, client: Client, lines: pytest.LogCaptureFixture
) -> None:
    firm = make_firm(region="west-flanders")
    client.force_login(make_lead("kent"))

    client.get(url(screen, firm.pk))

    assert refusals(lines) == [f"wagtailsnippets_directory_firm:{screen}"]


@pytest.mark.parametrize("name", ["wagtailsnippets_directory_firm:export", "hub_people", "hub_appoint"])
def test_a_screen_that_is_about_no_thing_leaves_one_line_too(
    name: str, client: Client, lines: pytest.LogCaptureFixture
) -> None:
    client.force_login(make_editor())

    client.get(reverse(name))

    assert refusals(lines) == [name]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "belongs to another region"),
        ("fr", "relève d’une autre région"),
        ("nl", "van een andere regio"),
    ],
)
def test_a_refusal_is_said_in_plain_words_in_the_reader_s_language(
    client: Client, language: str, said: str
) -> None:
    page = make_page("Not hers")
    client.force_login(speak(make_editor(), language))

    seen = html.unescape(client.get(f"/admin/pages/{page.pk}/edit/", follow=True).content.decode())

    assert said in seen and "Not hers" not in seen


def test_whoever_holds_no_role_any_more_reads_that_nothing_was_changed(client: Client) -> None:
    page = make_page("Not hers")
    client.force_login(make_user())

    answer = client.post(f"/admin/pages/{page.pk}/edit/", {"title": "Mine"}, follow=True)

    assert "Your role here has ended" in answer.content.decode()


@pytest.mark.parametrize(("language", "said"), [("fr", "Erreur 404"), ("nl", "De pagina kon niet")])
def test_what_is_not_there_says_so_in_the_reader_s_language(client: Client, language: str, said: str) -> None:
    client.force_login(speak(make_editor(), language))

    # The browser may well be somebody else's.
    shown = client.get("/admin/pages/999/edit/", headers={"accept-language": "en"}).content.decode()

    assert said in html.unescape(shown)
