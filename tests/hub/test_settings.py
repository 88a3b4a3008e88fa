"""Owns the proof that the settings are safe where they must be and bear several writers everywhere."""

import os
import secrets
import subprocess
import sys

import pytest

from hub.bootstrap.console import ROOT
from hub.site.settings.base import database

pytestmark = pytest.mark.pure

NEEDED = {
    "SECRET_KEY": secrets.token_urlsafe(60),
    "ALLOWED_HOSTS": "hub.example.org,.example.net",
    "BASE_URL": "https://hub.example.org",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command under the production settings, with exactly this environment."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**kept, "DJANGO_SETTINGS_MODULE": "hub.site.settings.production", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )


def test_production_passes_the_check_for_deployment() -> None:
    # An empty database: what a developer keeps in var/ is not asked.
    mail = {"EMAIL_URL": "smtp+tls://hub:secret@mail.example.org:587"}
    asked = {**NEEDED, **mail, "DATABASE_URL": "sqlite://:memory:"}
    done = manage("check", "--deploy", "--fail-level", "WARNING", **asked)

    assert done.returncode == 0, done.stdout


def test_the_check_for_deployment_says_that_mails_are_only_printed() -> None:
    done = manage("check", "--deploy", DATABASE_URL="sqlite://:memory:", **NEEDED)

    assert "hub.W002" in done.stdout


@pytest.mark.parametrize("name", sorted(NEEDED))
def test_production_starts_with_no_secret_of_its_own(name: str) -> None:
    done = manage("check", **{key: value for key, value in NEEDED.items() if key != name})

    assert done.returncode != 0
    assert f"Set the {name} environment variable" in done.stdout


def test_production_trusts_forms_of_its_hosts_and_of_all_below_a_dot() -> None:
    ask = "from django.conf import settings; print(settings.CSRF_TRUSTED_ORIGINS, settings.HUB_DEMO)"
    done = manage("shell", "--no-imports", "--command", ask, **NEEDED)

    assert "['https://hub.example.org', 'https://*.example.net'] False" in done.stdout


def test_sqlite_waits_for_its_turn_and_lets_readers_read() -> None:
    options = database("sqlite:////tmp/hub.sqlite3")["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] == 20
    assert "journal_mode=WAL" in options["init_command"]


def test_a_database_url_moves_to_postgresql() -> None:
    config = database("postgres://hub@db.example.org:5433/hub")

    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert (config["HOST"], config["PORT"], config["NAME"]) == ("db.example.org", 5433, "hub")
    assert config["CONN_MAX_AGE"] > 0 and config["CONN_HEALTH_CHECKS"]
