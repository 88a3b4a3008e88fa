"""Owns the proof that everybody's home shows their own work, and nothing of other regions."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hub.home import SHOWN
from hub.models import RegionalHub
from tests.counting import asked_by
from tests.directory.builders import NOW
from tests.hub.people import (
    make_coordinator,
    make_editor,
    make_ended_lead,
    make_hub,
    make_lead,
    make_user,
)
from tests.hub.stewards import make_change, make_proposal, speak

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def home(client: Client, person: Any) -> str:
    client.force_login(person)
    return client.get(reverse("wagtailadmin_home")).content.decode()


def test_a_lead_sees_what_waits_in_the_own_region_since_when_and_with_whom(client: Client) -> None:
    lead = make_lead("kent", "ada-kent")
    make_change("kent", title="Kent's page", by=make_editor("kent", "eva-editor"))
    make_proposal("kent", name="Kent's firm", at=NOW - timedelta(days=5))
    make_change("zeeland", title="Zeeland's page"), make_proposal("zeeland", name="Zeeland's firm")

    seen = home(client, lead)

    assert all(each in seen for each in ("Kent&#x27;s page", "Kent&#x27;s firm", "Eva Editor", "for 5 days"))
    assert "Zeeland" not in seen


def test_of_many_things_home_shows_the_oldest_and_leads_to_all_of_them(client: Client) -> None:
    lead = make_lead("kent")
    for number in range(SHOWN + 3):
        make_proposal("kent", name=f"Firm no. {number:02}", at=NOW - timedelta(days=60 - number))

    seen = home(client, lead)
    assert f"See all {SHOWN + 3} that wait" in seen and 'href="?waits=all"' in seen
    assert "Firm no. 00" in seen and f"Firm no. {SHOWN - 1}" in seen and f"Firm no. {SHOWN}" not in seen

    everything = client.get(f"{reverse('wagtailadmin_home')}?waits=all").content.decode()
    assert all(f"Firm no. {number:02}" in everything for number in range(SHOWN + 3))
    assert "See all" not in everything


def test_where_everything_is_shown_nothing_leads_on(client: Client) -> None:
    lead = make_lead("kent")
    for _each in range(SHOWN):
        make_proposal("kent")

    assert "that wait" not in home(client, lead)


@pytest.mark.parametrize(("language", "said"), [("fr", "Voir les 23"), ("nl", "Bekijk alle 23")])
def test_what_leads_to_all_that_waits_speaks_the_reader_s_language(
    client: Client, language: str, said: str
) -> None:
    lead = speak(make_lead("kent"), language)
    for _each in range(23):
        make_proposal("kent")

    assert said in home(client, lead)


def test_what_leads_to_all_that_waits_shows_nothing_of_other_regions(client: Client) -> None:
    lead = make_lead("kent")
    for _each in range(SHOWN + 3):
        make_proposal("zeeland", name="Zeeland's firm")
    make_proposal("kent")
    client.force_login(lead)

    everything = client.get(f"{reverse('wagtailadmin_home')}?waits=all").content.decode()

    assert "Zeeland" not in everything and "See all" not in home(client, lead)


def test_a_coordinator_is_led_to_all_people(client: Client) -> None:
    make_hub("artois")
    seen = home(client, make_coordinator())

    assert "See all people" in seen and f'href="{reverse("hub_people")}"' in seen


def test_a_lead_with_nothing_to_do_reads_a_kind_word_in_her_language(client: Client) -> None:
    lead = speak(make_lead("kent", "marie-petit"), "fr")

    assert "Rien ne vous attend, Marie. Bonne journée." in home(client, lead)


def test_a_review_has_a_button_that_says_still_right_and_stands_out_when_it_is_due(client: Client) -> None:
    lead, hub = make_lead("kent"), make_hub("kent")
    url = reverse("cluster_pages_review_hub", args=[hub.pk])
    assert f'button-secondary" href="{url}"' in home(client, lead)
    RegionalHub.objects.filter(pk=hub.pk).update(review_due_date=date(2026, 11, 1))

    assert f'button-small" href="{url}"' in home(client, lead)
    client.post(url)

    hub.refresh_from_db()
    assert hub.review_due_date > date(2027, 4, 1) and hub.reviews.get().by == lead


@pytest.mark.parametrize("make", [lambda: make_lead("zeeland"), lambda: make_editor("kent"), make_ended_lead])
def test_nobody_else_says_that_a_hub_is_still_right(client: Client, make: Any) -> None:
    hub = make_hub("kent")
    client.force_login(make())

    client.post(reverse("cluster_pages_review_hub", args=[hub.pk]))

    assert not hub.reviews.exists()


def test_an_editor_sees_who_has_a_change_since_when(client: Client) -> None:
    make_lead("kent", "ada-kent")
    editor = make_editor("kent")
    make_change("kent", title="Our team", by=editor)

    seen = home(client, editor)

    assert "Our team" in seen and "With Ada Kent since 24 November 2026." in seen


def test_an_editor_reads_why_a_change_came_back(client: Client) -> None:
    lead, editor = make_lead("kent"), make_editor("kent")
    make_change("kent", by=editor).current_task_state.reject(user=lead, comment="Please name the <source>.")

    seen = home(client, editor)

    assert "Please name the &lt;source&gt;." in seen and "Came back on" in seen


def test_a_change_of_somebody_else_is_not_among_ones_own(client: Client) -> None:
    editor = make_editor("kent")
    make_change("zeeland", title="Zeeland's page", by=make_editor("zeeland"))

    assert "Zeeland" not in home(client, editor)


def test_a_coordinator_sees_where_nobody_leads_who_leaves_and_what_waits_too_long(client: Client) -> None:
    make_hub("artois")
    make_lead("kent", "lou-leaving", to_date=date(2026, 12, 1))
    make_lead("zeeland", "ina-inactive")
    make_proposal("zeeland", at=NOW - timedelta(days=9))

    seen = home(client, make_coordinator())

    assert "Nobody leads Artois." in seen
    assert "The term of Lou Leaving (Kent) ends on 1 December 2026." in seen
    assert "Ina Inactive (Zeeland) has not logged in for 60 days." in seen
    assert "Waits too long in" in seen


def test_somebody_without_a_role_sees_nothing_of_it(client: Client) -> None:
    make_proposal("kent", name="Kent's firm")

    assert "Kent" not in home(client, make_user())


def test_home_asks_as_often_for_many_things_as_for_few(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    lead = make_lead("kent")
    for _each in range(3):
        make_proposal("kent")
    home(client, lead)
    few = asked_by(lambda: home(client, lead))
    for _each in range(15):
        make_proposal("kent")

    with django_assert_max_num_queries(few):
        home(client, lead)
