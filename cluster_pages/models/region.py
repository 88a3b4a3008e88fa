"""Owns the pages of regional hubs; what a hub is and who leads it is kept in `hub` and only shown here."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.documents import get_document_model_string
from wagtail.models import PagePermissionTester
from wagtail.search import index

from hub.models import Region
from hub.pages import HubPage, WrittenPage

# Visitors write to the leads at this name below the page of a hub.
RESERVED = "contact"
SPOKEN = [("en", _("English")), ("fr", _("French")), ("nl", _("Dutch")), ("de", _("German"))]


class RegionIndexPage(HubPage):
    """All partner regions, each with its hub."""

    template = "cluster_pages/region_index.html"
    parent_page_types = ["cluster_pages.HomePage"]
    subpage_types = ["cluster_pages.RegionalHubPage"]

    class Meta:
        verbose_name = _("page of all regions")
        verbose_name_plural = _("pages of all regions")


class HubPagePermissions(PagePermissionTester):
    """Leads write the page of their hub, but it goes away, or elsewhere, only with everything it leads to."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Those who may take whole trees away: coordinators and administrators."""
        may_take_trees = self.user.is_superuser or "bulk_delete" in self.permissions
        return may_take_trees and bool(super().can_delete(ignore_bulk))


class RegionalHubPage(WrittenPage):
    """The hub of a region: what its leads write, who they are, its firms, its resources.

    `ProvisionRegionAction` makes it, with groups and rights that follow from the region; no form does.
    """

    is_creatable = False

    region = models.ForeignKey(
        Region,
        verbose_name=_("region"),
        on_delete=models.PROTECT,
        related_name="hub_pages",
        help_text=_("Team, firms and reviews come from there. It cannot be changed later."),
    )

    template = "cluster_pages/regional_hub.html"
    parent_page_types = ["cluster_pages.RegionIndexPage"]
    subpage_types = ["cluster_pages.HubSectionPage", "cluster_pages.ResourcePage"]
    content_panels = [*HubPage.content_panels, FieldPanel("region", read_only=True), FieldPanel("body")]

    class Meta:
        verbose_name = _("page of a regional hub")
        verbose_name_plural = _("pages of regional hubs")

    def clean(self) -> None:
        """:raises ValidationError: if the region has another page in this language."""
        super().clean()
        others = RegionalHubPage.objects.filter(region=self.region_id, locale=self.locale_id)
        if self.region_id and others.exclude(pk=self.pk).exists():
            raise ValidationError({"region": _("This region has a page in this language already.")})

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Wagtail's, but for deleting and moving."""
        return HubPagePermissions(user, self)


def refuse_reserved(page: HubPage) -> None:
    """:raises ValidationError: if the page would stand where visitors write to the leads."""
    if page.slug == RESERVED:
        raise ValidationError({"slug": _("Visitors write to the leads there. Choose another name.")})


class HubSectionPage(WrittenPage):
    """A page of a hub that is its text."""

    template = "cluster_pages/hub_section.html"
    parent_page_types = ["cluster_pages.RegionalHubPage", "cluster_pages.HubSectionPage"]
    subpage_types = ["cluster_pages.HubSectionPage", "cluster_pages.ResourcePage"]

    class Meta:
        verbose_name = _("page in a hub")
        verbose_name_plural = _("pages in a hub")

    def clean(self) -> None:
        """:raises ValidationError: if it would stand where visitors write to the leads."""
        super().clean()
        refuse_reserved(self)


class ResourcePage(HubPage):
    """A document, or a link to one elsewhere, and what it is good for."""

    document = models.ForeignKey(
        get_document_model_string(),
        verbose_name=_("document"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    link = models.URLField(_("or a link"), max_length=300, blank=True)
    written_in = models.CharField(_("language of the document"), max_length=2, choices=SPOKEN, blank=True)

    template = "cluster_pages/resource.html"
    parent_page_types = ["cluster_pages.RegionalHubPage", "cluster_pages.HubSectionPage"]
    subpage_types: list[str] = []
    content_panels = [
        *HubPage.content_panels,
        FieldPanel("document"),
        FieldPanel("link"),
        FieldPanel("written_in"),
    ]
    search_fields = [*HubPage.search_fields, index.FilterField("written_in")]

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")

    def clean(self) -> None:
        """:raises ValidationError: unless there is a document or a link, and not both."""
        super().clean()
        refuse_reserved(self)
        if bool(self.document_id) == bool(self.link):
            raise ValidationError({"link": _("Choose a document or give a link; one of the two.")})

    @property
    def target(self) -> str:
        """Where the reader gets it; empty if the document is gone."""
        return self.document.url if self.document is not None else self.link
