"""Owns the proof that a change which many firms show keeps nobody waiting, loses nothing, and says so."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from directory.models import Sector
from directory.models.firm import FIRMS
from search.marks import waiting
from search.pending import AT_ONCE, drain, postponed
from tests.directory.builders import make_firm, make_region
from tests.directory.indexing import found, index_firms, make_many

pytestmark = pytest.mark.django_db
MANY = AT_ONCE + 50


def rename(admin: Client, sector: Sector, name: str) -> Any:
    labels = {"name": name, "name_fr": sector.name_fr, "name_nl": sector.name_nl, "slug": sector.slug}
    return admin.post(reverse("wagtailsnippets_directory_sector:edit", args=[sector.pk]), labels, follow=True)


def test_a_renamed_term_of_many_firms_leaves_most_to_the_worker_and_says_how_many(
    admin: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        make_many(MANY)
        index_firms()
        rename(admin, Sector.objects.get(slug="food-drink"), "Nourishment")
    left = waiting(FIRMS)
    assert 0 < left <= MANY + 1 - AT_ONCE

    lists = admin.get(reverse("wagtailsnippets_directory_sector:list")).content.decode()
    dashboard = admin.get(reverse("wagtailadmin_home")).content.decode()
    assert f"{left} firms wait for the search" in lists
    assert f"<strong>{left}</strong> firms the search has still to read again" in dashboard

    drain(FIRMS)
    assert (found("nourishment"), waiting(FIRMS)) == (MANY, 0)


def test_the_editor_hears_how_many_firms_wait(admin: Client) -> None:
    make_firm()
    sector = Sector.objects.get(slug="food-drink")

    page = rename(admin, sector, "Nourishment")

    assert "1 firm waits for the search to read it again" in page.content.decode()


def test_a_renamed_region_says_so_too(admin: Client) -> None:
    make_firm(region="kent")
    kent = make_region("kent")
    told = {
        "name_en": "Kent!",
        "name_fr": "Kent",
        "name_nl": "Kent",
        "scheme": kent.scheme,
        "code": kent.code,
    }

    page = admin.post(reverse("wagtailsnippets_hub_region:edit", args=[kent.pk]), told, follow=True)

    assert "1 firm waits for the search to read it again" in page.content.decode()


def test_nothing_is_said_where_nothing_waits(admin: Client) -> None:
    make_firm()
    index_firms()

    assert "wait" not in admin.get(reverse("wagtailsnippets_directory_sector:list")).content.decode()


def test_an_import_looks_at_all_it_marked_before_it_ends(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True), postponed():
        make_many(MANY)
        index_firms()
        Sector.objects.get(slug="food-drink").delete()

    assert waiting(FIRMS) == 0
