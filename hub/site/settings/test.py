"""Owns how the tests run: quick hashes, memory mail, a database of the run's own choice."""

from .base import *  # noqa: F403
from .base import VAR_DIR, database, env

DEBUG = False
SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["*"]
WAGTAILADMIN_BASE_URL = "http://testserver"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
HUB_MAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# SQLite in a file, as at a site; in memory, threads share one cache, where nobody waits for anybody: emptying
# the tables after a journey failed with "table is locked" while the server still answered a last request.
DATABASES = {
    "default": database(env.str("TEST_DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'tests.sqlite3'}"))
}
WHITENOISE_AUTOREFRESH = True
HUB_DEMO = False
