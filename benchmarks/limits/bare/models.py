"""Owns the least that is a page of Wagtail: a title and a text, without a frame around them."""

from wagtail.fields import RichTextField
from wagtail.models import Page


class BarePage(Page):
    """A page as a Wagtail developer first writes it."""

    body = RichTextField()

    template = "bench_bare/bare_page.html"
