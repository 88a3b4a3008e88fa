"""Owns the proof of what pages say to machines: addresses, languages, sitemaps, structured data, weight."""

import gzip
import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from hub.languages import LANGUAGES
from hub.seo import json_ld
from tests.cluster_pages.builders import made_page, make_page
from tests.directory.builders import make_firm
from tests.directory.indexing import index_firms, make_many

ROOT = Path(__file__).resolve().parents[2]
XML = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
BUDGET = 80 * 1024  # bytes of HTML and CSS, compressed
PUBLIC = ("/en/", "/fr/clusters/", "/nl/clusters/voeding-drank/", "/en/about/", "/fr/trouver-une-entreprise/")


def links(html: str, rel: str) -> dict[str, str]:
    found = re.findall(rf'<link rel="{rel}"(?: hreflang="([\w-]+)")? href="http://testserver([^"]*)">', html)
    return dict(found)


def structured(html: str) -> dict[str, Any]:
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    facts: dict[str, Any] = json.loads(text)
    return facts


@pytest.mark.usefixtures("made_site")
@pytest.mark.django_db
def test_every_page_names_its_one_address_and_those_in_other_languages(client: Client) -> None:
    html = client.get("/fr/clusters/agroalimentaire/?from=mail").content.decode()

    assert links(html, "canonical") == {"": "/fr/clusters/agroalimentaire/"}
    assert links(html, "alternate") == {
        "en": "/en/clusters/food-drink/",
        "fr": "/fr/clusters/agroalimentaire/",
        "nl": "/nl/clusters/voeding-drank/",
        "x-default": "/en/clusters/food-drink/",
    }


@pytest.mark.usefixtures("made_site")
@pytest.mark.django_db
def test_a_page_in_one_language_names_no_other(client: Client) -> None:
    make_page("Only English", slug="only-english")

    assert links(client.get("/en/only-english/").content.decode(), "alternate") == {}


@pytest.mark.usefixtures("made_site")
@pytest.mark.django_db
def test_alternates_lead_back_to_each_other(client: Client) -> None:
    for path in PUBLIC:
        mine = links(client.get(path).content.decode(), "alternate")
        assert set(mine) == {*LANGUAGES, "x-default"}
        for other in mine.values():
            answer = client.get(other)
            assert answer.status_code == 200
            assert links(answer.content.decode(), "alternate") == mine


@pytest.mark.usefixtures("made_site")
@pytest.mark.django_db
def test_the_home_page_says_who_speaks_and_the_others_the_way_to_them(client: Client) -> None:
    home = structured(client.get("/en/").content.decode())
    below = structured(client.get("/en/clusters/food-drink/").content.decode())

    assert home["@type"] == "Organization" and home["url"] == "http://testserver/"
    assert below["@type"] == "BreadcrumbList"
    assert [step["item"] for step in below["itemListElement"]] == [
        "http://testserver/en/",
        "http://testserver/en/clusters/",
        "http://testserver/en/clusters/food-drink/",
    ]
    assert [step["position"] for step in below["itemListElement"]] == [1, 2, 3]


@pytest.mark.usefixtures("made_site")
@pytest.mark.django_db
def test_a_title_cannot_break_out_of_structured_data(client: Client) -> None:
    make_page("</script><script>alert(1)</script> & Co", slug="bold")

    html = client.get("/en/bold/").content.decode()

    assert "<script>alert" not in html
    assert structured(html)["itemListElement"][-1]["name"] == "</script><script>alert(1)</script> & Co"


@pytest.mark.pure
def test_structured_data_stay_what_they_were() -> None:
    facts = {"name": "<!--</script>\u2028&"}

    text = json_ld(facts)

    assert json.loads(text.split(">", 1)[1].rsplit("</script>", 1)[0]) == facts
    assert text.count("<") == 2 and "\u2028" not in text


