"""Owns the journeys of somebody who looks for a firm: by mouse, by keys, on a phone, and without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

# Everything that a screen reader says by itself, in order.
HEARD = """() => {
  window.heard = [];
  for (const each of document.querySelectorAll("[role=status], [role=alert], [aria-live]"))
    new MutationObserver(() => { if (each.textContent.trim()) window.heard.push(each.textContent.trim()); })
      .observe(each, {childList: true, characterData: true, subtree: true});
}"""


def sentence(page: Page, said: str) -> None:
    """The page says what it shows, and so does its title."""
    expect(page.locator("#sentence")).to_have_text(said)
    expect(page).to_have_title(re.compile("^" + re.escape(said)))


@pytest.mark.browser
def test_with_a_mouse(site: Page) -> None:
    sentence(site, "43 firms")
    site.get_by_label("What are you looking for?").fill("beer")
    site.get_by_role("button", name="Search", exact=True).click()
    sentence(site, "2 firms for “beer”")

    site.get_by_role("checkbox", name=re.compile("^Kent")).check()
    sentence(site, "1 firm for “beer” in Kent")
    expect(site).to_have_url(re.compile(r"/en/firms/\?q=beer&region=kent$"))
    expect(site.get_by_role("status").filter(has_text="1 firm")).to_have_text("1 firm for “beer” in Kent")
    expect(site.locator("#region-kent")).to_be_focused()
    for link in site.get_by_role("link", name="Français").all():  # in the header and in the footer
        expect(link).to_have_attribute("href", "/fr/firms/?q=beer&region=kent")

    site.get_by_role("link", name=re.compile("Remove filter: Region: Kent")).click()
    sentence(site, "2 firms for “beer”")
    expect(site.locator("#region-kent")).not_to_be_checked()

    site.get_by_role("link", name="Hopshed Lane").click()
    expect(site.get_by_role("heading", level=1)).to_contain_text("Hopshed Lane")
    expect(site.get_by_text("We brew red ale.")).to_be_visible()
    site.get_by_role("link", name="Brewing").click()
    sentence(site, "2 firms that use brewing")


@pytest.mark.browser
def test_the_counts_follow_every_choice_and_stay_where_they_are(site: Page) -> None:
    kent = site.locator("label", has=site.locator("#region-kent")).locator(".facet__count")
    expect(kent).to_have_text("42")

    site.locator("#sector-mechatronics").check()

    expect(kent).to_have_text("1")
    expect(site.locator("label", has=site.locator("#region-west-flanders"))).to_have_class(
        re.compile("is-empty")
    )
    expect(site.locator("#region-west-flanders")).to_be_enabled()


@pytest.mark.browser
def test_back_restores_the_search_and_its_form(site: Page) -> None:
    site.locator("#sector-mechatronics").check()
    sentence(site, "1 firm in mechatronics")
    site.get_by_label("Sort by").select_option("name")
    expect(site).to_have_url(re.compile("sort=name"))
    site.get_by_role("link", name="Silent Gears").click()
    expect(site.get_by_role("heading", level=1)).to_have_text("Silent Gears")

    site.go_back()
    sentence(site, "1 firm in mechatronics")
    expect(site.get_by_label("Sort by")).to_have_value("name")

    site.go_back()
    expect(site.get_by_label("Sort by")).to_have_value("relevance")
    expect(site.locator("#sector-mechatronics")).to_be_checked()

    site.go_back()
    sentence(site, "43 firms")
    expect(site.locator("#sector-mechatronics")).not_to_be_checked()


@pytest.mark.browser
def test_with_the_keyboard_alone(site: Page) -> None:
    site.keyboard.press("Tab")
    expect(site.get_by_role("link", name="Skip to the content")).to_be_focused()
    site.keyboard.press("Enter")
    expect(site.locator("#main")).to_be_focused()
    site.keyboard.press("Tab")
    expect(site.get_by_label("What are you looking for?")).to_be_focused()

    site.keyboard.type("brew")
    options = site.get_by_role("listbox", name="Suggestions").get_by_role("option")
    expect(options).to_have_text([re.compile("Brewing")])
    site.keyboard.press("Escape")
    expect(site.get_by_role("listbox", name="Suggestions")).to_be_hidden()
    expect(site.get_by_label("What are you looking for?")).to_have_value("brew")

    site.keyboard.type("i")
    expect(options).to_have_count(1)
    site.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(site.get_by_role("combobox", name="What are you looking for?")).to_have_attribute(
        "aria-activedescendant", "suggestion-1-1"
    )
    site.keyboard.press("Enter")
    sentence(site, "2 firms that use brewing")

    site.locator("#region-kent").focus()
    site.keyboard.press("Space")
    sentence(site, "1 firm in Kent that uses brewing")
    expect(site.locator("#region-kent")).to_be_focused()

    site.get_by_role("link", name=re.compile("Remove filter: Region")).focus()
    site.keyboard.press("Enter")
    sentence(site, "2 firms that use brewing")
    expect(site.get_by_role("region", name="Results")).to_be_focused()


@pytest.mark.browser(width=390)
def test_on_a_phone(site: Page) -> None:
    filters = site.locator("details.filters")
    expect(site.locator("#sector-mechatronics")).to_be_hidden()
    expect(site.get_by_role("heading", name="43 firms")).to_be_in_viewport()

    site.get_by_text("Filters", exact=True).click()
    site.locator("#sector-mechatronics").check()
    show = site.get_by_role("button", name="Show 1 firm")
    show.click()

    expect(filters).not_to_have_attribute("open", "")
    sentence(site, "1 firm in mechatronics")
    expect(site.get_by_role("heading", name="Silent Gears")).to_be_in_viewport()
    assert site.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.browser(scripts=False)
def test_without_scripts(site: Page) -> None:
    site.get_by_label("What are you looking for?").fill("beer")
    site.locator("#region-kent").check()
    site.get_by_role("button", name=re.compile("^Show")).click()
    sentence(site, "1 firm for “beer” in Kent")

    site.get_by_label("Sort by").select_option("name")
    site.get_by_role("button", name="Sort").click()
    expect(site).to_have_url(re.compile("sort=name"))

    site.get_by_role("link", name=re.compile("Remove filter")).click()
    sentence(site, "2 firms for “beer”")
    site.get_by_role("link", name="Hopshed Lane").click()
    expect(site.get_by_role("heading", level=1)).to_contain_text("Hopshed Lane")


@pytest.mark.browser(width=390, scripts=False)
def test_on_a_phone_without_scripts(site: Page) -> None:
    site.get_by_text("Filters", exact=True).click()
    site.locator("#sector-mechatronics").check()
    site.get_by_role("button", name="Show 43 firms").click()

    sentence(site, "1 firm in mechatronics")


@pytest.mark.browser
def test_pages_are_turned_without_losing_the_place(site: Page) -> None:
    site.get_by_role("navigation", name="Pages").get_by_role("link", name="Next").click()

    expect(site).to_have_title(re.compile("43 firms, page 2 of 3"))
    expect(site.get_by_role("region", name="Results")).to_be_focused()


@pytest.mark.browser
def test_a_search_beyond_a_limit_is_explained_on_a_page_of_its_own(site: Page) -> None:
    site.get_by_label("What are you looking for?").fill(" ".join("abcdefghijklmnopqrs"))
    site.get_by_role("button", name="Search", exact=True).click()

    expect(site.get_by_role("alert")).to_contain_text("more than 16 words")
    expect(site.get_by_label("What are you looking for?")).to_have_value(re.compile("a b c d"))


@pytest.mark.browser
def test_every_change_is_heard_once_and_leaves_the_focus(site: Page) -> None:
    site.evaluate(HEARD)
    kent, sort = site.locator("#region-kent"), site.get_by_label("Sort by")

    kent.focus()
    site.keyboard.press("Space")
    sentence(site, "42 firms in Kent")
    expect(kent).to_be_focused()
    sort.focus()
    sort.select_option("name")
    expect(site).to_have_url(re.compile("sort=name"))
    expect(site.get_by_role("status").filter(has_text="sorted by")).to_be_attached()
    expect(sort).to_be_focused()

    assert site.evaluate("window.heard") == ["42 firms in Kent", "42 firms in Kent, sorted by: Name"]


@pytest.mark.browser
def test_a_screen_reader_meets_the_directory_as_it_is_meant(site: Page) -> None:
    expect(site.get_by_role("main")).to_match_aria_snapshot("""
    - main:
      - heading "Find a firm" [level=1]
      - search:
        - combobox "What are you looking for?"
        - button "Search"
        - status
        - group:
          - group "Sector":
            - checkbox "Mechatronics 1"
          - group "Region":
            - checkbox "Kent 42"
      - region "Results":
        - status
        - heading "43 firms" [level=2]
        - paragraph:
          - combobox "Sort by"
        - list:
          - listitem:
            - article:
              - heading [level=3]
        - navigation "Pages"
    """)
