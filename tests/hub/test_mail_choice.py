"""Owns the proof that each lead chooses how to hear of what waits."""

import pytest
from django.test import Client
from django.urls import reverse

from hub.models import MailPreference
from hub.stewards import is_weekly
from tests.hub.people import make_editor, make_lead

pytestmark = pytest.mark.django_db


def account(client: Client) -> str:
    return client.get(reverse("wagtailadmin_account")).content.decode()


def test_a_lead_chooses_a_mail_for_each_thing_and_back(client: Client) -> None:
    lead = make_lead()
    client.force_login(lead)
    assert is_weekly(lead)
    assert "hub_mails-at_once" in account(client)

    for ticked in (True, False):
        page = client.get(reverse("wagtailadmin_account"))
        told = {
            f"{panel.name}-{name}": value
            for panels in page.context["panels_by_tab"].values()
            for panel in panels
            for name, value in panel.get_form().initial.items()
            if value not in (None, "") and panel.name != "hub_mails"
        }
        client.post(reverse("wagtailadmin_account"), told | ({"hub_mails-at_once": "on"} if ticked else {}))
        assert is_weekly(lead) is not ticked

    assert MailPreference.objects.count() == 1


def test_an_editor_is_not_asked(client: Client) -> None:
    client.force_login(make_editor())

    assert "hub_mails" not in account(client)
