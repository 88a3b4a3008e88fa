"""Owns the home page of a language."""

from django.utils.translation import gettext_lazy as _

from hub.pages import WrittenPage


class HomePage(WrittenPage):
    """Where a language begins: the search, the clusters, the regions, the newest firms."""

    template = "cluster_pages/home.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "cluster_pages.ClusterIndexPage",
        "cluster_pages.DirectoryPage",
        "cluster_pages.RegionIndexPage",
        "cluster_pages.StandardPage",
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")
