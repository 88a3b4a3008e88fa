"""Owns how a benchmark's worker runs: like the public server, on a scratch database, without log lines."""

from hub.site.settings.base import *  # noqa: F403
from hub.site.settings.base import INSTALLED_APPS, LOGGING

DEBUG = False
SECRET_KEY = "only-for-benchmarks"
ALLOWED_HOSTS = ["*"]
WAGTAILADMIN_BASE_URL = "http://127.0.0.1"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
HUB_DEMO = False
INSTALLED_APPS = [*INSTALLED_APPS, "benchmarks.limits.stock", "benchmarks.limits.bare"]
LOGGING = LOGGING | {
    "loggers": {
        name: {"handlers": ["console"], "level": "WARNING", "propagate": False}
        for name in ("hub", "search", "directory", "cluster_pages")
    }
}
