"""Owns the page for anything that is only text: about us, a notice, a statement."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from hub.pages import WrittenPage


class StandardPage(WrittenPage):
    """A page that is its text."""

    in_footer = models.BooleanField(
        _("show in the footer"), default=False, help_text=_("For notices that every page must lead to.")
    )

    template = "cluster_pages/standard.html"
    parent_page_types = [
        "cluster_pages.HomePage",
        "cluster_pages.ClusterPage",
        "cluster_pages.StandardPage",
    ]
    subpage_types = ["cluster_pages.StandardPage"]
    promote_panels = [*WrittenPage.promote_panels, FieldPanel("in_footer")]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")
