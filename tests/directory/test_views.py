"""Owns the tests of the register's public pages, through their addresses."""

import csv
import io
import logging
import re
from html import unescape

import openpyxl
import pytest
from django.test import Client
from django.utils.html import strip_tags

from directory.actions.renaming import RenameFirmAction
from directory.models import FormerSlug
from hub.actions import SYSTEM
from tests.counting import queries_of
from tests.directory.builders import NOW, make_contact, make_firm, make_region
from tests.directory.indexing import index_firms, make_many

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "fr", "nl")
SWAP = {"HX-Request": "true"}
# What a browser neither runs nor fetches: facts for machines, and where this page lives.
WITHOUT_REQUEST = (
    r'<script type="application/ld\+json">[^<]*</script>|<link rel="(?:canonical|alternate)"[^>]*>'
)


def text_of(html: str) -> str:
    """What a reader sees of a page, on one line."""
    return " ".join(unescape(strip_tags(html)).split())


def get(client: Client, path: str, status: int = 200, headers: dict[str, str] | None = None) -> str:
    response = client.get(path, headers=headers or {})
    assert response.status_code == status, path
    return response.content.decode()


@pytest.fixture
def brewers() -> None:
    make_firm("Hopshed Lane", capabilities=["brewing"], texts={"en": "We brew a red ale."})
    make_firm(
        "Brouwerij De Schuur",
        region=make_region("west-flanders", parent="belgium"),
        capabilities=["brewing"],
        texts={"nl": "Wij brouwen rood bier."},
    )
    make_firm("Silent Gears", sectors=["mechatronics"])
    index_firms()


@pytest.mark.usefixtures("brewers")
def test_the_register_shows_every_firm_and_says_how_many(client: Client) -> None:
    shown = text_of(get(client, "/en/firms/"))

    assert "3 firms" in shown
    assert all(name in shown for name in ("Hopshed Lane", "Brouwerij De Schuur", "Silent Gears"))


@pytest.mark.usefixtures("brewers")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_answers_in_its_language(client: Client, language: str) -> None:
    for path in ("firms/", "firms/?q=ale", "firms/?q=nothing-at-all", "firms/hopshed-lane/"):
        assert f'<html lang="{language}">' in get(client, f"/{language}/{path}")


@pytest.mark.usefixtures("brewers")
def test_a_sentence_and_chips_say_what_is_shown(client: Client) -> None:
    html = get(client, "/en/firms/?capability=brewing&region=kent")

    assert "1 firm in Kent that uses brewing" in text_of(html)
    assert 'href="/en/firms/?capability=brewing"' in html
    assert 'href="/en/firms/?region=kent"' in html


@pytest.mark.usefixtures("brewers")
def test_a_firm_that_has_not_written_says_so(client: Client) -> None:
    assert "has not written about itself yet" in text_of(get(client, "/en/firms/?q=gears"))


@pytest.mark.usefixtures("brewers")
def test_the_passage_is_marked_and_keeps_its_language(client: Client) -> None:
    html = get(client, "/en/firms/?q=bier")

    assert '<span lang="nl">' in html
    assert "<mark>bier</mark>" in html


@pytest.mark.usefixtures("brewers")
def test_a_search_without_hits_offers_ways_on(client: Client) -> None:
    html = get(client, "/en/firms/?q=gears&capability=brewing")

    assert "0 firms" in text_of(html)
    assert 'href="/en/firms/?q=gears"' in html


def test_a_wider_place_is_offered_only_where_it_has_more(client: Client) -> None:
    make_region("england", parent="united-kingdom")
    make_region("south-east", parent="england")
    make_firm(region=make_region("kent", parent="south-east"), capabilities=["brewing"])
    make_firm(region=make_region("norfolk", parent="england"), capabilities=["brewing"])
    index_firms()

    html = get(client, "/en/firms/?capability=brewing&region=kent")

    nearby = html.partition("<h3>Nearby</h3>")[2].partition("</ul>")[0]
    assert re.findall("region=([a-z-]+)", nearby) == ["england"]


@pytest.mark.usefixtures("brewers")
def test_a_place_among_the_words_is_offered_as_a_filter(client: Client) -> None:
    html = get(client, "/en/firms/?q=bier+west+flanders")

    assert "Only firms in West Flanders" in text_of(html)
    assert "region=west-flanders" in html


def test_an_empty_register_has_a_kind_word(client: Client) -> None:
    index_firms()

    assert "please come back soon" in text_of(get(client, "/en/firms/"))


def test_a_register_that_was_never_indexed_answers_too(client: Client) -> None:
    assert "0 firms" in text_of(get(client, "/en/firms/?q=beer"))


@pytest.mark.usefixtures("brewers")
def test_a_value_that_nobody_knows_can_be_removed(client: Client) -> None:
    html = get(client, "/en/firms/?sector=alchemy")

    assert "Remove filter: Sector: alchemy" in text_of(html)


def test_a_page_after_the_last_one_leads_back_to_it(client: Client) -> None:
    make_many(25)
    index_firms()

    assert 'href="/en/firms/?page=2"' in get(client, "/en/firms/?page=7", status=404)


