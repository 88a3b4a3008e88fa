"""Owns what ours is measured beside: pages as a Wagtail developer first writes them, a firm without walls."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from directory.firm_panels import firm_panels
from directory.models import Firm
from hub.blocks import BodyBlock


class BarePage(Page):
    """A page as a Wagtail developer first writes it."""

    body = RichTextField()

    template = "bench_bare/bare_page.html"


class StockPage(Page):
    """A page with the fields of ours, under the rights of Wagtail alone."""

    introduction = models.TextField(max_length=600, blank=True)
    body = StreamField(BodyBlock(), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]


class UnwalledFirm(Firm):
    """The same firm and form in Wagtail's own views, saved as Wagtail saves."""

    class Meta:
        proxy = True

    def serializable_data(self) -> dict[str, object]:
        """All fields, as Wagtail keeps them."""
        return super(Firm, self).serializable_data()

    def with_content_json(self, content: dict[str, object]) -> "UnwalledFirm":
        """The firm as the revision tells it."""
        return super(Firm, self).with_content_json(content)


class UnwalledFirmViewSet(SnippetViewSet):
    """Wagtail's own views."""

    model = UnwalledFirm
    edit_handler = firm_panels()


register_snippet(UnwalledFirmViewSet)
