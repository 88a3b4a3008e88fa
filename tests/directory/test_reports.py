"""Owns the proof that the reports of what waits show each person their own pages and firms, and no others."""

from typing import Any

import pytest
from django.urls import reverse

from cluster_pages.actions.set_up_hub import keep_workflow_of_firms
from cluster_pages.models import HubSectionPage
from tests.cluster_pages.builders import below, make_site, provision
from tests.directory.builders import make_firm
from tests.directory.walls import browser_of, said_to
from tests.hub import people
from tests.once import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("waiting")]

REPORTS = ("workflow", "workflow_results", "workflow_tasks", "workflow_tasks_results")


def make_waiting() -> None:
    """In Kent and in Zeeland a page and a firm wait."""
    make_site(["home", "regions"])
    keep_workflow_of_firms()
    for region, name, editor in (("kent", "Kentish", "eve-dunn"), ("zeeland", "Zeeuws", "jan-ver")):
        hub, by = provision(region), people.make_editor(region, editor)
        things: list[Any] = [
            below(hub, HubSectionPage(title=f"{name} plan")),
            make_firm(f"{name} Bier", region=region, published=True),
        ]
        for thing in things:
            thing.save_revision(user=by)
            thing.get_workflow().start(thing, by)


waiting = made_once(make_waiting)


def report(person: Any, name: str, query: str = "") -> str:
    return said_to(browser_of(person), reverse(f"wagtailadmin_reports:{name}") + query)


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("query", ["", "?export=csv"])
def test_a_lead_reads_of_the_pages_and_firms_of_the_own_region_and_of_no_other(name: str, query: str) -> None:
    for make in (people.make_lead, people.make_deputy, people.make_editor):
        said = report(make("kent"), name, query)

        assert "Kentish plan" in said and "Kentish Bier" in said
        assert "Zeeuws" not in said and "Zeeland" not in said and "jan-ver" not in said


@pytest.mark.parametrize("name", REPORTS)
def test_a_coordinator_reads_of_all_and_a_cluster_lead_of_none(name: str) -> None:
    everything = report(people.make_coordinator(), name)
    nothing = report(people.make_cluster_lead(), name)

    assert all(f"{region} Bier" in everything for region in ("Kentish", "Zeeuws"))
    assert "Bier" not in nothing and "plan" not in nothing


def test_what_a_filter_asks_for_is_of_the_own_region_too() -> None:
    lead = people.make_lead("kent")

    assert "Kentish Bier" in report(lead, "workflow", "?reviewable=true")
    assert "Zeeuws" not in report(lead, "workflow", "?reviewable=true")
    assert "eve-dunn" in report(lead, "workflow")
