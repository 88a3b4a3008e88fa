"""Owns the proof that axe finds no fault on the admin screens of the register in three languages."""

from collections.abc import Iterator

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from directory.actions.importing import UploadFileAction
from directory.importing.brought import Brought
from directory.importing.uploads import work_uploads
from directory.models import Firm, ImportRun
from tests.directory.admin import url
from tests.directory.builders import make_firm
from tests.directory.importing import MAPPING, make_csv, make_ground, make_row
from tests.directory.indexing import index_firms
from tests.directory.merging import merge
from tests.hub.stewards import speak
from tests.journeys.axe import assert_fits_a_phone, check, in_every_language, open_at
from tests.journeys.doors import let_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def make_run(**cells: str) -> ImportRun:
    return UploadFileAction(
        brought=Brought(
            make_csv(make_row(**cells), make_row(id="x", firm="")), "firms.csv", MAPPING, "chamber.toml"
        ),
        actor=get_user_model().objects.get_or_create(username="uploader", is_superuser=True)[0],
        now=timezone.now(),
    ).run()


@pytest.fixture
def paths(live_server: LiveServer) -> dict[str, str]:
    """Two firms that may be one, a merge, a file that was tried and one that waits."""
    make_ground()
    kept = make_firm(
        "Brouwerij De Kring", published=True, town="Gent", texts={"en": "We brew.", "nl": "Bier."}
    )
    other = make_firm("De Kring Brouwerij", published=True, town="Brugge", texts={"en": "Beer. " * 80})
    done = merge(make_firm(published=True), make_firm(published=True))
    index_firms()
    tried = make_run()
    work_uploads(timezone.now())
    waits = make_run(id="2")
    return {
        "adding": url("add"),
        "choosing": f"{url('merge', kept.pk)}?q=kring",
        "merging": url("merge_with", kept.pk, other.pk),
        "undoing": url("unmerge", done.pk),
        "uploading": reverse("directory_imports:upload"),
        "tried": reverse("directory_imports:run", args=[tried.pk]),
        "waits": reverse("directory_imports:run", args=[waits.pk]),
    }


@pytest.fixture
def editor(page: Page, live_server: LiveServer) -> Iterator[Page]:
    """An administrator who is logged in."""
    let_in(page, live_server.url, get_user_model().objects.create_superuser("editor"))
    yield page


@in_every_language
def test_axe_finds_nothing(
    paths: dict[str, str], editor: Page, live_server: LiveServer, language: str, width: int
) -> None:
    speak(get_user_model().objects.get(username="editor"), language)
    for name, path in paths.items():
        open_at(editor, live_server.url + path, width)
        check(editor, f"{name} in {language}")
        assert_fits_a_phone(editor, f"{name} in {language}")


def test_two_firms_become_one_by_keyboard_alone(
    paths: dict[str, str], editor: Page, live_server: LiveServer
) -> None:
    editor.goto(live_server.url + paths["merging"])
    town = editor.get_by_role("group", name="Town")
    town.get_by_role("radio").first.focus()
    editor.keyboard.press("ArrowRight")
    expect(town.get_by_role("radio").nth(1)).to_be_checked()
    editor.get_by_role("button", name="Merge the two firms").focus()
    editor.keyboard.press("Enter")

    expect(editor.get_by_text("The two firms are one.")).to_be_visible()
    assert Firm.objects.standing().get(name="Brouwerij De Kring").town == "Brugge"


def test_the_page_of_a_file_follows_the_worker(
    paths: dict[str, str], editor: Page, live_server: LiveServer
) -> None:
    editor.goto(live_server.url + paths["waits"])
    expect(editor.get_by_text("Waits for its trial")).to_be_visible()

    work_uploads(timezone.now())

    expect(editor.get_by_role("button", name="Import it")).to_be_visible()


@pytest.mark.browser(scripts=False)
def test_a_file_is_imported_without_scripts(
    paths: dict[str, str], editor: Page, live_server: LiveServer
) -> None:
    editor.goto(live_server.url + paths["tried"])
    with editor.expect_navigation():
        editor.get_by_role("button", name="Import it").click()
    while work_uploads(timezone.now()):
        pass
    editor.goto(live_server.url + paths["tried"])

    expect(editor.get_by_role("heading", name="What happened")).to_be_visible()