def test_pages_lead_to_each_other_and_keep_the_search(client: Client) -> None:
    make_many(45)
    index_firms()

    html = get(client, "/en/firms/?kind=sme&page=2")

    assert 'href="/en/firms/?kind=sme" rel="prev"' in html
    assert 'href="/en/firms/?kind=sme&amp;page=3" rel="next"' in html
    assert "page 2 of 3" in text_of(html)


@pytest.mark.usefixtures("brewers")
def test_the_language_links_keep_the_search(client: Client) -> None:
    html = get(client, "/en/firms/?q=ale&sector=food-drink")

    assert 'href="/fr/firms/?q=ale&amp;sector=food-drink" lang="fr" hreflang="fr"' in html


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("q=" + "a" * 257, "longer than 256 characters"),
        ("q=" + "+".join("abcdefghijklmnopqr"), "more than 16 words"),
        ("page=501", "pages from 1 to 500"),
        ("page=zero", "pages from 1 to 500"),
        ("&".join(f"sector={number}" for number in range(101)), "At most 100 values"),
        ("sort=price", "no such order"),
    ],
)
def test_a_search_beyond_a_limit_says_which_and_keeps_the_words(
    client: Client, query: str, reason: str
) -> None:
    make_firm()
    index_firms()

    kept = query if query.startswith("q=") else f"q=kept&{query}"

    html = get(client, f"/en/firms/?{kept}", status=400)

    assert reason in text_of(html)
    assert f'name="q" value="{kept.split("&")[0].removeprefix("q=").replace("+", " ")}"' in html


@pytest.mark.usefixtures("brewers")
def test_the_page_itself_gets_only_what_changes(client: Client) -> None:
    response = client.get("/en/firms/?q=&sort=relevance&sector=food-drink", headers=SWAP)
    html = response.content.decode()

    assert "<html" not in html
    assert "<title>2 firms in food drink" in html
    assert response["HX-Push-Url"] == "/en/firms/?sector=food-drink"
    assert "no-store" in response["Cache-Control"]
    assert "HX-Request" in response["Vary"]


@pytest.mark.usefixtures("brewers")
def test_the_back_button_gets_a_whole_page(client: Client) -> None:
    html = get(client, "/en/firms/?q=ale", headers={**SWAP, "HX-History-Restore-Request": "true"})

    assert "<html" in html


@pytest.mark.usefixtures("brewers")
def test_suggestions_lead_to_firms_and_to_filters(client: Client) -> None:
    html = get(client, "/en/firms/suggest/?q=br&region=kent&sort=name")

    assert 'data-url="/en/firms/brouwerij-de-schuur/"' in html
    assert 'data-url="/en/firms/?capability=brewing&amp;region=kent&amp;sort=name"' in html
    assert 'role="option"' in html


@pytest.mark.usefixtures("brewers")
def test_nothing_to_suggest_is_nothing_at_all(client: Client) -> None:
    assert get(client, "/en/firms/suggest/?q=").strip() == ""
    assert get(client, "/en/firms/suggest/?q=zzzzzz").strip() == ""
    assert get(client, "/en/firms/suggest/?q=" + "a" * 300, status=400) == ""


def test_a_firms_page_shows_what_is_public_and_nothing_else(client: Client) -> None:
    firm = make_firm("Hopshed", website="https://hops.example/", texts={"nl": "Wij brouwen."})
    make_contact(firm, name="Ada Secret", email="ada@secret.example", phone="+44 9999", role="Confidant")

    html = get(client, "/en/firms/hopshed/")

    assert 'href="https://hops.example/" rel="nofollow noopener' in html
    assert 'lang="nl"><p>Wij brouwen.</p></div>' in html
    assert "in Dutch only" in text_of(html)
    assert not any(private in html for private in ("Ada", "secret", "9999", "Confidant"))


def test_what_a_firm_writes_is_text_and_never_markup(client: Client) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)> bier"
    make_firm(
        hostile,
        slug="hostile",
        texts={"en": {"tagline": hostile, "description": hostile, "offers_text": hostile}},
        town=hostile,
    )
    index_firms()

    for path in ("/en/firms/", "/en/firms/?q=bier", "/en/firms/hostile/", "/en/firms/suggest/?q=alert"):
        html = get(client, path)
        assert "<script>alert" not in html
        assert "<img src=x" not in html


def test_a_former_address_leads_to_the_present_one_for_ever(client: Client) -> None:
    FormerSlug.objects.create(firm=make_firm("New Name"), slug="old-name")

    response = client.get("/fr/firms/old-name/")

    assert (response.status_code, response["Location"]) == (301, "/fr/firms/new-name/")


def test_no_browser_believes_for_ever_that_a_firm_has_moved(client: Client) -> None:
    firm = make_firm(slug="first")
    for slug in ("second", "first"):
        RenameFirmAction(firm=firm, slug=slug, actor=SYSTEM, now=NOW).run()

    for path in ("/en/firms/second/", "/api/hub/v1/firms/second/"):
        response = client.get(path)
        assert response.status_code == 301 and "max-age=" in response["Cache-Control"]


