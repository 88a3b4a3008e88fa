"""Owns taking a merge back row by row, and saying of what was changed since that it is not taken back."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.importing.filling import Terms
from directory.importing.labels import label_of
from directory.models import Firm, FormerSlug, ImportedRow, ImportRun, Membership, MergedKey
from hub.models import Cluster

from .fields import said, say
from .rows import MOVED, study_key


def restore(kept: Firm, other: Firm, moved: dict[str, Any], merged_at: datetime) -> list[str]:
    """Gives the other firm its rows back; a sentence for each thing that was changed since and stays."""
    _restore_slugs(kept, other, moved["slugs"])
    _restore_key(kept, other, moved["import"])
    return [
        *_leave_answered(kept, moved["rows"], merged_at),
        *_restore_plain(kept, other, moved["rows"]),
        *_restore_memberships(kept, other, moved["memberships"]),
    ]


def restore_texts(firm: Firm, moved: dict[str, Any], terms: Terms) -> list[str]:
    """Lets a firm in memory, the row or its draft, say again what it said before; the sentences as above."""
    stays = []
    for field, change in moved["fields"].items():
        now = said(firm, field)
        if now == change["after"]:
            say(firm, field, change["before"], terms)
        elif now != change["before"]:
            label = label_of(field)
            stays.append(_("Changed since, so it stays as it is: %(field)s.") % {"field": label})
    return [*stays, *_restore_studies(firm, moved["case_studies"])]


def _restore_studies(firm: Firm, added: list[list[str]]) -> list[str]:
    studies = list(firm.case_studies.all())
    present = [study_key(study) for study in studies]
    firm.case_studies.set([study for study in studies if study_key(study) not in added])
    reason = _("Changed or removed since: the case study “%(title)s”.")
    return [reason % {"title": key[1]} for key in added if key not in present]


def _leave_answered(kept: Firm, rows: dict[str, list[int]], merged_at: datetime) -> Iterator[str]:
    """Takes the proposals that were answered since out of what goes back: the answer was about this firm."""
    moved = kept.proposals.filter(pk__in=rows.get("proposals", []))
    answered = set(moved.filter(decided_at__gte=merged_at).values_list("pk", flat=True))
    if answered:
        rows["proposals"] = [pk for pk in rows["proposals"] if pk not in answered]
        yield ngettext(
            "%(number)s proposal was answered since: it stays with %(firm)s.",
            "%(number)s proposals were answered since: they stay with %(firm)s.",
            len(answered),
        ) % {"number": len(answered), "firm": kept}


def _restore_plain(kept: Firm, other: Firm, rows: dict[str, list[int]]) -> Iterator[str]:
    lost = 0
    for name in MOVED:
        pks = rows.get(name, [])
        lost += len(pks) - getattr(kept, name).filter(pk__in=pks).update(firm=other)
    if lost:
        yield ngettext(
            "%(number)s row that went over was removed since: it stays removed.",
            "%(number)s rows that went over were removed since: they stay removed.",
            lost,
        ) % {"number": lost}


def _restore_memberships(kept: Firm, other: Firm, note: dict[str, Any]) -> Iterator[str]:
    for change in note["changed"]:
        if not _rewrite(kept, change["before"], change["after"]):
            yield _changed(change["before"])
    present = Membership.objects.filter(firm=kept)
    for pk in note["moved"]:
        if not _tried(partial(present.filter(pk=pk).update, firm=other)):
            yield _("A membership that went over was removed since: it stays removed.")
    for row in note["dropped"]:
        if not _tried(partial(_make_again, kept, row)):
            yield _changed(row)


def _rewrite(kept: Firm, before: dict[str, Any], after: dict[str, Any]) -> int:
    unchanged = Membership.objects.filter(
        pk=after["pk"], firm=kept, from_date=after["from"], to_date=after["to"]
    )
    return unchanged.update(from_date=before["from"], to_date=before["to"], source=before["source"])


def _make_again(kept: Firm, row: dict[str, Any]) -> bool:
    Membership.objects.create(
        pk=row["pk"],
        firm=kept,
        cluster_id=row["cluster"],
        from_date=row["from"],
        to_date=row["to"],
        source=row["source"],
    )
    return True


def _tried(write: Callable[[], object]) -> bool:
    """Whether the database took it: what was entered since may stand in its place."""
    try:
        with transaction.atomic():
            return bool(write())
    except IntegrityError:
        return False


def _changed(row: dict[str, Any]) -> str:
    cluster = Cluster.objects.filter(pk=row["cluster"]).first()
    return _("Changed since, so it stays as it is: the membership in %(cluster)s from %(date)s on.") % {
        "cluster": cluster or "?",
        "date": date_format(date.fromisoformat(row["from"])),
    }


def _restore_slugs(kept: Firm, other: Firm, slugs: list[str]) -> None:
    FormerSlug.objects.filter(firm=kept, slug=other.slug).delete()
    FormerSlug.objects.filter(firm=kept, slug__in=slugs).update(firm=other)


def _restore_key(kept: Firm, other: Firm, note: dict[str, Any]) -> None:
    if not note:
        return
    identity = {"source": note["source"], "import_key": note["key"]}
    if note["way"] == "alias":
        MergedKey.objects.filter(firm=kept, source=note["source"], key=note["key"]).delete()
    else:
        Firm.objects.filter(pk=kept.pk, **identity).update(source=note["kept_source"], import_key=None)
        if "row" in note:
            _restore_row(kept, other, note["row"])
    Firm.objects.filter(pk=other.pk).update(**identity)


def _restore_row(kept: Firm, other: Firm, row: dict[str, Any]) -> None:
    """What the file said before the merge: what it said since, the other firm has not taken over."""
    run = ImportRun.objects.filter(pk=row["run_id"] or 0).first()
    told = {name: row[name] for name in ("digest", "values", "draft_revision")}
    ImportedRow.objects.filter(firm=kept).update(firm=other, run=run, **told)
