"""Owns how an import stands in words: how far it is, that it was interrupted, and what happens next."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from directory.importing.beating import CLAIM
from directory.models import ImportRun
from hub.worker import last_heard
from search.sentence import grouped

State = ImportRun.State
RUNNING = (State.TRYING, State.WRITING)
# The page looks again by itself while a worker has something to do.
MOVING = (State.WAITING, State.QUEUED, *RUNNING)
# A worker says every second how far it is; reading a big file takes it longer.
SILENCE = timedelta(seconds=30)


def standing(run: ImportRun, now: datetime) -> dict[str, Any]:
    """How a run stands, in words, and how far it is in percent; None where nobody can tell."""
    is_moving = run.state in MOVING
    is_counted = is_moving and run.done_rows and run.all_rows
    sentences = (_how_far(run), *(_what_is_wrong(run, now) if is_moving else ()))
    return {
        "is_moving": is_moving,
        "sentence": " ".join(sentences),
        "percent": run.done_rows * 100 // run.all_rows if is_counted else None,
    }


def _how_far(run: ImportRun) -> str:
    """The state, with its rows where they are counted."""
    if run.all_rows and (run.state in RUNNING or (run.state == State.QUEUED and run.done_rows)):
        numbers = {"done": grouped(run.done_rows), "all": grouped(run.all_rows)}
        return _("%(state)s: %(done)s of %(all)s rows.") % {"state": run.get_state_display(), **numbers}
    return f"{run.get_state_display()}."


def _what_is_wrong(run: ImportRun, now: datetime) -> list[str]:
    """Nothing while somebody works on it; else what has stopped, and how it goes on."""
    if run.state in RUNNING and not hasattr(run, "upload"):
        # The command: nobody else has the file.
        cut = _("It was cut short. Import the file again: what was taken over is left alone.")
        return [cut] if run.is_interrupted(now) else []
    if (quiet := _quiet_since(now)) is not None:
        return [*_interrupted(run), quiet]
    if run.is_interrupted(now):
        return [*_interrupted(run), _("A worker goes on with it within a minute, where it stopped.")]
    if run.state in RUNNING and run.claimed_until and now > _heard(run) + SILENCE:
        words = _(
            "Nothing has been heard of it since %(since)s: it may be interrupted. If so, a worker goes on "
            "with it at %(at)s, where it stopped."
        )
        return [words % {"since": _clock(_heard(run), now), "at": _clock(run.claimed_until, now)}]
    return []


def _interrupted(run: ImportRun) -> list[str]:
    return [_("It was interrupted.")] if run.state in RUNNING else []


def _quiet_since(now: datetime) -> str | None:
    """That no worker runs; None if one was heard of while an import may last unheard."""
    held = ImportRun.objects.aggregate(until=Max("claimed_until"))["until"]
    spoken = (last_heard(), held - CLAIM if held else None)
    heard = max(filter(None, spoken), default=None)
    if heard is None:
        return _("No worker has run yet. Ask whoever runs the site to start it: then it goes on by itself.")
    if now - heard <= CLAIM:
        return None
    words = _(
        "No worker has run since %(since)s. Ask whoever runs the site to start it: then it goes on by itself."
    )
    return words % {"since": _clock(heard, now)}


def _heard(run: ImportRun) -> datetime:
    """When its worker spoke last: with each word the claim is renewed."""
    return (run.claimed_until or run.started_at) - CLAIM


def _clock(moment: datetime, now: datetime) -> str:
    """The time, with the day if it is another one."""
    local, present = timezone.localtime(moment), timezone.localtime(now)
    is_today = local.date() == present.date()
    return date_format(local, "TIME_FORMAT" if is_today else "SHORT_DATETIME_FORMAT")