def test_firms_that_were_never_listed_have_no_page(client: Client) -> None:
    draft = make_firm("Draft", live=False)
    make_firm("Nowhere", region=None)
    make_firm("Says Nothing", sectors=[])
    FormerSlug.objects.create(firm=draft, slug="old-draft")

    for slug in ("draft", "nowhere", "says-nothing", "old-draft", "never-there"):
        get(client, f"/en/firms/{slug}/", status=404)


@pytest.mark.usefixtures("brewers")
def test_pages_need_no_inline_code_and_nothing_from_elsewhere(client: Client) -> None:
    for path in (
        "/en/firms/",
        "/en/firms/?q=gears&sector=food-drink",
        "/en/firms/hopshed-lane/",
        "/en/firms/?page=0",
    ):
        html = re.sub(WITHOUT_REQUEST, "", client.get(path).content.decode())

        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html)
        assert not re.search(r"<script(?!(?:[^>]*\ssrc=\"/static/| type=\"application/ld\+json\"))", html)
        # What it says of its own address is fetched by nobody.
        fetched = re.sub(r"<link rel=\"(?:canonical|alternate)\"[^>]+>", "", html)
        assert not re.search(r"<(?:link|img|script)[^>]+(?:href|src)=\"(?:https?:)?//", fetched)


@pytest.mark.usefixtures("brewers")
def test_no_log_line_says_what_a_visitor_typed(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    loggers = [logging.getLogger(name) for name in ("search", "directory", "hub")]
    for logger in loggers:
        logger.addHandler(caplog.handler)
    with caplog.at_level(logging.DEBUG):
        get(client, "/en/firms/?q=embarrassing-ailment")
        get(client, "/en/firms/suggest/?q=embarrassing-ailment")
    for logger in loggers:
        logger.removeHandler(caplog.handler)

    assert not any("embarrassing" in str(vars(record)) for record in caplog.records)


RESULT_PAGES = (
    "/en/firms/",
    "/en/firms/?q=firm",
    "/en/firms/?q=firm+brewing&region=kent&serves=1&kind=sme&sort=name",
    "/en/firms/?q=%22firm+5%22",
    "/en/firms/?q=frim+brewnig",
    "/en/firms/?q=firm&sector=alchemy&region=kent",
    "/en/firms/suggest/?q=fi",
)


def test_a_result_page_asks_at_most_ten_statements_however_many_firms_there_are(client: Client) -> None:
    make_many(10)
    index_firms()
    few = {path: queries_of(client, path) for path in RESULT_PAGES}
    make_many(990, named="Another")
    index_firms()
    many = {path: queries_of(client, path) for path in RESULT_PAGES}

    assert many == few
    assert max(few.values()) <= 10
    assert few["/en/firms/?q=firm"] == 3  # two of the search, one of the frame around the page


def test_a_firms_page_asks_as_many_statements_for_a_rich_firm_as_for_a_bare_one(client: Client) -> None:
    make_firm("Bare", capabilities=["brewing"], serves=["zeeland"], texts={"en": "Ale."})
    rich = make_firm(
        "Rich",
        sectors=["food-drink", "retail", "electronics"],
        capabilities=["brewing", "packaging", "sensors"],
        serves=["zeeland", "kent", "flanders"],
        texts={"en": "Ale.", "fr": "Bière.", "nl": "Bier."},
        clusters=["food-drink", "mechatronics"],
    )
    for number in range(5):
        make_contact(rich, name=f"Person {number}", is_name_public=True)

    assert queries_of(client, "/en/firms/rich/") == queries_of(client, "/en/firms/bare/")


def downloaded(client: Client, path: str) -> bytes:
    response = client.get(path)
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


@pytest.mark.usefixtures("brewers")
def test_a_search_is_downloaded_in_the_order_of_its_results(client: Client) -> None:
    rows = list(
        csv.reader(downloaded(client, "/en/firms/export.csv?sort=name").decode("utf-8-sig").splitlines())
    )

    assert [row[0] for row in rows[1:]] == ["Brouwerij De Schuur", "Hopshed Lane", "Silent Gears"]


@pytest.mark.usefixtures("brewers")
def test_a_download_has_the_filters_of_its_search(client: Client) -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(downloaded(client, "/nl/firms/export.xlsx?capability=brewing&region=kent"))
    )

    assert [row[0].value for row in book.active][1:] == ["Hopshed Lane"]


def test_a_download_goes_beyond_the_first_page(client: Client) -> None:
    make_many(45)
    index_firms()

    assert downloaded(client, "/en/firms/export.csv?page=2").count(b"\r\n") == 46


def test_a_download_tells_nothing_private(client: Client) -> None:
    make_contact(make_firm("Hopshed"), name="Ada Secret", email="ada@secret.example", phone="+44 9999")
    index_firms()

    assert not any(
        private in downloaded(client, "/en/firms/export.csv") for private in (b"Ada", b"secret", b"9999")
    )


def test_a_download_beyond_a_limit_says_which(client: Client) -> None:
    assert "more than 16 words" in text_of(get(client, "/en/firms/export.csv?q=" + "a+" * 17, status=400))
