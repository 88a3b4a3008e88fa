"""Owns the registration of the app that searches as Wagtail does out of the box."""

from django.apps import AppConfig


class StockConfig(AppConfig):
    """A snippet indexed by Wagtail's own search; only benchmarks install it, without migrations."""

    name = "benchmarks.limits.stock"
    label = "bench_stock"
    default_auto_field = "django.db.models.BigAutoField"
