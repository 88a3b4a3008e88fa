"""Owns what somebody does with a file from the screen: upload it, have it imported, or discard it."""

import hashlib
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from directory.importing.brought import Brought
from directory.importing.filling import Terms
from directory.importing.mapping import read_mapping
from directory.importing.reading import glance
from directory.importing.table import FileRefused
from directory.models import ImportRun, ImportUpload
from directory.sentences import Sentence
from hub.actions import Action, ActionRefused, Actor, user_of
from hub.actions.rights import require
from hub.permissions import may_import, may_see_import

MAX_UPLOAD = 10 * 1024 * 1024
State = ImportRun.State


class NotNow(ActionRefused):
    """The file does not wait for that, or is not there any more."""


class UploadFileAction(Action):
    """Keeps a file and its mapping for a trial. The same file with the same mapping is kept once."""

    def __init__(self, *, brought: Brought, actor: Actor, now: datetime) -> None:
        super().__init__(actor=actor, now=now)
        self.content = brought.content
        self.mapping = brought.mapping
        self.names = brought.names()

    def check(self) -> None:
        """:raises NotAllowed: if the actor may not import.
        :raises FileRefused: if the file is too big, or cannot be a table at all.
        :raises MappingRefused: if the mapping cannot be used, with every reason.
        """
        require(
            self.actor, may_import, _("Only leads import firms of their region, and the coordinator all.")
        )
        if len(self.content) > MAX_UPLOAD:
            why = gettext_noop(
                "The file has more than %(limit)s MB. Split it, or have it imported by the command."
            )
            raise FileRefused(Sentence(why) % {"limit": MAX_UPLOAD // (1024 * 1024)})
        glance(self.content)
        read_mapping(self.mapping, Terms.load().known())

    def execute(self) -> ImportRun:
        """The run that waits for its trial; or the one that this person began with this very file before.

        Two people who bring the same file have two runs: it may do more for one of them.
        """
        user = user_of(self.actor)
        who = str(user.pk if user else "").encode()
        digest = hashlib.sha256(b"\0".join((self.content, self.mapping.encode(), who))).hexdigest()
        return self._same(digest) or self._new(digest)

    def _same(self, digest: str) -> ImportRun | None:
        return ImportRun.objects.filter(upload__digest=digest).first()

    def _new(self, digest: str) -> ImportRun:
        user = user_of(self.actor)
        by = user.pk if user else None
        try:
            with transaction.atomic():
                run = ImportRun.objects.create(
                    **self.names, by_id=by, started_at=self.now, since=self.now, state=State.WAITING
                )
                ImportUpload.objects.create(
                    run=run, content=self.content, mapping=self.mapping, digest=digest, at=self.now
                )
        except IntegrityError:
            same = self._same(digest)
            if same is None:
                raise
            return same
        return run


class _DecideAction(Action):
    """Says what becomes of a file that was tried."""

    def __init__(self, *, run: ImportRun, actor: Actor, now: datetime) -> None:
        super().__init__(actor=actor, now=now)
        self.imported = run

    def check(self) -> None:
        """:raises NotAllowed: if the actor may not import, or somebody else brought the file.
        :raises NotNow: if it does not wait for a decision.
        """
        self.imported = ImportRun.objects.select_for_update().get(pk=self.imported.pk)
        words = _("Only whoever brought this file decides about it, or the coordinator.")
        require(self.actor, lambda user: may_see_import(user, self.imported), words)
        is_there = ImportUpload.objects.filter(run=self.imported).exists()
        if self.imported.state != State.TRIED or not is_there:
            raise NotNow(
                _("This file does not wait for a decision any more: %(state)s.")
                % {"state": self.imported.get_state_display()}
            )

    def become(self, state: str) -> ImportRun:
        run = self.imported
        run.state, run.since = state, self.now
        run.attempts, run.done_rows, run.all_rows, run.claim, run.claimed_until = 0, 0, 0, "", None
        run.save()
        return run


class CommitImportAction(_DecideAction):
    """Has the file imported, the same bytes that were tried; a worker does it."""

    def execute(self) -> ImportRun:
        return self.become(State.QUEUED)


class DiscardImportAction(_DecideAction):
    """Erases the file; what its trial found stays in the history."""

    def execute(self) -> ImportRun:
        ImportUpload.objects.filter(run=self.imported).delete()
        return self.become(State.DROPPED)
