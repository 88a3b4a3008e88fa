"""Owns how the tests run: quick hashes, memory mail, a database of the run's own choice."""

from .base import *  # noqa: F403
from .base import database, env

DEBUG = False
SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["*"]
WAGTAILADMIN_BASE_URL = "http://testserver"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
HUB_MAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DATABASES = {"default": database(env.str("TEST_DATABASE_URL", default="sqlite://:memory:"))}
WHITENOISE_AUTOREFRESH = True
HUB_DEMO = False
