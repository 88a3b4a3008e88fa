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
        from directory.placing import place_register
        from hub import desk, frame

        from . import checks  # noqa: F401
        from .editing import review_url
        from .jobs import register_jobs
        from .placing import pages_of_hub, register_page_url
        from .presenting.frame import frame as frame_of_pages

        self._present()
        self._listen()
        place_register(register_page_url)
        frame.register(frame_of_pages)
        desk.register_links("pages", pages_of_hub)
        desk.register_review(review_url)
        register_jobs()

    def _present(self) -> None:
        from . import models as pages
        from .presenting.clusters import ClusterFacts, ClusterIndexFacts
        from .presenting.home import HomeFacts
        from .presenting.hubs import InHubFacts, RegionalHubFacts
        from .presenting.regions import RegionIndexFacts

        pages.HomePage.presenter = HomeFacts.of
        pages.ClusterIndexPage.presenter = ClusterIndexFacts.of
        pages.ClusterPage.presenter = ClusterFacts.of
        pages.RegionIndexPage.presenter = RegionIndexFacts.of
        pages.RegionalHubPage.presenter = RegionalHubFacts.of
        pages.HubSectionPage.presenter = pages.ResourcePage.presenter = InHubFacts.of

    def _listen(self) -> None:
        from django.db.models.signals import post_delete
        from wagtail import signals

        from .actions.provision_region import keep_rights_of_translation
        from .models import DirectoryPage
        from .placing import forget_register

        for signal in (
            signals.page_published,
            signals.page_unpublished,
            signals.page_slug_changed,
            signals.post_page_move,
        ):
            signal.connect(forget_register)
        post_delete.connect(forget_register, sender=DirectoryPage)
        signals.copy_for_translation_done.connect(keep_rights_of_translation)
