"""Owns the journeys of a visitor who writes to a firm, and that axe finds nothing in any state of that."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from directory.models import Firm
from hub.models import OutgoingMail
from tests.directory.builders import make_contact
from tests.journeys.axe import check

TEXT = "Nous cherchons une bière rousse pour notre magasin à Lille."
SEND = {"en": "Send the message", "fr": "Envoyer le message", "nl": "Het bericht verzenden"}


def give_it_a_contact() -> None:
    make_contact(Firm.objects.get(slug="hopshed-lane"), email="ada@private.example")


def write(page: Page) -> None:
    page.get_by_label("Votre nom").fill("Zoé")
    page.get_by_label("Votre courriel").fill("zoe@visitor.example")
    page.get_by_label("Votre message").fill(TEXT)
    page.get_by_role("button", name=SEND["fr"]).click()


def write_from_the_page_of_the_firm(page: Page, register: LiveServer) -> None:
    give_it_a_contact()
    page.goto(f"{register.url}/fr/firms/hopshed-lane/")
    page.get_by_label("Votre message").fill("www.example")
    page.get_by_role("button", name=SEND["fr"]).click()

    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("3 points sont à corriger")
    expect(page).to_have_title(re.compile("^Erreur"))
    summary.get_by_role("link", name="Votre nom").click()
    expect(page.get_by_label("Votre nom")).to_be_focused()
    expect(page.get_by_label("Votre message")).to_have_value("www.example")
    write(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("Votre message est en route")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert set(OutgoingMail.objects.values_list("to", flat=True)) == {
        "ada@private.example",
        "zoe@visitor.example",
    }
    page.get_by_role("link", name=re.compile("^Retour à")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hopshed Lane")


@pytest.mark.browser(width=390)
def test_a_message_is_sent_on_a_phone(page: Page, register: LiveServer) -> None:
    write_from_the_page_of_the_firm(page, register)


@pytest.mark.browser(width=390, scripts=False)
def test_a_message_is_sent_on_a_phone_without_scripts(page: Page, register: LiveServer) -> None:
    write_from_the_page_of_the_firm(page, register)


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["en", "fr", "nl"])
def test_axe_finds_nothing_in_writing(page: Page, register: LiveServer, language: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    base = f"{register.url}/{language}/firms/hopshed-lane"
    for name, path in {"on the page": "/", "alone": "/write/", "thanks": "/write/thanks/"}.items():
        page.goto(base + path)
        check(page, f"{name}, {language} at {width}")
    page.goto(f"{base}/write/")
    page.get_by_role("button", name=SEND[language]).click()
    expect(page.get_by_role("alert")).to_be_focused()
    check(page, f"errors, {language} at {width}")
    page.emulate_media(color_scheme="dark")
    check(page, f"errors, dark, {language} at {width}")
