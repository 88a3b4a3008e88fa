"""Owns the journey of an editor: a new firm from the first word to the public page, in a real browser."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from directory.models import Firm
from tests.directory.builders import make_capability, make_firm, make_region
from tests.directory.indexing import index_firms
from tests.journeys.doors import log_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "an-editor-of-the-hub"


@pytest.fixture
def editor(page: Page, live_server: LiveServer) -> Iterator[Page]:
    """An administrator who has just logged in; any error of a script fails the journey."""
    get_user_model().objects.create_superuser("editor", password=PASSWORD)
    make_region("zeeland", parent="netherlands")
    make_region("kent", parent="united-kingdom")
    make_capability("3d-printing", name="3D printing", name_fr="Impression 3D", name_nl="3D-printen")
    for number in range(12):
        make_capability(f"skill-{number}")
    make_firm("Zeeuwse Vis", live=False)
    index_firms()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    log_in(page, live_server.url, "editor", PASSWORD)
    expect(page.get_by_role("heading", name="The register")).to_be_visible()
    yield page
    assert complaints == []


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()


def publish(page: Page) -> None:
    page.locator("footer").get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish", exact=True).click()


def test_a_firm_from_the_first_word_to_the_public_page(editor: Page, live_server: LiveServer) -> None:
    editor.goto(f"{live_server.url}/admin/snippets/directory/firm/add/")
    editor.get_by_label("Name").press_sequentially("Zeeuwse V")
    expect(editor.get_by_role("status").filter(has_text="1 firm of the register")).to_be_visible()
    expect(editor.get_by_role("link", name="Zeeuwse Vis")).to_be_visible()
    editor.get_by_label("Name").fill("Zeeuwse Vorm")
    expect(editor.get_by_role("status").filter(has_text="No firm of the register")).to_be_visible()
    editor.get_by_label("Region").select_option(label="\u2003Zeeland")
    editor.get_by_role("button", name="Add the firm").click()
    served = editor.locator("[data-hub-ticks]", has=editor.locator("[name=serves]"))
    served.get_by_role("checkbox", name="Kent").check()
    expect(served.locator("[data-hub-ticks-chosen]")).to_have_text("Kent")
    used = editor.locator("[data-hub-ticks]", has=editor.locator("[name=capabilities]"))
    used.get_by_role("searchbox").fill("ského")
    expect(used.get_by_role("checkbox", name="3D printing")).to_be_hidden()
    used.get_by_role("searchbox").fill("SKÍLL 7")
    used.get_by_role("checkbox", name="Skill 7").check()
    used.get_by_role("searchbox").fill("")
    tab(editor, "Nederlands")
    editor.locator("[name=description_nl]").fill("Wij doen aan 3D-printen.")
    tab(editor, "Facts")
    editor.get_by_role("button", name="3D printing").click()
    expect(editor.get_by_role("checkbox", name="3D printing")).to_be_checked()
    expect(editor.locator("[data-hub-mentions]")).to_be_hidden()
    publish(editor)
    expect(editor.get_by_text(re.compile("updated and published"))).to_be_visible()

    editor.goto(f"{live_server.url}/en/firms/?q=impression+3D")
    editor.get_by_role("link", name="Zeeuwse Vorm").click()

    expect(editor.get_by_text("Wij doen aan 3D-printen.")).to_be_visible()
    firm = Firm.objects.get(name="Zeeuwse Vorm")
    assert (firm.slug, [region.slug for region in firm.serves.all()]) == ("zeeuwse-vorm", ["kent"])
