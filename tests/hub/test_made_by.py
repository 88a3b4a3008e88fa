"""Owns the proof that our migrations wait for a host's own image and document, and for nothing later."""

from pathlib import Path

import pytest
from django.db.migrations.loader import MigrationLoader
from django.test import override_settings

from hub.made_by import migration_that_makes

pytestmark = pytest.mark.pure

MIGRATION = """
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = []
    operations = [{operations}]
"""
OURS = {"hub", "directory", "cluster_pages", "search"}


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The migrations of an app whose picture came with the second one, and changed with the third."""
    package = tmp_path / "migrations_of_a_host"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "0003_more.py").write_text(MIGRATION.format(operations=""), encoding="utf-8")
    (package / "0001_initial.py").write_text(MIGRATION.format(operations=""), encoding="utf-8")
    made = 'migrations.CreateModel("Picture", [("id", models.AutoField(primary_key=True))])'
    (package / "0002_picture.py").write_text(MIGRATION.format(operations=made), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return package.name


def test_it_is_the_one_that_makes_the_model_however_many_came_before_and_after(host: str) -> None:
    with override_settings(MIGRATION_MODULES={"pictures": host}):
        assert migration_that_makes("pictures.Picture") == ("pictures", "0002_picture")


def test_of_an_app_without_one_for_it_the_first_is_named(host: str) -> None:
    with override_settings(MIGRATION_MODULES={"pictures": host, "elsewhere": None}):
        assert migration_that_makes("pictures.Other") == ("pictures", "__first__")
        assert migration_that_makes("elsewhere.Picture") == ("elsewhere", "__first__")


@pytest.mark.parametrize(
    ("model", "made"),
    [
        ("wagtailimages.Image", ("wagtailimages", "0001_initial")),
        ("wagtaildocs.Document", ("wagtaildocs", "0001_initial")),
        ("hub_site.HubImage", ("hub_site", "0002_hubdocument_hubimage_hubrendition")),
    ],
)
def test_those_of_wagtail_and_of_our_own_project_are_found(model: str, made: tuple[str, str]) -> None:
    assert migration_that_makes(model) == made


def test_no_migration_of_ours_waits_for_whatever_comes_last_in_another_app() -> None:
    found = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    waits = {key: migration.dependencies for key, migration in found.items() if key[0] in OURS}

    assert waits
    assert [key for key, needed in waits.items() if any(name == "__latest__" for _app, name in needed)] == []
