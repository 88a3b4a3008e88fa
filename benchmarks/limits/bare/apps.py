"""Owns the registration of the app with a bare page of Wagtail."""

from django.apps import AppConfig


class BareConfig(AppConfig):
    """The page beside which ours are measured; only benchmarks install it."""

    name = "benchmarks.limits.bare"
    label = "bench_bare"
    default_auto_field = "django.db.models.BigAutoField"
