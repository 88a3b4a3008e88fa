"""Owns the journeys through the public pages: languages, menu, map; and what axe says of every state."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from cluster_pages.models import ClusterPage
from tests.cluster_pages.builders import made_page
from tests.journeys.axe import assert_fits_a_phone, check, in_every_language, open_at

SHIFT = """() => new Promise(done => {
  const moved = [];
  new PerformanceObserver(list => {
    for (const each of list.getEntries()) moved.push(...each.sources.map(one => one.node?.className));
  }).observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => setTimeout(() => done(moved), 0));
})"""


# A hub in its home language and in others, what lies below it, and how to write to its leads.
REGIONS = (
    "regions/kent/",
    "regios/west-vlaanderen/",
    "regions/kent/meet-us/",
    "regions/kent/export/",
    "regions/kent/contact/",
    "regions/kent/contact/thanks/",
)


STATUS = {"refused": 400, "not there": 404}


def paths(language: str) -> dict[str, str]:
    """Every type of page and state in a language."""
    closed = made_page("cluster_mechatronics", language)
    assert isinstance(closed, ClusterPage)
    return {
        "home": f"/{language}/",
        "register": made_page("directory", language).get_url(),
        "clusters": made_page("clusters", language).get_url(),
        "open cluster": made_page("cluster_food-drink", language).get_url(),
        "closed cluster": closed.get_url() or "",
        "regions": made_page("regions", language).get_url(),
        **{f"regions, {path}": f"/{language}/{path}" for path in REGIONS},
        "text": made_page("about", language).get_url(),
        "not translated": f"/{language}/only-english/",
        "found": f"/{language}/search/?q=beer",
        "nothing found": f"/{language}/search/?q=zzyzx",
        "nothing asked": f"/{language}/search/",
        "refused": f"/{language}/search/?q={'x' * 300}",
        "not there": f"/{language}/never-there/",
    }


@in_every_language
def test_axe_finds_nothing_on_any_page(
    page: Page, public_site: LiveServer, language: str, width: int
) -> None:
    for name, path in paths(language).items():
        status = open_at(page, public_site.url + path, width)
        assert status == STATUS.get(name, 200), name
        check(page, f"{name} in {language}")
        assert_fits_a_phone(page, f"{name} in {language}")


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_in_the_dark(page: Page, public_site: LiveServer, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark")
    for name, path in paths("en").items():
        page.goto(public_site.url + path)
        check(page, f"{name} at {width}, dark", rules=["color-contrast"])


def test_nothing_is_lost_on_a_narrow_screen_and_nothing_moves(page: Page, public_site: LiveServer) -> None:
    page.set_viewport_size({"width": 320, "height": 900})
    for name, path in paths("nl").items():
        page.goto(public_site.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
        assert page.evaluate(SHIFT) == [], name


@pytest.mark.browser(width=390, scripts=False)
def test_a_phone_without_scripts_goes_through_the_menu(page: Page, public_site: LiveServer) -> None:
    page.goto(f"{public_site.url}/en/")
    menu = page.get_by_role("navigation", name="Main")
    expect(menu).to_be_hidden()

    page.get_by_text("Menu", exact=True).click()
    menu.get_by_role("link", name="Clusters").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Clusters")
    page.get_by_role("link", name="Food & Drink").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Food & Drink")
    page.get_by_role("navigation", name="Language").first.get_by_role("link", name="Français").click()
    expect(page).to_have_url(re.compile("/fr/clusters/agroalimentaire/$"))

    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("searchbox", name="Chercher des entreprises et des pages").fill("bière")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Recherche de « bière »")
    expect(page.get_by_role("link", name="Hopshed Lane")).to_be_visible()


@pytest.mark.browser(locale="fr-FR")
def test_a_french_browser_begins_in_french_and_finds_a_firm(page: Page, public_site: LiveServer) -> None:
    page.goto(f"{public_site.url}/")
    expect(page).to_have_url(f"{public_site.url}/fr/")

    page.get_by_label("Que cherchez-vous").fill("bière")
    page.get_by_role("button", name="Rechercher", exact=True).click()

    expect(page).to_have_url(re.compile(r"/fr/trouver-une-entreprise/\?q=bi"))
    expect(page.locator("#sentence")).to_have_text("2 entreprises pour « bière »")
    page.get_by_role("checkbox", name=re.compile("^Flandre-Occidentale")).check()
    expect(page.locator("#sentence")).to_contain_text("1 entreprise")
    page.get_by_role("navigation", name="Langue").first.get_by_role("link", name="Nederlands").click()
    expect(page).to_have_url(re.compile(r"/nl/vind-een-bedrijf/\?q=bi.*&region=west-flanders"))

    page.goto(f"{public_site.url}/")
    expect(page).to_have_url(f"{public_site.url}/nl/")


def test_the_map_is_gone_through_by_keys_after_its_list(page: Page, public_site: LiveServer) -> None:
    page.goto(f"{public_site.url}/en/")
    listed = page.locator(".region-list a")
    drawn = page.locator(".region-map a")
    assert listed.count() >= drawn.count() > 0

    listed.last.focus()
    page.keyboard.press("Tab")
    expect(drawn.first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{public_site.url}/en/regions/kent/")


def test_paper_shows_the_text_and_none_of_the_frame(page: Page, public_site: LiveServer) -> None:
    page.goto(f"{public_site.url}/en/clusters/mechatronics/")
    page.emulate_media(media="print")

    expect(page.get_by_text("This cluster is closed")).to_be_visible()
    expect(page.locator(".site-menu")).to_be_hidden()
    expect(page.locator(".site-footer__part").first).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.documentElement).color") == "rgb(0, 0, 0)"


def test_forced_colours_leave_states_and_edges(page: Page, public_site: LiveServer) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{public_site.url}/en/")

    edge = page.locator(".cluster-card").first.evaluate("each => getComputedStyle(each).borderTopStyle")
    footer = page.locator(".site-footer").evaluate("each => getComputedStyle(each).borderTopStyle")
    assert (edge, footer) == ("solid", "solid")
    expect(page.locator(".state").first).to_be_visible()
