"""Owns that the address of a list asks nothing but the list's own filters."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.directory.builders import NOW, make_firm
from tests.hub.people import make_administrator, make_lead

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.mark.parametrize(
    "probe", ["by__password__startswith", "by__email__contains", "firm__email__contains"]
)
def test_a_list_does_not_tell_what_stands_in_other_tables(probe: str) -> None:
    make_firm("Own firm").confirmations.create(at=NOW, by=make_administrator())
    client = Client()
    client.force_login(make_lead("kent"))

    body = client.get(reverse("directory_confirmation_modeladmin_index"), {probe: "zq"}).content.decode()

    assert "Own firm" in body
