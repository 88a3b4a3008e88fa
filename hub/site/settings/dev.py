"""Owns a developer's machine and the demo: debug pages, no secrets to set."""

from .base import *  # noqa: F403
from .env import env

DEBUG = True
SECRET_KEY = "only-for-a-machine-that-nobody-else-reaches"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
WAGTAILADMIN_BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000")
HUB_MAIL_BACKEND = "hub.mailing.KeepingBackend"
HUB_DEMO = True
