"""Owns the proof that `make run` finds its site ready, the second time as it was left."""

import pytest
from django.conf import settings
from django.test import override_settings

from directory.models import Firm
from hub.site import prepare
from search import registry
from search.models import SearchIndex

pytestmark = pytest.mark.django_db


def firms_found() -> int:
    search = registry.get("firms")
    return search.search(search.read({})).total


@pytest.fixture
def demo() -> None:
    with override_settings(HUB_DEMO=True):
        prepare._prepare()


def test_a_fresh_site_gets_its_ground_its_demo_and_its_index(capsys: pytest.CaptureFixture[str]) -> None:
    with override_settings(HUB_DEMO=True):
        prepare._prepare()

    said = capsys.readouterr().out
    assert "Added 133 invented firms" in said and "Log in at /admin/ as admin with the password" in said
    assert firms_found() == 133


@pytest.mark.usefixtures("demo")
def test_the_second_time_a_firm_that_was_deleted_does_not_come_back(
    capsys: pytest.CaptureFixture[str],
) -> None:
    gone = Firm.objects.filter(is_demo=True).first()
    assert gone is not None
    gone.delete()
    capsys.readouterr()

    with override_settings(HUB_DEMO=True):
        prepare._prepare()

    said = capsys.readouterr().out
    assert "invented firms" not in said and "Log in at /admin/ as admin" in said
    assert Firm.objects.filter(is_demo=True).count() == 132


def test_a_site_that_is_no_demo_gets_no_firm_and_no_log_in(capsys: pytest.CaptureFixture[str]) -> None:
    assert not settings.HUB_DEMO

    prepare._prepare()

    assert "Log in" not in capsys.readouterr().out
    assert not Firm.objects.exists()
    assert SearchIndex.objects.filter(name="firms").exists()
