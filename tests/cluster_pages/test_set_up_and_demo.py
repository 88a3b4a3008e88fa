"""Owns the proof that a hub is set up and filled for a demo by two commands that may be run again."""

from collections import Counter
from collections.abc import Iterator
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker, Settings
from wagtail.models import Locale

from cluster_pages.models import ResourcePage
from directory.models import Capability, Firm, Membership, Sector
from hub.models import Cluster, LeadTerm, Region, RegionalHub
from hub.permissions import is_coordinator, may_publish
from search import registry
from search.pending import drain

pytestmark = pytest.mark.django_db


def run(command: str) -> str:
    out = StringIO()
    call_command(command, stdout=out)
    return out.getvalue()


def test_set_up_loads_locales_regions_clusters_and_vocabularies_and_again_adds_nothing() -> None:
    run("setup_hub")
    before = [model.objects.count() for model in (Locale, Region, Cluster, Sector, Capability)]

    said = run("setup_hub")

    assert before == [model.objects.count() for model in (Locale, Region, Cluster, Sector, Capability)]
    assert before[0] == 3 and before[2] == 4 and before[3] >= 12 and before[4] >= 40
    assert "Added 0 locales, 0 regions, 0 clusters, 0 vocabulary terms and 0 pages" in said


def test_a_site_that_is_no_demo_gets_no_invented_firms_and_no_known_password(
    settings: Settings,
) -> None:
    settings.HUB_DEMO = False

    with pytest.raises(CommandError, match="no demo"):
        run("seed_demo")

    assert not Firm.objects.exists() and not get_user_model().objects.exists()


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[str, str]]:
    """A hub with a demo, seeded twice, and what was said; the tests with it come last in this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(HUB_DEMO=True):
            run("setup_hub")
            yield run("seed_demo"), run("seed_demo")
        transaction.set_rollback(True)


def test_the_demo_adds_133_listed_firms_once(demo: tuple[str, str]) -> None:
    first, second = demo

    assert "Added 133 invented firms" in first and "Added 0 invented firms" in second
    assert Firm.objects.filter(is_demo=True).count() == 133
    regions = Counter(Firm.objects.values_list("region__slug", flat=True))
    assert set(regions) == {"kent", "hauts-de-france", "east-flanders", "west-flanders", "zeeland"}
    assert Membership.objects.filter(cluster__slug="digital-creative").count() > 40


@pytest.mark.usefixtures("demo")
def test_the_demo_can_be_searched() -> None:
    drain("firms")
    search = registry.get("firms")

    found = {
        word: search.search(search.read({"q": [word]})).total
        for word in ("mechatronics", "mécatronique", "mechatronica")
    }

    assert found["mechatronics"] > 5
    assert len(set(found.values())) == 1


def test_the_demo_has_people_who_lead_and_edit_and_one_vacancy(demo: tuple[str, str]) -> None:
    said = demo[1]

    users = {user.username: user for user in get_user_model().objects.all()}
    assert all(name in said for name in users)
    assert may_publish(users["kent-lead"], Firm.objects.filter(region__slug="kent")[0])
    assert not may_publish(users["kent-editor"], Firm.objects.filter(region__slug="kent")[0])
    assert is_coordinator(users["coordinator"]) and not is_coordinator(users["communications"])
    led = LeadTerm.objects.on(timezone.localdate()).of_regions().values_list("region__slug", flat=True)
    partners = Region.objects.partners().values_list("slug", flat=True)
    assert set(partners) - set(led) == {"west-flanders"}
    written = ResourcePage.objects.live().values_list("locale__language_code", flat=True)
    assert sorted(written) == ["en", "fr", "nl", "nl"]
    assert [hub.region.slug for hub in RegionalHub.objects.overdue(timezone.localdate())] == [
        "hauts-de-france"
    ]
