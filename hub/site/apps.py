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
        """Lets the worker know what the log-in leaves behind, and *Mails* what its mails are called."""
        from hub import kinds_of_mail

        from .accounts.mails import KINDS_OF_MAIL
        from .accounts.upkeep import register_upkeep

        kinds_of_mail.register(KINDS_OF_MAIL)
        register_upkeep()