@pytest.mark.usefixtures("made_site")
@pytest.mark.django_db
def test_a_shared_page_has_a_title_a_text_and_an_address(client: Client) -> None:
    html = client.get("/nl/over-ons/").content.decode()

    assert '<meta property="og:title" content="Over ons">' in html
    assert '<meta property="og:url" content="http://testserver/nl/over-ons/">' in html
    assert '<meta property="og:locale" content="nl">' in html
    assert re.search(r'<meta name="description" content="Overheden, kamers[^"]+">', html)


@pytest.mark.usefixtures("made_site")
@pytest.mark.django_db
def test_errors_and_searches_name_no_address_to_be_indexed(client: Client) -> None:
    index_firms()

    for path in ("/en/never-there/", "/en/search/?q=beer", "/en/find-a-firm/?page=0"):
        html = client.get(path).content.decode()
        assert 'name="robots" content="noindex' in html and 'rel="canonical"' not in html, path


@pytest.mark.usefixtures("made_site")
@pytest.mark.django_db
def test_the_sitemaps_hold_every_public_page_and_firm_in_every_language(client: Client) -> None:
    make_firm("Hopshed Lane")
    make_firm("Not Listed", sectors=[])
    make_page("Only English", slug="only-english")

    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    parts = [place.text or "" for place in index.findall("s:sitemap/s:loc", XML)]
    urls = {}
    for part in parts:
        for url in ElementTree.fromstring(client.get(part).content).findall("s:url", XML):
            place = url.findtext("s:loc", "", XML).removeprefix("http://testserver")
            urls[place] = {
                link.get("hreflang"): (link.get("href") or "").removeprefix("http://testserver")
                for link in url.findall("x:link", XML)
            }

    assert {f"/{language}/firms/hopshed-lane/" for language in LANGUAGES} <= set(urls)
    assert urls["/fr/firms/hopshed-lane/"]["nl"] == "/nl/firms/hopshed-lane/"
    assert urls["/en/about/"] == {"en": "/en/about/", "fr": "/fr/a-propos/", "nl": "/nl/over-ons/"}
    assert urls["/en/only-english/"] == {}
    assert not [url for url in urls if "privacy" in url or "not-listed" in url]
    assert all(client.get(url).status_code == 200 for url in urls if "/firms/" not in url)


@pytest.mark.usefixtures("made_site")
@pytest.mark.django_db
def test_a_sitemap_asks_as_much_for_many_firms_as_for_few(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    make_many(60)

    with django_assert_max_num_queries(4):
        assert client.get("/sitemap-firms.xml").status_code == 200
    assert client.get("/sitemap-nothing.xml").status_code == 404
    assert client.get("/sitemap-firms.xml?p=99").status_code == 404


@pytest.mark.usefixtures("made_site")
@pytest.mark.django_db
def test_robots_are_led_to_the_sitemap_and_away_from_searches(client: Client) -> None:
    answer = client.get("/robots.txt")

    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "Sitemap: http://testserver/sitemap.xml" in answer.content.decode()
    assert "Disallow: /admin/" in answer.content.decode()


@pytest.mark.usefixtures("made_site")
@pytest.mark.django_db
def test_a_page_and_its_styles_weigh_little(client: Client) -> None:
    make_many(40)
    index_firms()
    styles = (ROOT / "hub/static/hub/css/hub.css").read_bytes()

    for path in (*PUBLIC, "/en/firms/firm-1/"):
        html = client.get(path).content
        assert len(gzip.compress(html)) + len(gzip.compress(styles)) <= BUDGET, path


@pytest.mark.usefixtures("made_site")
@pytest.mark.django_db
def test_a_share_image_is_named_with_its_size(client: Client) -> None:
    from wagtail.images import get_image_model
    from wagtail.images.tests.utils import get_test_image_file

    page = made_page("about")
    page.share_image = get_image_model().objects.create(title="Harbour", file=get_test_image_file())
    page.save_revision().publish()

    html = client.get("/en/about/").content.decode()

    assert re.search(r'og:image" content="http://testserver/media/images/[^"]+1200x630[^"]*"', html)
    assert 'og:image:width"' in html
