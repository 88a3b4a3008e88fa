"""Owns how others hear of an import while it goes on: how far it is, and that somebody is at it."""

import time
from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.utils import timezone

from directory.models import ImportRun

from .staging import Staged

# How long nobody hears of a worker before another one takes over. Reading a big file takes the longest.
CLAIM = timedelta(minutes=3)
_BEAT = 1.0  # seconds between two words on how far it is


class ClaimLost(Exception):
    """Another worker took over."""


def beating(run: ImportRun, rows: Iterable[Staged], total: int) -> Iterator[Staged]:
    """The rows, while others hear how far it is.

    :raises ClaimLost: if another worker took over.
    """
    _tell(run, 0, total)
    told = time.monotonic()
    for number, row in enumerate(rows):
        if time.monotonic() - told >= _BEAT:
            _tell(run, number, total)
            told = time.monotonic()
        yield row
    _tell(run, total, total)


def _tell(run: ImportRun, done: int, total: int) -> None:
    mine = ImportRun.objects.filter(pk=run.pk, claim=run.claim)
    run.claimed_until = timezone.now() + CLAIM
    if not mine.update(done_rows=done, all_rows=total, claimed_until=run.claimed_until):
        raise ClaimLost
