"""Owns the public server: every secret comes from the environment and nothing has a default."""

from .base import *  # noqa: F403
from .base import STORAGES, env

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
# `.example.org` stands for every host below it; an origin says that with a star.
CSRF_TRUSTED_ORIGINS = [f"https://{'*' if host.startswith('.') else ''}{host}" for host in ALLOWED_HOSTS]
WAGTAILADMIN_BASE_URL = env.str("BASE_URL")

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]  # asked from the machine itself, without TLS
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000)  # a year
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
if env.bool("BEHIND_PROXY", default=False):
    # The server in front must set this header itself and never pass on a visitor's own.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = True
MFA_TRUST_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
_mail = env.email_url("EMAIL_URL", default="consolemail://")
HUB_MAIL_BACKEND = _mail.pop("EMAIL_BACKEND")
vars().update(_mail)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="webmaster@localhost")
HUB_DEMO = False
HUB_REQUIRE_MFA = env.bool("HUB_REQUIRE_MFA", default=True)
# The limits on log-ins are counted here: processes that share nothing count each for itself.
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}
