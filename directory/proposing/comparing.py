"""Owns how a proposal is shown beside the register: field by field, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass

from directory.importing.filling import Terms, told
from directory.importing.labels import label_of
from directory.models import Firm
from directory.models.fields import ChosenValuesField

from .changes import Changes
from .fields import NOTED


@dataclass(frozen=True, slots=True)
class Compared:
    """One field: what the sender saw, what the register and its draft say now, and what is proposed."""

    field: str
    label: str
    before: str
    present: str
    draft: str
    after: str
    is_noted: bool

    @property
    def is_stale(self) -> bool:
        """Whether the register has changed since the proposal was sent."""
        return self.before != self.present and not self.is_noted

    @property
    def is_there(self) -> bool:
        """Whether the register says it already."""
        return self.after == self.present and not self.is_noted

    @property
    def is_disputed(self) -> bool:
        """Whether the draft says something that is neither the register's nor the proposer's."""
        return self.draft not in (self.present, self.after) and not self.is_noted


def compared(firm: Firm | None, draft: Firm | None, changes: Changes, terms: Terms) -> list[Compared]:
    """The changes beside the firm as it is and as its draft has it."""
    rows = []
    for field, change in changes.items():
        now = told(firm, field) if firm and field != "other" else change.before
        drafted = told(draft, field) if draft and field not in NOTED else now
        before, present, drawn, after = (
            shown(field, each, terms) for each in (change.before, now, drafted, change.after)
        )
        is_noted = field in NOTED
        rows.append(Compared(field, str(label_of(field)), before, present, drawn, after, is_noted))
    return rows


def shown(field: str, value: object, terms: Terms) -> str:
    """A value in words: labels instead of short names."""
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        return ", ".join(_label(field, str(each), terms) for each in value)
    return _label(field, str(value).replace("\r\n", "\n"), terms)


def _label(field: str, value: str, terms: Terms) -> str:
    known: Mapping[str, object] = {
        "region": terms.regions,
        "serves": terms.regions,
        "sectors": terms.sectors,
        "capabilities": terms.capabilities,
    }.get(field, {})
    if value in known:
        return str(known[value])
    return str(_choices(field).get(value, value))


def _choices(field: str) -> dict[str, object]:
    if field not in ("kind", "size", "languages", "offers", "looks_for"):
        return {}
    model_field = Firm._meta.get_field(field)
    if isinstance(model_field, ChosenValuesField):
        return dict(model_field.choices_of.choices) if model_field.choices_of else {}
    return dict(model_field.choices or [])
