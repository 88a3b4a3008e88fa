"""Owns the proof that imports, foreign keys and templates point down only."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from importlinter.cli import lint_imports

from tests.architecture.repository import RANKS, ROOMS, TEMPLATES, may_use, modules, shown

pytestmark = pytest.mark.pure

# What any room's page is made of; these know no room.
SHARED = ("components", "blocks", "emails")
USE = re.compile(r"""{%-?\s*(?:include|extends)\s+["']([^"']+)["']""")
URL = re.compile(r"""{%-?\s*url\s+["'](\w+):""")
LOAD = re.compile(r"""{%-?\s*load\s+([\w\s]+?)\s*-?%}""")
NAMED = re.compile(rf"""["']((?:{"|".join(ROOMS)}|site)/[\w/.-]+\.(?:html|txt))["']""")


def test_imports_keep_every_contract(monkeypatch: pytest.MonkeyPatch) -> None:
    assert lint_imports(no_cache=True) == 0


def test_foreign_keys_point_down_only_also_those_written_as_strings() -> None:
    swappable = {
        settings.AUTH_USER_MODEL,
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
    }
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for room in ROOMS
        for model in apps.get_app_config(room).get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and isinstance(field.related_model, type)
        if not _points_down(room, field.related_model, swappable)
    ]

    assert upward == []


def _points_down(room: str, target: type, swappable: set[str]) -> bool:
    label = target._meta.app_label  # type: ignore[attr-defined]
    if label == "hub_site":
        return target._meta.label in swappable  # type: ignore[attr-defined]
    return label not in RANKS or may_use(room, label)


def test_templates_include_and_extend_downwards_only() -> None:
    upward = [
        f"{shown(path)} -> {used}"
        for path in _templates()
        for used in USE.findall(path.read_text(encoding="utf-8"))
        if not _may_show(_room(path), used.split("/")[0])
    ]

    assert upward == []


def test_templates_link_and_load_downwards_only() -> None:
    upward = [
        f"{shown(path)} -> {used}"
        for path in _templates()
        for used in _rooms_used(path.read_text(encoding="utf-8"))
        if not _may_show(_room(path), used)
    ]

    assert upward == []


def _rooms_used(text: str) -> Iterator[str]:
    yield from (name for name in URL.findall(text) if name in RANKS)
    tags = (tag for tags in LOAD.findall(text) for tag in tags.split())
    yield from (tag.removesuffix("_tags") for tag in tags if tag.removesuffix("_tags") in RANKS)


def test_every_template_that_is_included_or_rendered_exists() -> None:
    rooms = (*ROOMS, *SHARED, "site")
    used = {
        name: shown(path)
        for path in [*_templates(), *modules(*ROOMS)]
        for text in [path.read_text(encoding="utf-8")]
        for name in [*USE.findall(text), *NAMED.findall(text)]
        if name.split("/")[0] in rooms
    }

    assert {name: user for name, user in used.items() if not (TEMPLATES / name).exists()} == {}


def _templates() -> list[Path]:
    return sorted(path for path in TEMPLATES.rglob("*") if path.suffix in (".html", ".txt"))


def _room(template: Path) -> str:
    return template.relative_to(TEMPLATES).parts[0]


def _may_show(user: str, used: str) -> bool:
    """Whether a template of one folder may use one of another; `site` composes all, as hub.site does."""
    if user == "site" or used in SHARED or used not in RANKS:
        return True
    if user in (*SHARED, "wagtailadmin"):  # screens of Wagtail that the hub adds to
        return RANKS[used] == 0
    return may_use(user, used)
