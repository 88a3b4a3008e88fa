"""Owns languages, time and formats."""

import zoneinfo
from typing import Any

from django.utils.translation import gettext_lazy as _

from .env import BASE_DIR

LANGUAGE_CODE = "en"
LANGUAGES: list[tuple[str, Any]] = [("en", _("English")), ("fr", _("French")), ("nl", _("Dutch"))]
WAGTAIL_CONTENT_LANGUAGES = WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
# One catalogue for all apps and templates; the only folder makemessages writes to.
LOCALE_PATHS = [BASE_DIR / "hub" / "locale"]
# Django's English is American: "Nov. 27, 2026", and 04/03 is the third of April.
FORMAT_MODULE_PATH = ["hub.site.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Brussels"
# Some systems list names of files among the zones; a browser that cannot name one shows none in the account.
WAGTAIL_USER_TIME_ZONES = sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone)
