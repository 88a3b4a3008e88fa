"""Owns what the tests of merging share: merging, undoing, and all that a firm has in one value."""

from datetime import date, datetime
from typing import Any

from directory.actions.merging import MergeFirmsAction, UndoMergeAction
from directory.merging.fields import FIELDS, Side, said
from directory.merging.rows import MOVED, study_key
from directory.models import CaseStudy, Firm, Merge
from hub.actions import SYSTEM
from tests.directory.builders import NOW, make_firm


def merge(kept: Firm, other: Firm, *, now: datetime = NOW, **sides: str) -> Merge:
    chosen = {field: Side(side) for field, side in sides.items()}
    return MergeFirmsAction(kept=kept, other=other, sides=chosen, actor=SYSTEM, now=now).run()


def undo(merged: Merge, *, now: datetime = NOW) -> list[str]:
    return UndoMergeAction(merge=merged, actor=SYSTEM, now=now).run()


def all_of(firm: Firm) -> dict[str, Any]:
    """Whatever the register holds of a firm, as it is in the database now."""
    firm = Firm.objects.get(pk=firm.pk)
    row = getattr(firm, "imported_row", None)
    return {
        **{field: said(firm, field) for field in FIELDS},
        **{name: sorted(getattr(firm, name).values_list("pk", flat=True)) for name in MOVED},
        "slug": firm.slug,
        "former": sorted(firm.former_slugs.values_list("slug", flat=True)),
        "live": firm.live,
        "draft": firm.has_unpublished_changes,
        "key": (firm.source, firm.import_key),
        "row": row and (row.digest, row.values),
        "studies": [study_key(study) for study in firm.case_studies.all()],
        "memberships": sorted(
            firm.memberships.values_list("cluster", "from_date", "to_date", "source"), key=str
        ),
    }


def make_pair(**values: Any) -> tuple[Firm, Firm]:
    return make_firm("Brouwerij De Kring", published=True, **values), make_firm("De Kring", published=True)


def add_study(firm: Firm, title: str) -> None:
    firm.case_studies.add(CaseStudy(language="en", title=title, text="Text."))
    firm.save_revision().publish()


def days(firm: Firm) -> list[tuple[date, date | None]]:
    return list(firm.memberships.order_by("from_date").values_list("from_date", "to_date"))
