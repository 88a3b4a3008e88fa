"""Owns the proof that the reference is complete and that links in the docs lead somewhere."""

import re
from pathlib import Path

import pytest

from directory.importing.known import SEVERAL, SINGLE, TEXTS
from directory.models.choices import Exchange, Kind, Size, SpokenLanguage
from hub.bootstrap.commands import COMMANDS

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("hub", "search", "directory", "cluster_pages")
REFERENCE = "\n".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs/reference").glob("*.md"))
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def modules() -> list[Path]:
    return [
        module for room in ROOMS for module in (ROOT / room).rglob("*.py") if "migrations" not in module.parts
    ]


def named(pattern: str, files: list[Path]) -> set[str]:
    return {found for file in files for found in re.findall(pattern, file.read_text(encoding="utf-8"))}


def missing(names: set[str]) -> set[str]:
    return {name for name in names if f"`{name}" not in REFERENCE and f"{name}" not in REFERENCE}


def test_every_management_command_is_in_the_reference() -> None:
    commands = {
        module.stem for module in modules() if module.parent.name == "commands" and module.stem != "__init__"
    }

    assert len(commands) >= 6
    assert not {name for name in commands if f"| `{name}" not in REFERENCE}


def test_every_setting_read_from_the_environment_is_in_the_reference() -> None:
    names = named(r'env\.?[a-z_]*\(\s*"([A-Z_]+)"', list((ROOT / "hub/site/settings").glob("*.py")))

    assert len(names) > 8
    assert not missing(names)


def test_every_variable_that_steers_the_tests_is_in_the_reference() -> None:
    files = [*(ROOT / "hub/bootstrap").glob("*.py"), ROOT / "tests/conftest.py"]
    names = named(r'environ\.get\("((?:HUB|TEST)_[A-Z_]+)"', files)

    assert len(names) >= 4
    assert not {name for name in names if f"| `{name}`" not in REFERENCE}


def test_every_command_of_a_clone_is_in_the_reference() -> None:
    assert not {name for name in COMMANDS if f"| `{name}" not in REFERENCE}


def test_every_field_that_an_import_can_fill_is_in_the_reference() -> None:
    mapping = (ROOT / "docs/reference/import-mapping.md").read_text(encoding="utf-8")

    assert not {name for name in (*SINGLE, *SEVERAL, *TEXTS, "text_language") if f"`{name}`" not in mapping}


def test_every_value_of_a_choice_is_in_the_reference() -> None:
    values = {value for choices in (Kind, Size, SpokenLanguage, Exchange) for value in choices.values}

    assert not {value for value in values if f"`{value}`" not in REFERENCE}


def test_every_check_is_in_the_reference() -> None:
    names = named(r"((?:hub|search|directory|cluster_pages)\.[EW]\d{3})", modules())

    assert names and not missing(names)


def test_every_log_action_is_in_the_reference() -> None:
    rooms = "account|firm|cluster|contact|membership|proposal|mail"
    names = named(rf'"((?:hub|directory)\.(?:{rooms})\.[a-z_]+)"', modules())

    assert len(names) > 5
    assert not missing(names)


def test_every_facet_is_in_the_reference() -> None:
    names = named(r'name="([a-z_]+)"', [ROOT / "directory/search.py"])

    assert len(names) > 8
    assert not {name for name in names if f"`{name}" not in REFERENCE}


@pytest.mark.parametrize("document", PAGES, ids=lambda document: str(document.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", document.read_text(encoding="utf-8"))

    assert not [link for link in links if "://" not in link and not (document.parent / link).exists()]


def test_every_decision_has_a_number_of_its_own_and_says_it() -> None:
    decisions = sorted((ROOT / "docs/decisions").glob("*.md"))
    numbers = [int(decision.name[:4]) for decision in decisions]

    assert numbers == list(range(1, len(numbers) + 1))
    for number, decision in zip(numbers, decisions, strict=True):
        assert decision.read_text(encoding="utf-8").startswith(f"# {number}. "), decision.name
