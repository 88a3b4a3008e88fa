"""Owns the journeys of those who look after a firm without an account, and what axe says of their pages."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from directory.actions.answering import ReturnProposalAction
from directory.models import Firm, Proposal
from directory.proposing.addresses import REMOVE_FIRM, STATUS, STILL_RIGHT, YOUR_FIRM, path_to
from hub.actions import SYSTEM
from hub.models import ClusterState, OutgoingMail
from tests.directory.builders import make_cluster
from tests.directory.proposing import link_in, mails, propose
from tests.journeys.axe import assert_fits_a_phone, check, in_every_language, open_at
from tests.journeys.doors import log_in

PASSWORD = "who-answers-proposals"
LANGUAGES = ("en", "fr", "nl")


def fill_in_who(page: Page) -> None:
    page.locator("[name=sender_name]").fill("Grace")
    page.locator("[name=sender_email]").fill("grace@sender.example")


def propose_a_correction(page: Page, register: LiveServer) -> None:
    page.goto(f"{register.url}/en/firms/hopshed-lane/")
    page.get_by_text("Something wrong?").click()
    page.get_by_role("link", name="Correct what is said here").click()
    page.get_by_role("button", name="Send the correction").click()
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("2 things have to be put right")
    summary.get_by_role("link", name="Your name").click()
    expect(page.get_by_label("Your name")).to_be_focused()
    page.get_by_label("What is wrong?").fill("They moved.")
    page.get_by_text("Put it right yourself").click()
    page.get_by_label("Town").fill("Whitstable")
    fill_in_who(page)
    page.get_by_role("button", name="Send the correction").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. We have it.")
    expect(page.get_by_text("Whitstable")).to_be_visible()


def publish_the_firm() -> None:
    Firm.objects.get(slug="hopshed-lane").save_revision().publish()


@pytest.mark.browser(width=390, scripts=False)
def test_a_correction_is_proposed_on_a_phone_without_scripts(page: Page, register: LiveServer) -> None:
    propose_a_correction(page, register)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Withdrawn")).to_be_visible()


def test_a_firm_proposes_the_coordinator_accepts_and_the_page_changes(
    page: Page, register: LiveServer
) -> None:
    publish_the_firm()
    get_user_model().objects.create_superuser("coordinator", "c@hub.example", PASSWORD)
    propose_a_correction(page, register)
    status = page.url

    log_in(page, register.url, "coordinator", PASSWORD)
    page.locator(".hub-desk").get_by_role("link", name="Hopshed Lane").click()
    row = page.get_by_role("row", name=re.compile("^Town"))
    expect(row).to_contain_text("Faversham")
    expect(row).to_contain_text("Whitstable")
    page.get_by_role("button", name="Accept", exact=True).click()
    expect(page.get_by_text("The proposal is accepted")).to_be_visible()

    page.goto(f"{register.url}/en/firms/hopshed-lane/")
    expect(page.get_by_text("Whitstable").first).to_be_visible()
    page.goto(status)
    expect(page.get_by_text("Accepted")).to_be_visible()
    assert sorted(OutgoingMail.objects.values_list("kind", "to")) == [
        ("directory.proposal.accepted", "grace@sender.example"),
        ("directory.proposal.received", "grace@sender.example"),
        ("directory.proposal.waiting", "c@hub.example"),
    ]


def test_a_firm_removes_itself_through_a_link(page: Page, register: LiveServer) -> None:
    Firm.objects.filter(slug="hopshed-lane").update(email="info@hopshed.example")
    page.goto(f"{register.url}/fr/firms/hopshed-lane/")
    page.get_by_text("Votre entreprise ?").click()
    page.get_by_role("link", name="Retirer notre entreprise").click()
    fill_in_who(page)
    page.get_by_role("button", name="Demander le retrait").click()
    expect(page.get_by_text("Si le répertoire a une adresse de l'entreprise")).to_be_visible()

    page.goto(register.url + link_in(mails("directory.firm.remove_link")[0], "/remove-firm/"))
    assert Firm.objects.filter(slug="hopshed-lane").exists()
    page.locator(".button--danger").click()

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert not Firm.objects.filter(slug="hopshed-lane").exists()
    assert page.goto(f"{register.url}/fr/firms/hopshed-lane/").status in (404, 410)  # type: ignore[union-attr]


def all_pages(language: str) -> dict[str, str]:
    """Every page of this kind in a language, by what it shows."""
    now = timezone.now()
    firm = Firm.objects.get(slug="hopshed-lane")
    make_cluster("food-drink", state=ClusterState.ACTIVE)
    make_cluster("mechatronics", state=ClusterState.CLOSED)

    def asked(kind: str, **values: object) -> Proposal:
        email = f"{Proposal.objects.count()}@sender.example"
        return propose(kind, firm=firm, email=email, language=language, now=now, note="Words.", **values)

    waiting, returned = asked("correct"), asked("closed")
    ReturnProposalAction(proposal=returned, reason="Not so.", actor=SYSTEM, now=now).run()
    firm.email = "info@hopshed.example"
    firm.save()
    mine, remove = asked("mine"), asked("remove")
    kinds = ("correct", "closed", "duplicate", "remove", "mine")
    return {
        **{kind: f"/{language}/firms/hopshed-lane/propose/{kind}/" for kind in kinds},
        "list": f"/{language}/list-your-firm/",
        "join": f"/{language}/join/food-drink/?q=hopshed",
        "join as": f"/{language}/join/food-drink/?firm=hopshed-lane",
        "not open": f"/{language}/join/mechatronics/",
        "waiting": path_to(STATUS, language, proposal=waiting.pk),
        "returned": path_to(STATUS, language, proposal=returned.pk),
        "sent": path_to(STATUS, language, proposal=mine.pk),
        "own": path_to(YOUR_FIRM, language, proposal=mine.pk),
        "leaving": path_to(REMOVE_FIRM, language, proposal=remove.pk),
        "still right": path_to(STILL_RIGHT, language, firm=firm.pk, after=0),
        "refused": f"/{language}/your-firm/x/",
        "the firm": f"/{language}/firms/hopshed-lane/",
    }


@in_every_language
def test_axe_finds_nothing_on_any_page_for_firms(
    page: Page, register: LiveServer, language: str, width: int
) -> None:
    shown = all_pages(language)
    for name, path in shown.items():
        open_at(page, register.url + path, width)
        check(page, f"{name} at {width}, {language}")
        assert_fits_a_phone(page, f"{name}, {language}")
    for name in ("correct", "list", "join as", "own"):
        open_at(page, register.url + shown[name], width)
        for required in page.locator("main form [name=name]").all():
            required.fill("")
        page.locator("main form[method=post] button").last.click()
        expect(page.get_by_role("alert")).to_be_visible()
        check(page, f"errors of {name} at {width}, {language}")
