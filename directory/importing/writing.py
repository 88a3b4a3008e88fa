"""Owns how the checked values of a row become a firm, or change one, in one transaction each."""

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError
from django.utils.text import slugify
from wagtail.log_actions import log
from wagtail.signal_handlers import disable_reference_index_auto_update

from directory.addresses import RESERVED
from directory.models import Firm, FormerSlug, ImportedRow, ImportRun
from directory.sentences import Sentence as _
from hub.actions import Action, ActionRefused, Actor, NotAllowed, user_of
from hub.actions.rights import require
from hub.permissions import may_import

from .comparing import UNTOUCHED, Comparison, Existing, is_untouched
from .filling import EMPTY, Terms, give, may_be_listed, told
from .labels import label_of
from .reach import Reach, in_full
from .report import Report
from .staging import Staged, Values
from .table import Problem, shortened


class FirmHasDraft(ActionRefused):
    """Somebody is working on the firm; an import would lose that work, or publish it too soon."""


class FirmIsLocked(ActionRefused):
    """An editor has locked the firm."""


class Slugs:
    """Gives each new firm a short name that is free: not reserved, and no firm has or had it."""

    def __init__(self, used: Iterable[str]) -> None:
        self._used = {*RESERVED, *used}

    @classmethod
    def load(cls) -> "Slugs":
        """Reads all that are used in two queries."""
        former = FormerSlug.objects.values_list("slug", flat=True)
        return cls((*Firm.objects.values_list("slug", flat=True), *former))

    def take(self, name: str, key: str) -> str:
        """The name as a short name, with a number if that is used; made of the key if no letter is left."""
        base = slugify(name)[:80].strip("-") or f"firm-{hashlib.sha256(key.encode()).hexdigest()[:10]}"
        slug, number = base, 2
        while slug in self._used:
            slug, number = f"{base}-{number}", number + 1
        self._used.add(slug)
        return slug


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a row: is its firm live, did anything change, and which fields do editors keep."""

    is_live: bool
    is_changed: bool = True
    kept: tuple[str, ...] = ()


class AddImportedFirmAction(Action):
    """Adds the firm of a row: published if it may be listed, else as a draft."""

    def __init__(
        self, *, staged: Staged, slug: str, terms: Terms, run: ImportRun, actor: Actor, now: datetime
    ) -> None:
        super().__init__(actor=actor, now=now)
        self.staged = staged
        self.slug = slug
        self.terms = terms
        self.imported = run

    def check(self) -> None:
        """:raises NotAllowed: if the firm would lie in a region of others."""
        slug = str((self.staged.values or {}).get("region", ""))
        _require(self.actor, Firm(region=self.terms.regions.get(slug)))

    def execute(self) -> Written:
        """Adds the firm, its first revision, and what is remembered of the row."""
        values = self.staged.values or {}
        firm = Firm(
            slug=self.slug,
            source=self.staged.source,
            import_key=self.staged.key,
            live=False,
            has_unpublished_changes=True,
        )
        for field in sorted(values.keys() - {"serves"}):
            give(firm, field, values[field], self.terms)
        with disable_reference_index_auto_update():  # the last save of the three is enough for it
            firm.save()
        if "serves" in values:  # many regions to one firm: it must have its key first
            give(firm, "serves", values["serves"], self.terms)
            firm.save()
        log(instance=firm, action="wagtail.create", user=user_of(self.actor))
        draft = _publish_or_keep(firm, self.actor)
        ImportedRow.objects.create(
            firm=firm, run=self.imported, digest=self.staged.digest, values=values, draft_revision=draft
        )
        return Written(is_live=draft is None)


class ChangeImportedFirmAction(Action):
    """Takes over what a row says anew of a firm that was imported before. What an editor changed stays."""

    def __init__(
        self, *, firm: int, staged: Staged, terms: Terms, run: ImportRun, actor: Actor, now: datetime
    ) -> None:
        super().__init__(actor=actor, now=now)
        self.staged = staged
        self.terms = terms
        self.imported = run
        self.firm = Firm(pk=firm)

    def check(self) -> None:
        """:raises NotAllowed: if the firm belongs to others by now.
        :raises FirmHasDraft: if somebody has unpublished changes, or has unpublished the firm.
        :raises FirmIsLocked: if an editor has locked it."""
        self.firm = Firm.objects.select_for_update().get(pk=self.firm.pk)
        _require(self.actor, self.firm)
        self.row = ImportedRow.objects.filter(firm=self.firm).first() or ImportedRow(firm=self.firm)
        if self.firm.locked:
            raise FirmIsLocked(str(UNTOUCHED["locked"]))
        if not is_untouched(
            self.firm.live,
            self.firm.has_unpublished_changes,
            self.firm.latest_revision_id,
            self.row.draft_revision,
        ):
            raise FirmHasDraft(str(UNTOUCHED["draft"]))

    def execute(self) -> Written:
        """Takes over the fields that are new in the file, and publishes the firm if it may be listed."""
        new, old = self.staged.values or {}, self.row.values
        taken, kept = self._merge(old, new)
        draft = None if self.firm.live else self.row.draft_revision
        if taken:
            if "region" in taken:
                # A fact: it is kept in the row, never in a revision.
                Firm.objects.filter(pk=self.firm.pk).update(region=self.firm.region)
            log(instance=self.firm, action="wagtail.edit", user=user_of(self.actor), content_changed=True)
            if not self.firm.live:
                self.firm.save()
            draft = _publish_or_keep(self.firm, self.actor)
        self.row.run, self.row.digest, self.row.values = self.imported, self.staged.digest, new
        self.row.draft_revision = draft
        self.row.save()
        return Written(is_live=draft is None, is_changed=bool(taken), kept=tuple(kept))

    def _merge(self, old: Values, new: Values) -> tuple[list[str], list[str]]:
        """Gives the firm what is new in the file; says what it took and what an editor had changed."""
        taken, kept = [], []
        for field in sorted(old.keys() | new.keys()):
            before, after = (values.get(field) or EMPTY.get(field, "") for values in (old, new))
            now = told(self.firm, field)
            if now == before != after:
                give(self.firm, field, after, self.terms)
                taken.append(field)
            elif now != after and before != after:
                kept.append(field)
        return taken, kept


def _require(actor: Actor, firm: Firm) -> None:
    """:raises NotAllowed: unless the actor may import this firm, in the region in which it is now."""
    require(actor, lambda user: may_import(user, firm), str(in_full("not-yours")))


def _publish_or_keep(firm: Firm, actor: Actor) -> int | None:
    """Publishes a firm that may be listed or is live; keeps others as drafts and says in which revision."""
    user = user_of(actor)
    is_published = firm.live or may_be_listed(firm)
    with disable_reference_index_auto_update() if is_published else nullcontext():
        # The values were checked when they were staged; cleaning would ask the database for each reference.
        revision = firm.save_revision(user=user, clean=False)
    if is_published:
        firm.publish(revision, user=user)
        return None
    return int(revision.pk)


class Writer(Comparison):
    """Does what the comparison decides, one transaction per row."""

    def __init__(
        self,
        report: Report,
        staged: Sequence[Staged],
        *,
        terms: Terms,
        run: ImportRun,
        actor: Actor,
        now: datetime,
    ) -> None:
        super().__init__(report, staged, Reach.of(actor))
        self.terms = terms
        self.imported = run
        self.actor = actor
        self.now = now
        self.slugs = Slugs.load()

    def is_done(self, row: Staged, existing: Existing | None) -> bool:
        return existing is not None and (existing.run, existing.digest) == (self.imported.pk, row.digest)

    def add(self, row: Staged) -> None:
        slug = self.slugs.take(str((row.values or {}).get("name", "")), row.key)
        written = self.write(
            row,
            AddImportedFirmAction(
                staged=row, slug=slug, terms=self.terms, run=self.imported, actor=self.actor, now=self.now
            ),
        )
        if written:
            self.report.new += 1
            self.place(row, written.is_live)

    def change(self, row: Staged, existing: Existing) -> None:
        action = ChangeImportedFirmAction(
            firm=existing.pk, staged=row, terms=self.terms, run=self.imported, actor=self.actor, now=self.now
        )
        try:
            written = self.write(row, action)
        except FirmIsLocked:
            self.leave(row, existing, "locked")
        except FirmHasDraft:
            self.leave(row, existing, "draft")
        else:
            if written:
                self.report.changed += written.is_changed
                self.report.unchanged += not written.is_changed
                self.report_kept(row, written)
                self.place(row, written.is_live)

    def write(self, row: Staged, action: Action) -> Written | None:
        """Runs the action; a row that the database refuses is reported, and the next one has its turn."""
        try:
            written: Written = action.run()
        except NotAllowed:
            # The firm was given to another region while the file was read.
            name = shortened(str((row.values or {}).get("name", "")))
            self.report.refuse(Problem(row.line, "", name, in_full("not-yours"), "not-yours"))
            return None
        except (DataError, IntegrityError, ValidationError, Firm.DoesNotExist) as error:
            # Checked values fit; what is left is somebody else writing the same firm at the same moment.
            reason = _("The register did not take this row (%(error)s). Import the file once more.")
            name = shortened(str((row.values or {}).get("name", "")))
            problem = Problem(row.line, "", name, reason % {"error": type(error).__name__}, "not-saved")
            self.report.refuse(problem)
            return None
        return written

    def report_kept(self, row: Staged, written: Written) -> None:
        """Reports the fields in which an editor's words were kept."""
        for field in written.kept:
            reason = _("An editor has changed “%(field)s” in the register: that was kept.")
            value = shortened(str((row.values or {}).get(field, "")))
            self.report.problems.append(
                Problem(row.line, "", value, reason % {"field": label_of(field)}, "edited")
            )
