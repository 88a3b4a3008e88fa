"""Owns the proof that a moment is shown in the time of the site, or in that which its reader has chosen."""

import zoneinfo
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse
from wagtail.admin.localization import get_available_admin_time_zones
from wagtail.users.models import UserProfile

from cluster_pages.models import HubSectionPage
from tests.cluster_pages.builders import below, make_site, provision
from tests.directory.walls import browser_of, said_to
from tests.hub.people import make_editor, make_lead

LATE = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)  # in Brussels it is the 25th, in Kent still the 24th


def test_the_site_counts_in_the_time_of_three_of_its_four_countries() -> None:
    assert settings.TIME_ZONE == "Europe/Brussels" and settings.USE_TZ


def test_everybody_finds_their_own_time_and_each_one_offered_is_known_to_browsers() -> None:
    offered = get_available_admin_time_zones()

    assert {"Europe/London", "Europe/Paris", "Europe/Brussels", "Europe/Amsterdam"} <= set(offered)
    assert offered == sorted(offered) and all("/" in zone for zone in offered)
    assert all(zoneinfo.ZoneInfo(zone) for zone in offered)


@pytest.fixture
def page() -> HubSectionPage:
    """A page of Kent whose change was submitted in the evening."""
    with time_machine.travel(LATE, tick=False):
        make_site(["home", "regions"])
        found: HubSectionPage = below(provision("kent"), HubSectionPage(title="Meet us"))
        editor = make_editor("kent")
        found.save_revision(user=editor)
        found.get_workflow().start(found, editor)  # type: ignore[union-attr]
    return found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "day"),
    [("", "25 November 2026"), ("Europe/London", "24 November 2026"), ("Asia/Tokyo", "25 November")],
)
def test_since_when_something_waits_is_said_in_the_time_of_who_reads_it(
    page: HubSectionPage, zone: str, day: str
) -> None:
    lead: Any = make_lead("kent")
    UserProfile.objects.update_or_create(user=lead, defaults={"current_time_zone": zone})

    said = said_to(browser_of(lead), reverse("wagtailadmin_pages:edit", args=[page.pk]))

    assert f"Since {day}" in said
