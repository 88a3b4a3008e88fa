"""Owns what the worker does with uploaded files: a trial, and the import once somebody said so."""

import secrets
import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import cast

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from directory.models import ImportProblem, ImportRun, ImportUpload
from directory.sentences import Sentence
from directory.sentences import Sentence as _
from hub.permissions import may_import

from .beating import CLAIM, ClaimLost, beating
from .brought import Brought
from .mapping import MappingRefused
from .running import Paused, import_firms
from .staging import Staged
from .table import FileRefused

State = ImportRun.State
# A file that stops the worker again and again would stop it for ever.
MOST_ATTEMPTS = 5
UPLOADS_KEPT = timedelta(days=7)
PROBLEMS_KEPT = timedelta(days=90)
# Seconds that one turn writes: mails and the index must not wait for the end of a big file.
TURN = 60.0


def work_uploads(now: datetime) -> int:
    """Tries the file that waits longest, or imports it for a minute; 0 if none waits or was interrupted."""
    run = _claimed(timezone.now())
    if run is None:
        return 0
    _work(run)
    return 1


def forget_uploads(now: datetime) -> int:
    """Erases files that nobody decided about in seven days, and problems of rows after ninety."""
    late = ImportRun.objects.filter(upload__at__lt=now - UPLOADS_KEPT)
    late.exclude(state=State.WRITING).update(state=State.DROPPED, since=now)
    uploads, _each = ImportUpload.objects.filter(run__state=State.DROPPED).delete()
    problems, _each = ImportProblem.objects.filter(run__started_at__lt=now - PROBLEMS_KEPT).delete()
    return uploads + problems


def _claimed(now: datetime) -> ImportRun | None:
    """The run that has waited longest, now ours; None if there is none."""
    stopped = Q(state__in=ImportRun.TAKEN_UP.values(), claimed_until__lt=now)
    waiting = Q(state__in=ImportRun.TAKEN_UP.keys())
    with transaction.atomic():
        runs = ImportRun.objects.filter(waiting | stopped, upload__isnull=False).order_by("since", "pk")
        run = runs.select_for_update(of=("self",), skip_locked=_skips()).first()
        if run is None:
            return None
        run.state = ImportRun.TAKEN_UP.get(State(run.state), State(run.state))
        run.claim, run.claimed_until, run.attempts = secrets.token_hex(16), now + CLAIM, run.attempts + 1
        run.since = now
        run.save(update_fields=["state", "claim", "claimed_until", "attempts", "since"])
        return run


def _skips() -> bool:
    return transaction.get_connection().features.has_select_for_update_skip_locked


def _work(run: ImportRun) -> None:
    if run.attempts > MOST_ATTEMPTS:
        _refuse(run, _("It stopped %(times)s times half-way. Split the file.") % {"times": MOST_ATTEMPTS})
        return
    if not _is_allowed(run):
        _refuse(run, _("Whoever brought this file may not import any more. What was taken over stays."))
        return
    try:
        _import(run)
    except (FileRefused, MappingRefused) as refusal:
        _refuse(run, refusal.why)
    except Paused:
        _let_others(run)
    except ClaimLost:
        return
    if run.state == State.DONE:
        ImportUpload.objects.filter(run=run).delete()


def _is_allowed(run: ImportRun) -> bool:
    """Whether whoever brought the file may import at this moment; somebody who is gone may not."""
    return run.by is not None and may_import(run.by)


def _import(run: ImportRun) -> None:
    upload = run.upload
    import_firms(
        brought=Brought(bytes(upload.content), run.file_name, upload.mapping, run.mapping_name),
        # Read again at each turn: what they may do now is what counts.
        actor=cast(AbstractBaseUser, run.by),
        now=timezone.now(),
        dry_run=run.state == State.TRYING,
        progress=lambda rows: _in_turns(run, rows),
        run=run,
    )


def _in_turns(run: ImportRun, rows: Sequence[Staged]) -> Iterator[Staged]:
    """The rows; others have a turn once these have been written for a while."""
    begun = time.monotonic()
    for row in beating(run, rows, len(rows)):
        if run.state == State.WRITING and time.monotonic() - begun >= TURN:
            raise Paused
        yield row


def _let_others(run: ImportRun) -> None:
    """Back into the queue; a turn that ended well is no attempt that failed."""
    mine = ImportRun.objects.filter(pk=run.pk, claim=run.claim)
    mine.update(
        state=State.QUEUED, claim="", claimed_until=None, attempts=run.attempts - 1, since=timezone.now()
    )


def _refuse(run: ImportRun, why: Sentence) -> None:
    mine = ImportRun.objects.filter(pk=run.pk, claim=run.claim)
    if mine.update(state=State.REFUSED, refusal=why.kept(), since=timezone.now()):
        ImportUpload.objects.filter(run=run).delete()
