"""Owns the proof that no entry of a menu leads to a refusal, whatever somebody's role is."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.menu import MenuItem, SubmenuMenuItem, admin_menu

from cluster_pages.actions.provision_region import ProvisionRoleRightsAction
from hub.actions import SYSTEM
from tests.cluster_pages.builders import make_site, provision
from tests.directory.builders import make_firm
from tests.hub import people
from tests.once import made_once

pytestmark = pytest.mark.django_db
ROLES = [
    people.make_editor,
    people.make_lead,
    people.make_deputy,
    people.make_cluster_lead,
    people.make_communicator,
    people.make_coordinator,
    people.make_administrator,
]


def entries(client: Client, person: Any) -> Iterator[tuple[str, str]]:
    """Every entry of the menus that a person sees, with its address."""
    request = RequestFactory().get(reverse("wagtailadmin_home"))
    request.user = person
    request.session = client.session

    def walk(items: list[MenuItem]) -> Iterator[tuple[str, str]]:
        for each in items:
            if isinstance(each, SubmenuMenuItem):
                yield from walk(each.menu.menu_items_for_request(request))
            elif each.url and each.url.startswith("/"):
                yield str(each.label), str(each.url)

    yield from walk(admin_menu.menu_items_for_request(request))


def make_things() -> None:
    make_site(["home", "regions", "clusters", "cluster_food-drink"])
    provision("kent")
    make_firm(region="kent")


made_things = made_once(make_things)


@pytest.mark.usefixtures("made_things")
@pytest.mark.parametrize("make", ROLES)
def test_no_entry_of_a_menu_leads_to_a_refusal(client: Client, make: Any) -> None:
    person = make()
    ProvisionRoleRightsAction(actor=SYSTEM, now=timezone.now()).run()
    client.force_login(person)

    shown = dict(entries(client, person))

    # Events and news, for the communications team, are still to come.
    assert "Pages" in shown or make is people.make_communicator
    assert {label: answer for label, url in shown.items() if (answer := _refusal(client, url))} == {}


def _refusal(client: Client, url: str) -> str:
    answer = client.get(url, follow=True)
    at = answer.request["PATH_INFO"]
    is_home = at == reverse("wagtailadmin_home") != url
    return f"{url}: {answer.status_code} {at}" if answer.status_code != 200 or is_home else ""
