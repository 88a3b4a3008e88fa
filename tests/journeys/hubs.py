"""Owns the two hubs that journeys of leads and editors walk through, and what each side must not read."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from cluster_pages.actions.set_up_hub import keep_workflow_of_firms
from cluster_pages.models import HubSectionPage, RegionalHubPage
from directory.models import Firm
from tests.cluster_pages.builders import below, make_site, provision
from tests.directory.builders import make_capability, make_firm, make_region
from tests.hub.people import make_deputy, make_editor, make_lead

DESK, PHONE = 1280, 390
FOREIGN = "Zeeuws"  # stands in the title of everything of the other region


@dataclass
class Hubs:
    """Kent, whose people walk; and Zeeland, of which they read nothing."""

    lead: Any
    deputy: Any
    editor: Any
    kent: RegionalHubPage
    firm: Firm
    foreign_page: Any
    foreign_firm: Firm


def make_hubs() -> Hubs:
    """Two regions with a hub, a firm and people each; in Zeeland something waits, too."""
    make_region("kent", parent="united-kingdom")
    make_region("zeeland", parent="netherlands")
    make_capability("brewing")
    make_site(["home", "regions", "directory"])
    keep_workflow_of_firms()
    kent, zeeland = provision("kent"), provision("zeeland")
    firm = make_firm("Hopshed Lane", town="Faversham", texts={"en": "We brew ale."}, published=True)
    foreign_firm = make_firm(f"{FOREIGN} Bier", region="zeeland", texts={"nl": "Bier."}, published=True)
    foreign_page = below(zeeland, HubSectionPage(title=f"{FOREIGN} plan"))
    foreign_editor = make_editor("zeeland", "jan-ver")
    make_lead("zeeland", "piet-blom")
    for thing in (foreign_page, foreign_firm):
        submit(thing, foreign_editor)
    return Hubs(
        lead=make_lead("kent", "ann-baker"),
        deputy=make_deputy("kent", "bob-cole"),
        editor=make_editor("kent", "eve-dunn"),
        kent=kent,
        firm=firm,
        foreign_page=foreign_page,
        foreign_firm=foreign_firm,
    )


def another_person(browser: Browser, width: int = DESK) -> BrowserContext:
    """A browser of somebody else, with cookies of its own."""
    return browser.new_context(
        locale="en-GB", viewport={"width": width, "height": 900}, reduced_motion="reduce"
    )


def fits_a_phone(page: Page) -> None:
    """Nothing sticks out to the right on a phone; the desk comes back afterwards."""
    page.set_viewport_size({"width": PHONE, "height": 844})
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size({"width": DESK, "height": 900})
    assert wide <= PHONE, f"{page.url} is {wide} wide"


def reads_nothing_foreign(page: Page) -> None:
    """Neither the screen nor its source has a word of the other region."""
    assert FOREIGN not in page.content(), page.url


def submit(thing: Any, by: Any) -> None:
    """What waits for whoever may publish it."""
    thing.save_revision(user=by)
    thing.get_workflow().start(thing, by)


def save_draft(page: Page) -> None:
    """The large button below a form."""
    page.locator("footer").get_by_role("button", name="Save draft").click()


def choose(page: Page, action: str) -> None:
    """One of the actions behind the arrow beside the large button."""
    page.locator("footer").get_by_role("button", name="More actions").click()
    page.locator("footer").get_by_role("button", name=action, exact=True).click()
