"""Owns the proof of the admin's lists: firms narrowed and counted, vocabularies, flat registers."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from directory.models import (
    Capability,
    Confirmation,
    Membership,
    Sector,
)
from tests.counting import queries_of
from tests.directory.admin import url
from tests.directory.builders import (
    make_firm,
    make_membership,
    make_region,
    make_sector,
)

pytestmark = pytest.mark.django_db


def test_the_list_narrows_by_region_kind_sector_state_and_name(admin: Client) -> None:
    flanders = make_region("flanders")
    ghent = make_region("east-flanders", parent=flanders)
    make_firm("Inside", region=ghent, sectors=["materials"])
    make_firm("Network", region="kent", kind="network", is_demo=True)
    make_firm("Draft", region="kent", live=False)
    make_firm("Told", region="kent", texts={"en": "Words."})
    materials = make_sector("materials")

    def listed(**asked: Any) -> set[str]:
        rows = admin.get(url("list"), asked).context["object_list"]
        return {firm.name for firm in rows}

    assert listed() == {"Inside", "Network", "Draft", "Told"}
    assert listed(region=flanders.pk) == {"Inside"}
    assert listed(kind="network") == {"Network"}
    assert listed(sector=materials.pk) == {"Inside"}
    assert listed(live="false") == {"Draft"}
    assert listed(is_demo="true") == {"Network"}
    assert listed(text="true") == {"Told"}
    assert listed(q="insi") == {"Inside"}


def test_the_list_asks_as_many_queries_for_twenty_firms_as_for_two(admin: Client) -> None:
    for _ in range(2):
        make_firm(published=True, texts={"en": "Text."}, capabilities=["brewing"])
    few = queries_of(admin, url("list"))
    for _ in range(18):
        make_firm(published=True, texts={"en": "Text."}, capabilities=["brewing"])

    assert queries_of(admin, url("list")) == few


def test_the_way_from_home_is_in_the_readers_language(admin: Client) -> None:
    for address in (url("list"), reverse("wagtailsnippets_hub_cluster:list")):
        home = admin.get(address).context["breadcrumbs_items"][0]
        with translation.override("fr"):
            assert str(home["label"]) == "Accueil", address


def test_the_list_says_what_is_scheduled(admin: Client) -> None:

    firm = make_firm(live=False)
    firm.go_live_at = timezone.now() + timedelta(days=1)
    firm.save_revision().publish()

    assert "scheduled" in admin.get(url("list")).content.decode().lower()


@pytest.mark.parametrize(
    "model", ["wagtailsnippets_directory_sector", "wagtailsnippets_directory_capability"]
)
def test_a_term_is_added_renamed_and_deleted(admin: Client, model: str) -> None:
    told = {
        "name": "Tea",
        "name_fr": "Thé",
        "name_nl": "Thee",
        "slug": "tea",
        "also_en": "infusion\nbrew, cuppa",
    }
    terms: Any = Sector if model.endswith("sector") else Capability

    admin.post(reverse(f"{model}:add"), told)
    term = terms.objects.get()
    assert (term.slug, term.also_en) == ("tea", ["infusion", "brew", "cuppa"])
    admin.post(reverse(f"{model}:edit", args=[term.pk]), told | {"name": "Teas", "slug": "other"})
    term.refresh_from_db()
    assert (term.name, term.slug) == ("Teas", "tea")
    assert "Teas" in admin.get(reverse(f"{model}:list")).content.decode()
    admin.post(reverse(f"{model}:delete", args=[term.pk]))

    assert not terms.objects.exists()


def test_the_flat_registers_list_and_change_nothing(admin: Client) -> None:
    firm = make_firm("Member", published=True)
    membership = make_membership(firm, source="a signed form")
    Confirmation.objects.create(firm=firm, at=firm.created_at)

    members = admin.get("/admin/directory/membership/").content.decode()
    confirmed = admin.get("/admin/directory/confirmation/").content.decode()
    admin.post(f"/admin/directory/membership/delete/{membership.pk}/")
    admin.post("/admin/directory/membership/create/", {"firm": firm.pk})

    assert "a signed form" in members
    assert url("edit", firm.pk) in members
    assert "Member" in confirmed
    assert Membership.objects.count() == 1
