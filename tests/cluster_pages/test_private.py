"""Owns the proof that a page that is not for everybody shows in no language, list or file for machines."""

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from tests.cluster_pages.builders import make_page, make_site

pytestmark = pytest.mark.django_db
SECRET = "Turnover of every member"


def test_a_page_below_a_private_one_is_read_in_no_language_and_told_of_nowhere(client: Client) -> None:
    make_site()
    above = make_page("Members", slug="members")
    make_page(SECRET, slug="turnover", introduction=SECRET, parent=above)
    PageViewRestriction.objects.create(page=above, restriction_type=PageViewRestriction.LOGIN)

    for language in ("en", "fr", "nl"):
        answer = client.get(f"/{language}/members/turnover/")
        assert answer.status_code == 302 and "log-in" in answer.headers["Location"]
        for path in (f"/{language}/", f"/{language}/search/?q=turnover", "/sitemap-pages.xml"):
            html = client.get(path).content.decode()
            assert SECRET not in html and "members/turnover" not in html
