"""Owns how complete a firm is: what is missing, how much is there, and what that is worth in an order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Part:
    """Something the register can show of a firm: its share in percent, and what to do if it is missing."""

    name: str
    share: int
    advice: Promise


# What a confirmation is worth until it has this age; an index is told when it comes to it (directory.jobs).
FRESHNESS = ((timedelta(days=365), 64), (timedelta(days=730), 32))

# Together 100. A description is worth more than all the rest, so `quality` can tell from the percentage alone
# whether there is one.
TEXT_SHARE = 52
PARTS = (
    Part("description", TEXT_SHARE, _("Describe the firm in at least one language.")),
    Part("tags", 14, _("Choose a sector or a capability.")),
    Part("exchange", 7, _("Say what the firm offers or looks for.")),
    Part("region", 6, _("Give the firm a region.")),
    Part("tagline", 5, _("Say in one line what the firm does.")),
    Part("reach", 5, _("Add a general mail address or phone number.")),
    Part("website", 4, _("Add the website.")),
    Part("town", 3, _("Add the town.")),
    Part("languages", 2, _("Say which languages are spoken.")),
    Part("size", 2, _("Say how many people work there.")),
)


class Profile(Protocol):
    """What a firm says about itself in one language."""

    tagline: str
    description: str


def missing(firm: Any, profiles: Sequence[Profile], tags: Sequence[object]) -> tuple[Part, ...]:
    """What a firm has not told yet, the most valuable part first. Asks the database nothing.

    `tags` are its sectors and capabilities, in whatever form: only whether there are any counts.
    """
    told = {
        "description": any(profile.description.strip() for profile in profiles),
        "tags": bool(tags),
        "exchange": bool(firm.offers or firm.looks_for),
        "region": firm.region_id is not None,
        "tagline": any(profile.tagline.strip() for profile in profiles),
        "reach": bool(firm.email or firm.phone),
        "website": bool(firm.website),
        "town": bool(firm.town),
        "languages": bool(firm.languages),
        "size": bool(firm.size),
    }
    return tuple(part for part in PARTS if not told[part.name])


def percent(missing_parts: Iterable[Part]) -> int:
    """How complete a firm is, from 0 to 100, given what is missing."""
    return 100 - sum(part.share for part in missing_parts)


def quality(percent: int, confirmed_at: datetime | None, now: datetime) -> int:
    """What breaks ties between equally good hits, from 0 to 255.

    128 for a description, up to 63 for how complete the firm is, and 64 if it was confirmed in the last year,
    32 in the year before. So a firm without a text always comes after one with a text: 48 % and confirmed
    yesterday give 94, 52 % and never confirmed give 160.
    """
    text = 128 if percent >= TEXT_SHARE else 0
    return text + percent * 63 // 100 + _freshness(confirmed_at, now)


def quality_of(
    firm: Any,
    *,
    profiles: Sequence[Profile],
    tags: Sequence[object],
    confirmed_at: datetime | None,
    now: datetime | None = None,
) -> int:
    """The quality of a firm whose rows are at hand; at this moment, unless `now` says another."""
    complete = percent(missing(firm, profiles, tags))
    return quality(complete, confirmed_at, now or datetime.now(UTC))


def _freshness(confirmed_at: datetime | None, now: datetime) -> int:
    if confirmed_at is None:
        return 0
    return next((points for age, points in FRESHNESS if now - confirmed_at <= age), 0)
