"""Owns what happens by itself: which jobs there are, and how one is run when it is due, by one process."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any


@dataclass(frozen=True, slots=True)
class Job:
    """Something done again and again. `run` gets the moment and says how many things it did.

    It may be run twice at a time if it takes longer than its lease, or die half-way: it must bear both.
    """

    name: str
    label: Any
    every: timedelta
    run: Callable[[datetime], int]
    lease: timedelta = timedelta(minutes=5)


_jobs: dict[str, Job] = {}


def register(job: Job) -> None:
    """Makes a job known; called from `AppConfig.ready()`. The last one of a name wins."""
    _jobs[job.name] = job


def all() -> tuple[Job, ...]:
    """Every job, by name."""
    return tuple(_jobs[name] for name in sorted(_jobs))
