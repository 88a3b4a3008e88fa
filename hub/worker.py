"""Owns what happens by itself: which jobs there are, and how one is run when it is due, by one process."""

import logging
import secrets
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, Q, QuerySet

from hub.models import JobState

logger = logging.getLogger("hub.worker")

RETRY = timedelta(
    minutes=1
)  # a job that failed waits that long, or as long as it always does if that is less
PATIENCE = timedelta(minutes=15)  # nobody is alarmed sooner


@dataclass(frozen=True, slots=True)
class Job:
    """Something done again and again. `run` gets the moment and says how many things it did.

    It may run twice at a time if it takes longer than its lease, or die half-way: it must bear both.
    """

    name: str
    label: Any
    every: timedelta
    run: Callable[[datetime], int]
    lease: timedelta = timedelta(minutes=5)

    @property
    def bound(self) -> timedelta:
        """How long ago its last success may be before somebody should look."""
        return max(3 * self.every, PATIENCE)


@dataclass(frozen=True, slots=True)
class Ran:
    """A job that was run: what it did, or that it failed."""

    job: Job
    done: int = 0
    error: str = ""


_jobs: dict[str, Job] = {}


def register(job: Job) -> None:
    """Makes a job known; called from `AppConfig.ready()`. The last one of a name wins."""
    _jobs[job.name] = job


def all() -> tuple[Job, ...]:
    """Every job, by name."""
    return tuple(_jobs[name] for name in sorted(_jobs))


def run_due(now: datetime) -> list[Ran]:
    """Runs every job whose time has come and that no other process runs; one that fails stops no other."""
    _make_rows(now)
    due = set(_free(now).values_list("name", flat=True))
    return [ran for job in all() if job.name in due for ran in _run_if_free(job, now)]


def wait_until_due(now: datetime) -> timedelta:
    """How long until some job is due; a minute at most, because another process may bring in a new one."""
    known = JobState.objects.filter(name__in=_jobs)
    ends = [ended or due for due, ended in known.values_list("due_at", "leased_until")]
    waits = [end - now for end in ends]
    return max(timedelta(0), min([*waits, timedelta(minutes=1)]))


def last_success(name: str) -> datetime | None:
    """When a job went well last."""
    return JobState.objects.filter(name=name).values_list("last_success_at", flat=True).first()


def last_heard() -> datetime | None:
    """When any worker last ended a job, well or not; None if none ever did."""
    ends = JobState.objects.aggregate(well=Max("last_success_at"), badly=Max("last_error_at"))
    return max(filter(None, ends.values()), default=None)


def _make_rows(now: datetime) -> None:
    known = set(JobState.objects.values_list("name", flat=True))
    rows = [JobState(name=job.name, due_at=now) for job in all() if job.name not in known]
    JobState.objects.bulk_create(rows, ignore_conflicts=True)


def _free(now: datetime) -> QuerySet[JobState]:
    is_free = Q(leased_until=None) | Q(leased_until__lte=now)
    return JobState.objects.filter(is_free, due_at__lte=now)


def _run_if_free(job: Job, now: datetime) -> Iterable[Ran]:
    lease = secrets.token_hex(16)
    # One UPDATE decides between processes, on every database.
    if not _free(now).filter(name=job.name).update(lease=lease, leased_until=now + job.lease):
        return
    try:
        ran = Ran(job, job.run(now))
    except Exception as error:
        ran = Ran(job, error=type(error).__name__)
        # Where, but not what it said: that may hold an address.
        where = "".join(traceback.format_tb(error.__traceback__))
        logger.error("job failed", extra={"job": job.name, "error": ran.error, "where": where})
    _end(ran, lease, now)
    yield ran


def _end(ran: Ran, lease: str, now: datetime) -> None:
    change: dict[str, Any] = {"lease": "", "leased_until": None}
    if ran.error:
        change |= {"last_error_at": now, "last_error": ran.error, "due_at": now + min(ran.job.every, RETRY)}
    else:
        change |= {"last_success_at": now, "due_at": now + ran.job.every}
        if ran.done:
            logger.info("job", extra={"job": ran.job.name, "done": ran.done})
    JobState.objects.filter(name=ran.job.name, lease=lease).update(**change)
