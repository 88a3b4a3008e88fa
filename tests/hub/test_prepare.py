"""Owns the proof that `make run` finds its site ready, the second time as it was left, and of its demo."""

from collections import Counter
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from cluster_pages.models import ResourcePage
from directory.models import Firm, Membership
from hub.models import LeadTerm, Region, RegionalHub
from hub.permissions import is_coordinator, may_publish
from hub.site import prepare
from search import registry
from tests.once import made_once

pytestmark = pytest.mark.django_db


def said_by(work: Callable[[], object]) -> str:
    """What is said while a site that is a demo does something."""
    with override_settings(HUB_DEMO=True), redirect_stdout(StringIO()) as out:
        work()
    return out.getvalue()


demo = made_once(lambda: said_by(prepare._prepare))


def found(*words: str) -> int:
    search = registry.get("firms")
    return search.search(search.read({"q": [*words]} if words else {})).total


def test_a_fresh_site_gets_its_ground_its_demo_and_its_index(demo: str) -> None:
    assert "Added 133 invented firms" in demo and "Log in at /admin/ as admin with the password" in demo
    assert found() == 133


@pytest.mark.usefixtures("demo")
def test_the_second_time_a_firm_that_was_deleted_does_not_come_back() -> None:
    gone = Firm.objects.filter(is_demo=True).first()
    assert gone is not None
    gone.delete()

    said = said_by(prepare._prepare)

    assert "invented firms" not in said and "Log in at /admin/ as admin" in said
    assert Firm.objects.filter(is_demo=True).count() == 132


@pytest.mark.usefixtures("demo")
def test_the_demo_adds_133_listed_firms_once() -> None:
    said = said_by(lambda: call_command("seed_demo"))

    assert "Added 0 invented firms" in said
    assert all(user.username in said for user in get_user_model().objects.all())
    assert Firm.objects.filter(is_demo=True).count() == 133
    regions = Counter(Firm.objects.values_list("region__slug", flat=True))
    assert set(regions) == {"kent", "hauts-de-france", "east-flanders", "west-flanders", "zeeland"}
    assert Membership.objects.filter(cluster__slug="digital-creative").count() > 40


@pytest.mark.usefixtures("demo")
def test_the_demo_can_be_searched() -> None:
    hits = {word: found(word) for word in ("mechatronics", "mécatronique", "mechatronica")}

    assert hits["mechatronics"] > 5
    assert len(set(hits.values())) == 1


def test_the_demo_has_people_who_lead_and_edit_and_one_vacancy(demo: str) -> None:
    users = {user.username: user for user in get_user_model().objects.all()}
    assert all(name in demo for name in users)
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
