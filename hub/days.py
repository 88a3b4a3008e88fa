"""Owns which day it is: the site's own. Wagtail's admin sets each person's time zone, which moves no term."""

from datetime import date, datetime

from django.utils import timezone


def today(now: datetime | None = None) -> date:
    """The day at the site, of this moment or of the one given.

    A lead whose term ended yesterday gains no hours by choosing a time zone on the other side of the world.
    """
    return timezone.localdate(now, timezone.get_default_timezone())
