"""Owns that Wagtail's inner API lists the files of one's own collections; by itself it lists all."""

from typing import Any

from django.db.models import QuerySet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet

from hub.walls import own_files


class OwnImages(ImagesAdminAPIViewSet):
    """The images that somebody may choose or change."""

    def get_queryset(self) -> QuerySet[Any]:
        """Of Wagtail's, those in collections of the person's own."""
        return own_files(super().get_queryset(), self.request.user)


class OwnDocuments(DocumentsAdminAPIViewSet):
    """The documents that somebody may choose or change."""

    def get_queryset(self) -> QuerySet[Any]:
        """Of Wagtail's, those in collections of the person's own."""
        return own_files(super().get_queryset(), self.request.user)


def only_own_files(router: Any) -> None:
    """For Wagtail's hook `construct_admin_api`."""
    router.register_endpoint("images", OwnImages)
    router.register_endpoint("documents", OwnDocuments)
