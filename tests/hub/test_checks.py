"""Owns the proof that a host is told in plain words what stands in the hub's way."""

from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.checks import Error, Warning, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from hub import checks

pytestmark = pytest.mark.pure
ALL = ("hub", "search", "directory", "cluster_pages")


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Lets a name lead to a host's folder."""

    def put(name: str) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        spec = ModuleSpec(name, None, is_package=True)
        spec.submodule_search_locations = [str(folder)]
        monkeypatch.setattr(checks, "find_spec", lambda asked: spec if asked == name else _ours(asked))
        return folder

    return put


def _ours(name: str) -> ModuleSpec:
    spec = ModuleSpec(name, None, is_package=True)
    spec.submodule_search_locations = [str(checks.SITE_PACKAGES / name)]
    return spec


def test_our_own_packages_are_recognised() -> None:
    checks.require_our_packages(ALL)


@pytest.mark.parametrize(("name", "number"), [("search", "hub.E001"), ("directory", "hub.E002")])
def test_a_folder_of_the_host_that_takes_a_name_is_named_with_what_to_do(
    name: str, number: str, elsewhere: Any
) -> None:
    folder = elsewhere(name)

    with pytest.raises(ImproperlyConfigured) as refused:
        checks.require_our_packages(ALL)

    said = str(refused.value)
    assert said.startswith(f"{number}: `import {name}` finds {folder}, but the hub needs its own package")
    assert f"Rename or remove the folder `{name}` of your project" in said


def test_a_host_without_the_register_keeps_its_own_search(elsewhere: Any) -> None:
    elsewhere("search")

    checks.require_our_packages(["hub", "search"])


def test_the_ready_made_project_has_nothing_to_mend() -> None:
    assert checks.check_host(None) == []


def test_missing_apps_are_named() -> None:
    with override_settings(INSTALLED_APPS=[]):
        found = [each for each in checks.check_host(None) if each.id == "hub.E004"]

    assert isinstance(found[0], Error)
    assert "wagtail_modeladmin" in found[0].msg and "django_htmx" in found[0].msg


def test_a_missing_language_is_an_error_and_a_regional_variant_will_do() -> None:
    with override_settings(LANGUAGES=[("en-gb", "English"), ("fr", "French")]):
        found = [each for each in checks.check_host(None) if each.id == "hub.E005"]

    assert found[0].msg == "The hub speaks en, fr, nl; LANGUAGES lacks nl."


@pytest.mark.parametrize(
    ("number", "path"),
    [
        ("hub.W001", "hub.site.middleware.SiteLocaleMiddleware"),  # extends Django's
        ("hub.W003", "hub.middleware.TermsMiddleware"),
        ("hub.W005", "hub.once.OnceMiddleware"),
        ("hub.W006", "hub.middleware.WallsMiddleware"),
        ("hub.W007", "hub.middleware.RefusalsMiddleware"),
    ],
)
def test_a_middleware_that_a_host_forgets_is_named_with_its_place(number: str, path: str) -> None:
    with override_settings(MIDDLEWARE=[each for each in settings.MIDDLEWARE if each != path]):
        found = checks.check_host(None)

    assert [each.id for each in found] == [number] and isinstance(found[0], Warning)
    assert "to MIDDLEWARE, " in str(found[0].hint)


def test_a_host_without_any_middleware_is_told_of_each() -> None:
    with override_settings(MIDDLEWARE=[]):
        assert {each.id for each in checks.check_host(None)} == {each[0] for each in checks.MIDDLEWARE}


def test_manage_check_asks_them() -> None:
    with override_settings(MIDDLEWARE=[]):
        assert "hub.W001" in [each.id for each in run_checks()]


@override_settings(EMAIL_BACKEND="hub.mailing.OutboxBackend")
def test_an_outbox_that_nothing_empties_is_an_error() -> None:
    with override_settings():
        del settings.HUB_MAIL_BACKEND
        assert "hub.E006" in {each.id for each in run_checks()}
    with override_settings(HUB_MAIL_BACKEND="hub.mailing.OutboxBackend"):
        assert "hub.E006" in {each.id for each in run_checks()}
    assert "hub.E006" not in {each.id for each in run_checks()}


def test_documents_that_the_web_server_would_serve_are_warned_about(tmp_path: Path) -> None:
    with override_settings(MEDIA_ROOT=tmp_path, DOCUMENT_ROOT=tmp_path / "documents"):
        among_the_images = checks.check_documents(None)
    with override_settings(MEDIA_ROOT=tmp_path / "media", DOCUMENT_ROOT=tmp_path / "documents"):
        apart = checks.check_documents(None)
        with override_settings(WAGTAILDOCS_SERVE_METHOD="redirect"):
            led_past_the_question = checks.check_documents(None)

    assert [each.id for each in (*among_the_images, *led_past_the_question)] == ["hub.W004", "hub.W004"]
    assert apart == []
