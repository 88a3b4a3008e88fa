"""Owns the registration of the ready-made project."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HubSiteConfig(AppConfig):
    """The project that `make run` starts; hosts bring their own and do not install it."""

    name = "hub.site"
    label = "hub_site"
    verbose_name = _("Member hub site")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Lets the worker know what the log-in leaves behind."""
        from .accounts.upkeep import register_upkeep

        register_upkeep()
