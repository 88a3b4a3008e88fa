"""Owns who may see what: every address of the site is for anybody or for administrators."""

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client

from tests.access.addresses import Address, all_addresses

pytestmark = pytest.mark.django_db

# The public site. Everything else below /admin/ is for administrators; nothing is in between yet.
ANYBODY = {
    "healthz",
    "readyz",
    "home",
    "robots",
    "sitemap_index",
    "sitemap",
    "cluster_pages:page",
    "cluster_pages:search",
    "cluster_pages:contact",
    "cluster_pages:contacted",
    "hub-api:api-root",
    "hub-api:openapi-json",
    "hub-api:docs",
    "hub-api:firms",
    "hub-api:firm",
    "hub-api:sector_list",
    "hub-api:capability_list",
    "hub-api:cluster_list",
    "hub-api:region_list",
    "hub-api:nothing-here",
    "directory:firms",
    "directory:suggest",
    "directory:export",
    "directory:firm",
    "directory:write",
    "directory:written",
    "directory:propose",
    "directory:proposal_status",
    "directory:list_firm",
    "directory:join",
    "directory:tell_more",
    "directory:your_firm",
    "directory:remove_firm",
    "directory:still_right",
    "hub_invitation",
    "wagtail_serve",
    "wagtailcore_login",
    "wagtailcore_authenticate_with_password",
    "wagtaildocs_serve",
    "wagtaildocs_authenticate_with_password",
}
# How somebody gets in, and what the log-in page itself is made of.
DOOR = {
    "account_login",
    "account_logout",
    "account_confirm_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_trust",
    "closed_admin_login",
    "closed_admin_reset",
    "closed_page_login",
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_done",
    "wagtailadmin_password_reset_confirm",
    "wagtailadmin_password_reset_complete",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_sprite",
}
# Whoever is logged in looks after the own log-in, and sees nothing of others (tests/accounts).
OWN = {
    "mfa_index",
    "account_change_password",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_add_webauthn",
    "mfa_edit_webauthn",
    "mfa_list_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "usersessions_list",
}
# Wagtail lets everybody who may enter the admin choose a snippet for a page; rights by region will narrow it.
WRITERS = "wagtailsnippetchoosers_"
REFUSED = {401, 403, 404, 405}


def administrators_only() -> list[Address]:
    return [each for each in all_addresses() if each.is_admin and each.name not in DOOR]


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


def test_every_address_is_for_somebody() -> None:
    nobody = {each.name for each in all_addresses() if not each.is_admin} - ANYBODY - DOOR - OWN
    files = {name for name in nobody if settings.MEDIA_URL.strip("/") in name}

    assert nobody - files == set()
    assert {each.name for each in all_addresses()} >= ANYBODY | DOOR | OWN


def test_a_visitor_opens_no_page_about_a_log_in(client: Client) -> None:
    own = [each for each in all_addresses() if each.name in OWN]

    assert list(filter(None, (opened(client, each) for each in own))) == []


def test_a_visitor_opens_no_address_of_the_admin(client: Client) -> None:
    assert list(filter(None, (opened(client, each) for each in administrators_only()))) == []


def test_somebody_who_only_has_a_log_in_opens_no_address_of_the_admin(client: Client) -> None:
    client.force_login(get_user_model().objects.create_user("member"))

    assert list(filter(None, (opened(client, each) for each in administrators_only()))) == []


def test_somebody_who_may_enter_the_admin_opens_nothing_of_ours(client: Client) -> None:
    editor = get_user_model().objects.create_user("editor")
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(editor)
    ours = [
        each
        for each in administrators_only()
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
