"""Owns the whole way of a visitor: from the door, in a French browser on a phone, to a message to a firm."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from directory.models import ContactMessage, Firm
from hub.models import OutgoingMail
from tests.directory.builders import make_contact

FIRM = "Brouwerij De Schuur"
TEXT = "Nous cherchons une bière rousse pour notre magasin à Lille."
MOST_STEPS = 80  # of the Tab key from one thing to the next
COMPLAINTS = (
    """() => document.documentElement.scrollWidth > 390 ? ["wider than the phone: " + location] : []"""
)


@pytest.fixture
def door(page: Page, public_site: LiveServer) -> Page:
    """The site as somebody finds it who only knows its name; the firm has somebody who reads messages."""
    make_contact(Firm.objects.get(name=FIRM), email="jan@private.example")
    page.goto(f"{public_site.url}/")
    expect(page).to_have_url(f"{public_site.url}/fr/")
    return page


def sentence(page: Page, said: str) -> None:
    expect(page.locator("#sentence")).to_have_text(said)


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def search_and_open_the_firm(page: Page) -> None:
    fits(page)
    page.get_by_label("Que cherchez-vous").fill("bière")
    page.get_by_role("button", name="Rechercher", exact=True).click()
    sentence(page, "2 entreprises pour « bière »")
    page.get_by_text("Filtres", exact=True).click()
    page.get_by_role("checkbox", name=re.compile("^Flandre-Occidentale")).check()
    page.get_by_role("button", name=re.compile("^Afficher")).click()
    sentence(page, "1 entreprise pour « bière » dans la zone Flandre-Occidentale")
    fits(page)
    page.get_by_role("link", name=FIRM).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(FIRM)
    expect(page.locator("[lang=nl]", has_text="Wij brouwen rood bier.")).to_be_visible()
    fits(page)


def write(page: Page) -> None:
    page.get_by_label("Votre nom").fill("Zoé")
    page.get_by_label("Votre courriel").fill("zoe@visitor.example")
    page.get_by_label("Votre message").fill(TEXT)
    page.get_by_role("button", name="Envoyer le message").click()


def is_sent(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre message est en route")
    fits(page)
    to_firm = OutgoingMail.objects.get(kind="directory.contact.relayed")
    copy = OutgoingMail.objects.get(kind="directory.contact.copy")
    assert (to_firm.to, to_firm.reply_to) == ("jan@private.example", "zoe@visitor.example")
    assert (copy.to, copy.language) == ("zoe@visitor.example", "fr")
    assert TEXT in to_firm.body and TEXT in copy.body
    assert "private.example" not in page.content() + copy.body
    assert ContactMessage.objects.get().firm.name == FIRM


@pytest.mark.browser(locale="fr-FR", width=390)
def test_from_the_door_to_a_message_on_a_phone(door: Page) -> None:
    search_and_open_the_firm(door)
    write(door)
    is_sent(door)


@pytest.mark.browser(locale="fr-FR", width=390, scripts=False)
def test_from_the_door_to_a_message_without_scripts(door: Page) -> None:
    search_and_open_the_firm(door)
    write(door)
    is_sent(door)


def tab_to(page: Page, wanted: Locator) -> None:
    """Goes on with the Tab key until something has the focus, and sees that it shows."""
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if wanted.evaluate("each => each === document.activeElement"):
            expect(wanted).to_be_in_viewport()
            return
    raise AssertionError(f"{wanted} is not reached with the Tab key")


@pytest.mark.browser(locale="fr-FR", width=390)
def test_from_the_door_to_a_message_by_keys_alone(door: Page) -> None:
    tab_to(door, door.get_by_label("Que cherchez-vous"))
    door.keyboard.type("bière")
    door.keyboard.press("Enter")
    sentence(door, "2 entreprises pour « bière »")

    tab_to(door, door.locator("summary", has_text="Filtres"))
    door.keyboard.press("Enter")
    tab_to(door, door.get_by_role("checkbox", name=re.compile("^Flandre-Occidentale")))
    door.keyboard.press("Space")
    sentence(door, "1 entreprise pour « bière » dans la zone Flandre-Occidentale")
    tab_to(door, door.get_by_role("button", name=re.compile("^Afficher")))
    door.keyboard.press("Enter")
    tab_to(door, door.get_by_role("link", name=FIRM))
    door.keyboard.press("Enter")
    expect(door.get_by_role("heading", level=1)).to_contain_text(FIRM)

    tab_to(door, door.get_by_label("Votre nom"))
    door.keyboard.type("Zoé")
    tab_to(door, door.get_by_label("Votre courriel"))
    door.keyboard.type("zoe@visitor.example")
    tab_to(door, door.get_by_label("Votre message"))
    door.keyboard.type(TEXT)
    tab_to(door, door.get_by_role("button", name="Envoyer le message"))
    door.keyboard.press("Enter")
    is_sent(door)
