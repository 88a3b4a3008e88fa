"""Owns making one firm of two, taking that back within thirty days, and ending it after that."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from wagtail.log_actions import log

from directory.importing.filling import Terms, may_be_listed
from directory.merging.fields import FIELDS, Side, combined, default_side, said, say
from directory.merging.restoring import restore, restore_texts
from directory.merging.rows import copy_case_studies, move
from directory.models import Firm, Merge
from directory.models.firm import FIRMS
from hub.actions import SYSTEM, Action, ActionRefused, Actor, user_of
from hub.permissions import may_merge_firms
from search.pending import mark

from .moving import end_offers
from .rights import require_for


class SameFirm(ActionRefused):
    """A firm cannot be merged with itself."""


class FirmMissing(ActionRefused):
    """One of the firms has left the register."""


class AlreadyMerged(ActionRefused):
    """One of the firms is kept aside after another merge."""


class FirmBusy(ActionRefused):
    """Somebody is working on one of the firms: it is locked, in a workflow, or has an unpublished draft."""


class CannotUndo(ActionRefused):
    """It was undone already, is too old, or has another merge on top of it."""


class MergeFirmsAction(Action):
    """Keeps one firm, gives it what the other has, and puts the other aside.

    `sides` says of each field whose value stays; for a field that it does not name, the kept firm's, or the
    other's where that one says nothing.
    """

    def __init__(
        self, *, kept: Firm, other: Firm, sides: Mapping[str, Side] | None = None, actor: Actor, now: datetime
    ) -> None:
        super().__init__(actor=actor, now=now)
        self.kept = kept
        self.other = other
        self.sides = sides or {}

    def check(self) -> None:
        """:raises NotAllowed: if the actor may not merge each of the two as it is now.
        :raises SameFirm, FirmMissing, AlreadyMerged, FirmBusy: with the reason.
        """
        if self.kept.pk == self.other.pk:
            raise SameFirm(_("A firm cannot be merged with itself. Choose another one."))
        self.kept, self.other = locked_pair(self.kept.pk, self.other.pk)
        require_for(self.actor, may_merge_firms, self.kept, self.other)
        for firm in (self.kept, self.other):
            _require_standing(firm)
            _require_free(firm)
            if firm.live and firm.has_unpublished_changes:
                raise FirmBusy(
                    _("%(firm)s has a draft that nobody has published yet. Publish or discard it first.")
                    % {"firm": firm}
                )

    def execute(self) -> Merge:
        """What the merge did; it can be undone for thirty days."""
        kept, other, user = self.kept, self.other, user_of(self.actor)
        was_live = {"kept": kept.live, "other": other.live}
        end_offers([kept.pk, other.pk], self.now)
        moved: dict[str, Any] = {"was_live": was_live, **self._take_texts()}
        moved |= move(kept, other)
        kept.take_facts_of(Firm.objects.get(pk=kept.pk))
        if other.live:
            other.unpublish(user=user)
        _save(kept, is_public=was_live["kept"] or (was_live["other"] and may_be_listed(kept)), user=user)
        moved["revision"] = kept.latest_revision_id
        merge = Merge.objects.create(
            kept=kept, merged=other, at=self.now, by_id=user.pk if user else None, moved=moved
        )
        for firm, beside in ((kept, other), (other, kept)):
            # The number of the other firm and not its name: that may have to be erased one day.
            log(instance=firm, action="directory.firm.merge", user=user, data={"firm": beside.pk})
        mark(FIRMS, [kept.pk, other.pk])
        return merge

    def _take_texts(self) -> dict[str, Any]:
        terms, changed = Terms.load(), {}
        for field in FIELDS:
            before, theirs = said(self.kept, field), said(self.other, field)
            after = combined(self.sides.get(field) or default_side(before, theirs), before, theirs)
            if after != before:
                say(self.kept, field, after, terms)
                changed[field] = {"before": before, "after": after}
        if "region" in changed:
            # A fact: it is kept in the row, never in a revision.
            Firm.objects.filter(pk=self.kept.pk).update(region=self.kept.region)
        return {"fields": changed, "case_studies": copy_case_studies(self.kept, self.other)}


class UndoMergeAction(Action):
    """Gives both firms back what they had. What was changed since stays, and `run()` says what that is."""

    def __init__(self, *, merge: Merge, actor: Actor, now: datetime) -> None:
        super().__init__(actor=actor, now=now)
        self.merge = merge

    def check(self) -> None:
        """:raises NotAllowed: if the actor may not merge each of the two as it is now.
        :raises CannotUndo: if it was undone, is final, or the kept firm was itself merged since.
        :raises FirmBusy: if somebody has locked the kept firm, or it is in a workflow.
        """
        merge = _locked_merge(self.merge)
        require_for(self.actor, may_merge_firms, *filter(None, (merge.kept, merge.merged)))
        if merge.undone_at is not None:
            raise CannotUndo(_("This merge has been undone already."))
        if merge.final_at is not None or merge.merged is None or self.now > merge.until:
            raise CannotUndo(_("This merge is final: it can be undone for thirty days only."))
        self.merge, self.kept, self.other = merge, merge.kept, merge.merged
        _require_standing(self.kept)
        _require_free(self.kept)

    def execute(self) -> list[str]:
        """Sentences on what is not taken back; none if all is as it was."""
        kept, other, moved, user = self.kept, self.other, self.merge.moved, user_of(self.actor)
        Merge.objects.filter(pk=self.merge.pk).update(undone_at=self.now, moved={})
        end_offers([kept.pk, other.pk], self.now)
        terms = Terms.load()
        draft = kept.get_latest_revision_as_object() if kept.live and kept.has_unpublished_changes else None
        stays = restore_texts(kept, moved, terms)
        if "region" in moved["fields"]:
            Firm.objects.filter(pk=kept.pk).update(region=kept.region)
        stays += restore(kept, other, moved, self.merge.at)
        kept.take_facts_of(Firm.objects.get(pk=kept.pk))
        stays += self._republish(moved)
        if draft is not None:
            restore_texts(draft, moved, terms)
            draft.save_revision(user=user, clean=False)
        for firm, beside in ((kept, other), (other, kept)):
            log(instance=firm, action="directory.firm.unmerge", user=user, data={"firm": beside.pk})
        mark(FIRMS, [kept.pk, other.pk])
        return list(dict.fromkeys(stays))

    def _republish(self, moved: dict[str, Any]) -> list[str]:
        kept, other, user = self.kept, self.other, user_of(self.actor)
        stays = []
        is_ours = kept.live_revision_id == moved["revision"]
        _save(kept, is_public=kept.live, user=user)
        if kept.live and not moved["was_live"]["kept"]:
            if is_ours:
                kept.unpublish(user=user)
            else:
                stays.append(_("%(firm)s was published since: it stays published.") % {"firm": kept})
        if moved["was_live"]["other"]:
            other.refresh_from_db()
            other.publish(other.save_revision(user=user, clean=False), user=user)
        return stays


class FinishMergeAction(Action):
    """Erases the firm that was kept aside: the merge can be undone no longer."""

    def __init__(self, *, merge: Merge, now: datetime) -> None:
        super().__init__(actor=SYSTEM, now=now)
        self.merge = merge

    def check(self) -> None:
        """:raises CannotUndo: if it was undone or ended meanwhile, or its time has not come."""
        self.merge = _locked_merge(self.merge)
        if not Merge.objects.due(self.now).filter(pk=self.merge.pk).exists():
            raise CannotUndo(_("This merge has been undone already."))

    def execute(self) -> None:
        """Nothing is left of the other firm but its addresses, which lead to the kept one."""
        log(instance=self.merge.kept, action="directory.firm.finish_merge", user=None)
        if self.merge.merged is not None:
            self.merge.merged.delete()
        Merge.objects.filter(pk=self.merge.pk).update(final_at=self.now, merged=None, moved={})


def finish_merges(now: datetime) -> int:
    """Ends the merges of more than thirty days ago, the oldest first; says how many."""
    ended = 0
    for merge in Merge.objects.due(now).order_by("at", "pk"):
        try:
            FinishMergeAction(merge=merge, now=now).run()
        except CannotUndo:
            continue
        ended += 1
    return ended


def locked_pair(kept: int, other: int) -> tuple[Firm, Firm]:
    """Both firms, locked in the order of their numbers, so that two merges never wait for each other.

    :raises FirmMissing: if one of them is gone.
    """
    firms = {
        firm.pk: firm for firm in Firm.objects.select_for_update().filter(pk__in=[kept, other]).order_by("pk")
    }
    if len(firms) < 2:
        raise FirmMissing(_("One of the two firms is not in the register any more."))
    return firms[kept], firms[other]


def _locked(pks: list[int]) -> dict[int, Firm]:
    firms = Firm.objects.select_for_update().filter(pk__in=pks).order_by("pk")
    return {firm.pk: firm for firm in firms}


def _locked_merge(merge: Merge) -> Merge:
    firms = _locked([pk for pk in (merge.kept_id, merge.merged_id) if pk])
    row = Merge.objects.select_for_update().filter(pk=merge.pk).first()
    if row is None or row.kept_id not in firms:
        raise CannotUndo(_("One of the two firms is not in the register any more."))
    row.kept = firms[row.kept_id]
    row.merged = firms.get(row.merged_id or 0)
    return row


def _require_standing(firm: Firm) -> None:
    merge = Merge.objects.open().filter(merged=firm).select_related("kept").first()
    if merge is not None:
        raise AlreadyMerged(
            _("%(firm)s was merged into %(kept)s. Undo that first.") % {"firm": firm, "kept": merge.kept}
        )


def _require_free(firm: Firm) -> None:
    if firm.locked:
        raise FirmBusy(_("An editor has locked %(firm)s. Unlock it first.") % {"firm": firm})
    if firm.workflow_in_progress:
        raise FirmBusy(_("%(firm)s is in a workflow. Finish or cancel that first.") % {"firm": firm})
    if firm.revisions.filter(approved_go_live_at__isnull=False).exists():
        raise FirmBusy(
            _("%(firm)s has a version that is to be published later. Cancel that first.") % {"firm": firm}
        )


def _save(firm: Firm, *, is_public: bool, user: Any) -> None:
    """Writes a firm down as the row and its latest version; published, or as the draft that it was."""
    if not firm.live:
        firm.save()
    # The values were in the register before: what they say may be older than our rules.
    revision = firm.save_revision(user=user, clean=False)
    if is_public:
        firm.publish(revision, user=user)
