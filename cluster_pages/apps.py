"""Owns the registration of the app `cluster_pages`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClusterPagesConfig(AppConfig):
    """Every page type, and the set-up of the whole hub."""

    name = "cluster_pages"
    label = "cluster_pages"
    verbose_name = _("Cluster pages")
    default_auto_field = "django.db.models.BigAutoField"
