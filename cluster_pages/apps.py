"""Owns the registration of the app `cluster_pages`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClusterPagesConfig(AppConfig):
    """Every page type, and the set-up of the whole hub."""

    name = "cluster_pages"
    label = "cluster_pages"
    verbose_name = _("Cluster pages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Gives the pages their presenters, the register its place, every page its frame."""
        from django.db.models.signals import post_delete
        from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

        from directory.placing import place_register
        from hub import frame

        from . import checks  # noqa: F401
        from .models import ClusterIndexPage, ClusterPage, DirectoryPage, HomePage
        from .placing import forget_register, register_page_url
        from .presenting.clusters import ClusterFacts, ClusterIndexFacts
        from .presenting.frame import frame as frame_of_pages
        from .presenting.home import HomeFacts

        HomePage.presenter = HomeFacts.of
        ClusterIndexPage.presenter = ClusterIndexFacts.of
        ClusterPage.presenter = ClusterFacts.of
        place_register(register_page_url)
        frame.register(frame_of_pages)
        for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
            signal.connect(forget_register)
        post_delete.connect(forget_register, sender=DirectoryPage)
