"""Owns the registration of the app `directory`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    """The register of firms."""

    name = "directory"
    label = "directory"
    verbose_name = _("Register")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Lets the search know the register, and hears what changes beside a firm."""
        from search import registry

        from .marking import connect
        from .search import FirmSearch

        registry.register(FirmSearch())
        connect()
