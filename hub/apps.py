"""Owns the registration of the app `hub`."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class HubConfig(AppConfig):
    """The ground: regions, clusters and what every room builds on."""

    name = "hub"
    label = "hub"
    verbose_name = _("Hub")
    default_auto_field = "django.db.models.BigAutoField"

    def __init__(self, app_name: str, app_module: Any) -> None:
        super().__init__(app_name, app_module)
        # Before any model is imported: what follows from a foreign package helps nobody.
        from .checks import require_our_packages

        require_our_packages(settings.INSTALLED_APPS)

    def ready(self) -> None:
        """Lets Wagtail, its checks, the API, the worker and the probes know what the hub needs and does."""
        from . import (
            checks,  # noqa: F401
            desk,
            notices,
            workflow_names,
        )
        from .approval import put_question
        from .ground_api import register_api
        from .jobs import register_jobs
        from .policies import register_policies
        from .probes import register_probes

        put_question()
        notices.connect()
        workflow_names.connect()
        desk.register("changes", desk.changes)
        register_policies()
        register_api()
        register_jobs()
        register_probes()
