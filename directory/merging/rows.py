"""Owns moving the rows beside a merged firm to the firm that stays, and a note of each that JSON keeps."""

from typing import Any

from directory.models import CaseStudy, Firm, FormerSlug, ImportedRow, Membership, MergedKey, Proposal

from .spans import Joined, Span, joined

# Plain rows that go over as they are, by the name that a firm has for them.
MOVED = ("contact_persons", "confirmations", "contact_messages", "proposals", "merged_keys")
# What else belongs to a firm: it has its own way, or stays with the firm that is kept aside.
OWN_WAY = ("memberships", "former_slugs", "case_studies", "imported_row")
STAYS = ("profiles", "firm_sectors", "firm_capabilities", "merges", "merged_into", "transfers")


def move(kept: Firm, other: Firm) -> dict[str, Any]:
    """Moves everything but the texts; the note of it is what `restore` needs."""
    return {
        "rows": {name: _move_plain(name, kept, other) for name in MOVED},
        "memberships": _move_memberships(kept, other),
        "slugs": _move_slugs(kept, other),
        "import": _move_key(kept, other),
    }


def copy_case_studies(kept: Firm, other: Firm) -> list[list[str]]:
    """Gives the firm in memory the other's case studies; those that it tells already, not twice.

    They are part of a draft: what is noted of one is its language, title and text.
    """
    there = [study_key(study) for study in kept.case_studies.all()]
    added = [key for key in map(study_key, other.case_studies.all()) if key not in there]
    last = max((study.sort_order for study in kept.case_studies.all()), default=0)
    for number, (language, title, text) in enumerate(added, start=1):
        kept.case_studies.add(CaseStudy(language=language, title=title, text=text, sort_order=last + number))
    return added


def study_key(study: CaseStudy) -> list[str]:
    """What a case study is known by."""
    return [study.language, study.title, study.text]


def _move_plain(name: str, kept: Firm, other: Firm) -> list[int]:
    rows = getattr(other, name).all()
    if name == "proposals":
        # Their link went to the other's address, perhaps of somebody who listed the firm a second time: it
        # must not open, or remove, the firm that stays.
        rows = rows.exclude(state=Proposal.State.SENT)
    moved = sorted(rows.values_list("pk", flat=True))
    rows.update(firm=kept)
    return moved


def _move_memberships(kept: Firm, other: Firm) -> dict[str, Any]:
    rows = Membership.objects.filter(firm__in=[kept, other]).order_by("pk")
    plan = joined(_span(row, kept) for row in rows)
    dropped = [span for each in plan for span in each.gone if span.is_kept]
    Membership.objects.filter(pk__in=[span.pk for span in dropped]).delete()
    # Ends before beginnings: no moment may see two open memberships in one cluster.
    for each in plan:
        _write(each, kept)
    return {
        "moved": [each.before.pk for each in plan if not each.before.is_kept],
        "changed": [
            {"before": as_note(each.before), "after": as_note(each.stands)}
            for each in plan
            if each.before != each.stands
        ],
        "dropped": [as_note(span) for span in dropped],
    }


def _write(each: Joined, kept: Firm) -> None:
    stands = each.stands
    Membership.objects.filter(pk=stands.pk).update(
        firm=kept, from_date=stands.from_date, to_date=stands.to_date, source=stands.source
    )


def _span(row: Membership, kept: Firm) -> Span:
    return Span(
        row.pk, row.cluster_id, row.from_date, row.to_date, row.source, is_kept=row.firm_id == kept.pk
    )


def as_note(span: Span) -> dict[str, Any]:
    """A membership in a form that JSON keeps."""
    return {
        "pk": span.pk,
        "cluster": span.cluster,
        "from": span.from_date.isoformat(),
        "to": span.to_date.isoformat() if span.to_date else None,
        "source": span.source,
    }


def _move_slugs(kept: Firm, other: Firm) -> list[str]:
    moved = sorted(other.former_slugs.values_list("slug", flat=True))
    other.former_slugs.update(firm=kept)
    FormerSlug.objects.create(firm=kept, slug=other.slug)
    return moved


def _move_key(kept: Firm, other: Firm) -> dict[str, Any]:
    """Lets the row of the other firm mean the kept one, so that no import adds the other again."""
    if other.import_key is None:
        return {}
    note: dict[str, Any] = {"source": other.source, "key": other.import_key, "kept_source": kept.source}
    Firm.objects.filter(pk=other.pk).update(import_key=None)
    if kept.import_key is not None:
        MergedKey.objects.create(firm=kept, source=other.source, key=other.import_key)
        return note | {"way": "alias"}
    Firm.objects.filter(pk=kept.pk).update(source=other.source, import_key=other.import_key)
    row = ImportedRow.objects.filter(firm=other).first()
    if row is not None:
        names = ("digest", "values", "run_id", "draft_revision")
        note["row"] = {name: getattr(row, name) for name in names}
        ImportedRow.objects.filter(firm=kept).delete()
        ImportedRow.objects.filter(pk=row.pk).update(firm=kept)
    return note | {"way": "moved"}
