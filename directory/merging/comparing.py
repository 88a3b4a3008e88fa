"""Owns how two firms are shown side by side, field by field, in the reader's language."""

from dataclasses import dataclass

from wagtail.images import get_image_model

from directory.importing.filling import Terms
from directory.importing.labels import label_of
from directory.models import Firm
from directory.proposing.comparing import shown

from .fields import FIELDS, LOGO, SEVERAL_FIELDS, Side, default_side, said


@dataclass(frozen=True, slots=True)
class Row:
    """A field of two firms, in words, and whose value stays unless somebody says otherwise."""

    field: str
    label: str
    kept: str
    other: str
    is_alike: bool
    default: Side

    @property
    def sides(self) -> tuple[Side, ...]:
        """What can be chosen."""
        return tuple(Side) if self.field in SEVERAL_FIELDS else (Side.KEPT, Side.OTHER)


def compared(kept: Firm, other: Firm) -> list[Row]:
    """The fields in which at least one of the two says something."""
    terms = Terms.load()
    rows = []
    for field in FIELDS:
        ours, theirs = said(kept, field), said(other, field)
        if ours or theirs:
            row = Row(
                field,
                str(label_of(field)),
                kept=_shown(field, ours, terms),
                other=_shown(field, theirs, terms),
                is_alike=ours == theirs,
                default=default_side(ours, theirs),
            )
            rows.append(row)
    return rows


def _shown(field: str, value: object, terms: Terms) -> str:
    if field != LOGO:
        return shown(field, value, terms)
    pk = value[0] if isinstance(value, list) and value else 0
    return str(get_image_model().objects.filter(pk=pk).first() or "")
