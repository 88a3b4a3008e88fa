"""Owns the proof that a hub is set up by a command that may be run again, and is no demo unasked."""

from io import StringIO

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import override_settings
from wagtail.models import Locale

from directory.models import Capability, Firm, Sector
from hub.models import Cluster, Region
from hub.site import prepare
from search.models import SearchIndex

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


def test_a_site_that_is_no_demo_gets_no_invented_firms_and_no_known_password() -> None:
    with override_settings(HUB_DEMO=False), pytest.raises(CommandError, match="no demo"):
        run("seed_demo")

    assert not Firm.objects.exists() and not get_user_model().objects.exists()


def test_a_site_that_is_no_demo_is_prepared_without_firms_and_log_ins(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert not settings.HUB_DEMO

    prepare._prepare()

    assert "Log in" not in capsys.readouterr().out
    assert not Firm.objects.exists()
    assert SearchIndex.objects.filter(name="firms").exists()
