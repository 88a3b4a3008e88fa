"""Owns whether the index of the register is there and keeps up with what changes."""

from datetime import datetime

from directory.jobs import INDEX
from directory.models.firm import FIRMS
from hub import worker
from hub.probes import Health, Verdict, is_late, register
from search.models import PendingChange, SearchIndex


def register_probes() -> None:
    """Makes it known to `/readyz`; called once, when the app is ready."""
    register("index", index)


def index(now: datetime) -> Verdict:
    """The index was built, and what is marked is being looked at.

    Marks alone are no fault: an import makes thousands. They are one if nobody drains; one that stays while
    the job goes well belongs to a thing that cannot be read, which the log names.
    """
    if not SearchIndex.objects.filter(name=FIRMS).exists():
        return Verdict(Health.DOWN, {"is_built": False})
    waiting = PendingChange.objects.filter(index=FIRMS).count()
    drains = next(job for job in worker.all() if job.name == INDEX)
    is_behind = waiting > 0 and is_late(drains, worker.last_success(INDEX), now)
    return Verdict(Health.DOWN if is_behind else Health.OK, {"is_built": True, "waiting": waiting})
