"""Owns the proof that the wheel brings a register to a site that knows nothing of us."""

import zipfile
from pathlib import Path

import pytest

from tests.package.host import Host, build_wheel

pytestmark = pytest.mark.package

ASK = """
from django.conf import settings
from django.test import Client
from django.contrib.staticfiles import finders
settings.DEBUG = False
browser = Client()
for path in ("/en/firms/", "/fr/firms/", "/nl/firms/?q=mechatronica", "/en/firms/no-such-firm/", "/"):
    answer = browser.get(path, headers={"host": "localhost"})
    text = answer.content.decode()
    lines = [line.strip() for line in text.splitlines() if "<title>" in line or "firm-card" in line]
    print(path, answer.status_code, *lines[:2], "theirs" if "/static/css/mysite.css" in text else "ours")
print("style:", finders.find("hub/css/hub.css"))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def host(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Host:
    host = Host.start(tmp_path_factory.mktemp("host"))
    host.install(wheel)
    return host


def test_the_wheel_holds_the_rooms_with_their_templates_styles_and_data_and_no_tests(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())

    assert {
        "hub/templates/hub/base.html",
        "hub/templates/directory/directory.html",
        "hub/static/hub/css/hub.css",
        "hub/regions.toml",
        "directory/vocabularies/sectors.toml",
        "search/faceted.py",
        "cluster_pages/demo/firms_kent.toml",
    } <= names
    tops = {name.split("/")[0] for name in names if ".dist-info" not in name}
    assert tops == {"hub", "search", "directory", "cluster_pages"}
    assert not [name for name in names if "bootstrap" in name or "/tests/" in name or name.endswith(".pyc")]


def test_the_wheel_holds_a_compiled_catalogue_beside_each_text_of_one(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())

    assert {name for name in names if name.endswith(".po")} == {
        name.removesuffix(".mo") + ".po" for name in names if name.endswith(".mo")
    }


def test_a_fresh_site_is_told_that_its_own_search_is_in_the_way_and_then_serves_the_register(
    host: Host,
) -> None:
    refused = host.try_manage("check")

    assert refused.returncode != 0
    assert "hub.E001" in refused.stdout
    assert f"`import search` finds {host.folder.resolve() / 'search'}" in refused.stdout
    assert "Rename or remove the folder `search`" in refused.stdout

    host.give_up_search()
    host.manage("check", "--fail-level", "WARNING")
    host.manage("makemigrations", "--check", "--dry-run")
    host.manage("migrate", "--verbosity", "0")
    host.manage("setup_hub")
    host.manage("seed_demo")
    host.manage("rebuild_search")
    said = host.manage("shell", "--verbosity", "0", "--command", ASK)

    answers = {line.split()[0]: line for line in said.splitlines() if line}
    assert " 200 " in answers["/en/firms/"] and "firm-card" in answers["/en/firms/"]
    assert " 200 " in answers["/fr/firms/"]
    assert " 200 " in answers["/nl/firms/"[:10] + "?q=mechatronica"]
    # The pages that are not ours stay the site's own.
    assert (
        answers["/en/firms/no-such-firm/"].endswith("theirs")
        and " 404 " in answers["/en/firms/no-such-firm/"]
    )
    assert answers["/"].endswith("theirs") and " 200 " in answers["/"]
    assert "venv" in answers["style:"]
