"""Owns how often somebody may do something, counted from what was done before. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Limit:
    """So many times within so long."""

    most: int
    within: timedelta


def free_at(times: Iterable[datetime], limits: Sequence[Limit], now: datetime) -> datetime | None:
    """When it may be done next; None if it may be done now.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 11, 26, 12, tzinfo=UTC)
    >>> free_at([noon, noon], [Limit(2, timedelta(hours=1))], noon + timedelta(minutes=20)).hour
    13
    """
    newest = sorted(times, reverse=True)
    ends = [newest[limit.most - 1] + limit.within for limit in limits if len(newest) >= limit.most]
    return max((end for end in ends if end > now), default=None)
