"""Owns what `/readyz` asks: whether all that the site stands on is there, without a word about anybody."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from hub import worker
from hub.days import today
from hub.models import JobState, MailState, OutgoingMail
from hub.reminders import ending_terms, inactive_terms, vacancies


class Health(Enum):
    """How something is. A warning wants a person, but the site serves its visitors."""

    OK = "ok"
    WARNING = "warning"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a probe found, with facts that anybody may read."""

    health: Health
    facts: Mapping[str, object] = field(default_factory=dict)


Probe = Callable[[datetime], Verdict]
_probes: dict[str, Probe] = {}


def register(name: str, probe: Probe) -> None:
    """Makes a probe known; called from `AppConfig.ready()`. The last one of a name wins."""
    _probes[name] = probe


def ask_all(now: datetime) -> Mapping[str, Verdict]:
    """Every probe's verdict, by name; one that breaks is down and says by what kind of error."""
    return {name: _ask(probe, now) for name, probe in sorted(_probes.items())}


def worst(verdicts: Mapping[str, Verdict]) -> Health:
    """The health of the whole."""
    found = {verdict.health for verdict in verdicts.values()}
    return next((health for health in (Health.DOWN, Health.WARNING) if health in found), Health.OK)


def register_probes() -> None:
    """Makes the ground's own known; called once, when the app is ready."""
    register("database", database)
    register("migrations", migrations)
    register("jobs", jobs)
    register("mails", mails)
    register("leads", leads)


def database(now: datetime) -> Verdict:
    """Whether the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Verdict(Health.OK)


def migrations(now: datetime) -> Verdict:
    """Whether the tables are as this code expects them."""
    return Verdict(Health.OK if _is_migrated() else Health.DOWN)


def jobs(now: datetime) -> Verdict:
    """Whether every job of the worker went well lately, and when each did.

    One job that fails wants a person, and visitors are served all the same; only when the most frequent ones
    are late too does the worker stand still.
    """
    known = dict(JobState.objects.values_list("name", "last_success_at"))
    last = {job.name: known.get(job.name) for job in worker.all()}
    late = [job.name for job in worker.all() if is_late(job, last[job.name], now)]
    shortest = min(job.bound for job in worker.all())
    stands_still = all(job.name in late for job in worker.all() if job.bound == shortest)
    health = Health.DOWN if stands_still else Health.WARNING if late else Health.OK
    shown = {name: at.isoformat(timespec="seconds") if at else None for name, at in last.items()}
    return Verdict(health, {"late": late, "last_success": shown})


def is_late(job: worker.Job, last_success: datetime | None, now: datetime) -> bool:
    """Whether a job never went well, or not for longer than it may be."""
    return last_success is None or now - last_success > job.bound


def mails(now: datetime) -> Verdict:
    """How many mails could not be delivered; somebody has to try them again or give them up."""
    dead = OutgoingMail.objects.filter(state__in=(MailState.FAILED, MailState.BOUNCED)).count()
    return Verdict(Health.WARNING if dead else Health.OK, {"not_delivered": dead})


def leads(now: datetime) -> Verdict:
    """How many regions nobody leads; how many terms end within a month, and leads are away for two.

    Only the first wants a person at once. Visitors are served all the same, and no name is said.
    """
    day = today(now)
    vacant, ending = len(vacancies(day)), ending_terms(day).count()
    facts = {"vacant": vacant, "ending": ending, "inactive": inactive_terms(now).count()}
    return Verdict(Health.WARNING if vacant else Health.OK, facts)


def _ask(probe: Probe, now: datetime) -> Verdict:
    try:
        return probe(now)
    except Exception as error:
        return Verdict(Health.DOWN, {"error": type(error).__name__})


_migrated_databases: set[str] = set()


def _is_migrated() -> bool:
    """Reading all migrations takes a while; tables that were right once stay so while this process lives."""
    if connection.alias in _migrated_databases:
        return True
    executor = MigrationExecutor(connection)
    is_done = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    if is_done:
        _migrated_databases.add(connection.alias)
    return is_done
