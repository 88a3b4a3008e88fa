"""Owns what visitors, and people who only have a log-in, get of every address: what the rules say."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client

from tests.access.addresses import Address, all_addresses
from tests.access.rule import Level
from tests.access.rules import RULES

pytestmark = pytest.mark.django_db

# Everybody who may enter the admin may ask for these; what they list goes by region (see the matrix).
WRITERS = "wagtailsnippetchoosers_"
REFUSED = {401, 403, 404, 405}


def addresses_for(level: Level) -> list[Address]:
    names = {rule.address for rule in RULES if rule.needs is level}
    return [each for each in all_addresses() if each.name in names]


def of_the_admin() -> list[Address]:
    open_to_all = addresses_for(Level.ANYBODY)
    return [each for each in all_addresses() if each.is_admin and each not in open_to_all]


def opened(browser: Client, address: Address) -> str:
    """What an address answered to somebody who may not see it; empty if it refused."""
    for answer in (browser.get(address.path), browser.post(address.path)):
        elsewhere = answer.headers.get("Location", "")
        if answer.status_code in REFUSED or (answer.status_code == 302 and _is_a_door(elsewhere)):
            continue
        return f"{address.name} {address.path}: {answer.status_code} {elsewhere}"
    return ""


def _is_a_door(path: str) -> bool:
    return "/account/log-in/" in path or path.startswith("/admin/login/") or path in ("/admin/", "/", "/en/")


def test_a_visitor_opens_no_page_about_a_log_in(client: Client) -> None:
    own = addresses_for(Level.SIGNED_IN)

    assert len(own) > 10
    assert list(filter(None, (opened(client, each) for each in own))) == []


def test_a_visitor_opens_no_address_of_the_admin(client: Client) -> None:
    assert list(filter(None, (opened(client, each) for each in of_the_admin()))) == []


def test_somebody_who_only_has_a_log_in_opens_no_address_of_the_admin(client: Client) -> None:
    client.force_login(get_user_model().objects.create_user("member"))

    assert list(filter(None, (opened(client, each) for each in of_the_admin()))) == []


def test_somebody_who_may_enter_the_admin_opens_nothing_of_ours(client: Client) -> None:
    editor = get_user_model().objects.create_user("editor")
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(editor)
    ours = [
        each
        for each in of_the_admin()
        if ("directory" in each.name or "hub_" in each.name) and not each.name.startswith(WRITERS)
    ]

    assert len(ours) > 50
    assert list(filter(None, (opened(client, each) for each in ours))) == []


def test_nothing_that_a_visitor_asks_for_breaks_the_site(client: Client) -> None:
    client.raise_request_exception = False
    # Without an index and a worker the site says that it is not ready, which is no breakage.
    asked = [each for each in all_addresses() if each.name != "readyz"]
    answers = {each.path: client.get(each.path).status_code for each in asked}

    assert {path: status for path, status in answers.items() if status >= 500} == {}
