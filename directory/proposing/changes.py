"""Owns the values of a proposal: what of them may be believed, and what differs from the register."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from directory.importing.filling import EMPTY, Terms, told
from directory.importing.known import PROFILE_FIELDS, TEXTS
from directory.importing.labels import label_of
from directory.importing.staging import Value
from directory.models import Firm
from hub.actions import ActionRefused

from .fields import FIELDS

_RELATED = ("serves", "sectors", "capabilities")
_LONGEST_NOTE = 300


class ProposalBroken(ActionRefused):
    """What is proposed cannot be given to a firm."""


@dataclass(frozen=True, slots=True)
class Change:
    """What the sender saw in a field, and what they propose."""

    before: object
    after: Value | None


Changes = Mapping[str, Change]


def read_changes(kind: str, stored: object, terms: Terms) -> dict[str, Change]:
    """The changes of a stored proposal, each checked again as if a stranger had just sent it.

    :raises ProposalBroken: naming the first field that cannot be believed.
    """
    if not isinstance(stored, dict):
        raise ProposalBroken(_("What is proposed cannot be read any more. Return it, or do it by hand."))
    return {field: _read(kind, field, each, terms) for field, each in sorted(stored.items())}


def _read(kind: str, field: str, stored: object, terms: Terms) -> Change:
    if field not in FIELDS.get(kind, ()) or not isinstance(stored, dict) or "after" not in stored:
        raise ProposalBroken(
            _("%(field)s is nothing that such a proposal can change.") % {"field": label_of(field)}
        )
    return Change(stored.get("before"), checked(field, stored["after"], terms))


def written_changes(changes: Changes) -> dict[str, dict[str, object]]:
    """The changes as a proposal stores them."""
    return {field: {"before": each.before, "after": each.after} for field, each in changes.items()}


def differing(firm: Firm, proposed: Mapping[str, Value | None]) -> dict[str, Change]:
    """The fields in which a proposal says something else than the firm as it stands in memory."""
    pairs = {field: (_plain(told(firm, field)), _settled(value)) for field, value in proposed.items()}
    return {field: Change(now, value) for field, (now, value) in pairs.items() if _said(now) != _said(value)}


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _settled(value: Value | None) -> Value | None:
    return sorted(value) if isinstance(value, list) else value


def _said(value: object) -> object:
    """Line ends and spaces around a text are no difference; nor is nothing in another form."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    return "" if value is None else value


def checked(field: str, value: object, terms: Terms) -> Value | None:
    """A value as the register may keep it.

    :raises ProposalBroken: if the register cannot keep it; the message names the field.
    """
    try:
        return _checked(field, value, terms)
    except ValidationError as error:
        reason = " ".join(error.messages)
        raise ProposalBroken(
            _("%(field)s: %(reason)s") % {"field": label_of(field), "reason": reason}
        ) from None


def _checked(field: str, value: object, terms: Terms) -> Value | None:
    if field in _RELATED:
        return _terms(field, value, terms)
    if value is not None and not isinstance(value, (str, int, list)):
        raise ValidationError(_("This is not a value."))
    if field in ("region", "other"):
        return _line(str(value or ""), _LONGEST_NOTE)
    if field in PROFILE_FIELDS:
        return _text(str(value or ""), TEXTS[field.rsplit("_", 1)[0]])
    cleaned = Firm._meta.get_field(field).clean(EMPTY.get(field, "") if value is None else value, None)
    return _line(cleaned, 300) if isinstance(cleaned, str) else cleaned


def _terms(field: str, value: object, terms: Terms) -> list[str]:
    known: Mapping[str, object] = terms.regions if field == "serves" else getattr(terms, field)
    slugs = value if isinstance(value, list) else [value]
    unknown = [str(each)[:60] for each in slugs if not isinstance(each, str) or each not in known]
    if unknown:
        raise ValidationError(_("Not in the list: %(values)s."), params={"values": ", ".join(unknown)})
    return sorted(str(each) for each in slugs)


def _line(text: str, longest: int) -> str:
    _refuse_unwritten(text, "")
    return _text(text, longest)


def _text(text: str, longest: int) -> str:
    _refuse_unwritten(text, "\n\r\t")
    if len(text) > longest:
        raise ValidationError(
            _("At most %(longest)s characters; these are %(length)s."),
            params={"longest": longest, "length": len(text)},
        )
    return text


def _refuse_unwritten(text: str, allowed: Iterable[str]) -> None:
    if any(unicodedata.category(each) in ("Cc", "Cs") and each not in allowed for each in text):
        raise ValidationError(_("There are characters in it that cannot be typed."))
