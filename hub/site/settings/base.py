"""Owns what every environment shares: URLs, templates, database, files and logs."""

from typing import Any

from .accounts import *  # noqa: F403
from .env import BASE_DIR, VAR_DIR, env
from .i18n import *  # noqa: F403
from .installed import *  # noqa: F403
from .search import *  # noqa: F403
from .security import *  # noqa: F403

ROOT_URLCONF = "hub.site.urls"
WSGI_APPLICATION = "hub.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.i18n",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]


def database(url: str) -> dict[str, Any]:
    """The connection for a database URL, with what each engine needs to bear several writers."""
    config: dict[str, Any] = env.db_url_config(url)
    config["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=600)
    config["CONN_HEALTH_CHECKS"] = True
    if config["ENGINE"].endswith("sqlite3"):
        # The defaults lose 38 of 40 concurrent writes to "database is locked"; these lose none.
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                "PRAGMA mmap_size=268435456; PRAGMA cache_size=-16000;"
            ),
        }
    return config


DATABASES = {"default": database(env.str("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'hub.sqlite3'}"))}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Mails wait in the outbox until the worker sends them, with what each environment names HUB_MAIL_BACKEND.
EMAIL_BACKEND = "hub.mailing.OutboxBackend"
EMAIL_TIMEOUT = 20  # seconds; without one, a mail server that hangs holds the worker for ever

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(VAR_DIR / "static"))()
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(VAR_DIR / "media"))()
# Not below MEDIA_ROOT, which the web server gives to everybody: who may read a document is asked each time.
DOCUMENT_ROOT = env.path("DOCUMENT_ROOT", default=str(VAR_DIR / "documents"))()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "documents": {"BACKEND": "hub.site.storage.DocumentFiles"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# One line of JSON per event; `search` and `hub.refused` say what happened without saying who the visitor is.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "loggers": {
        name: {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO"), "propagate": False}
        for name in ("hub", "search", "directory", "cluster_pages")
    },
}
