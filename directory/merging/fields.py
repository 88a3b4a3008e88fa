"""Owns the fields of a firm that a merge can take from either side, and how they are read and given."""

from collections.abc import Mapping
from enum import Enum
from typing import Any

from wagtail.images import get_image_model

from directory.importing.filling import Terms, give, told
from directory.importing.known import PROFILE_FIELDS, SEVERAL, SINGLE
from directory.models import Firm

# The logo goes with the words that describe it.
LOGO = "logo"
FIELDS = (*SINGLE, *SEVERAL, LOGO, *PROFILE_FIELDS)
SEVERAL_FIELDS = frozenset(SEVERAL)


class Side(Enum):
    """Whose value stays: the kept firm's, the other's, or, of a list, all of both."""

    KEPT = "kept"
    OTHER = "other"
    BOTH = "both"


def said(firm: Firm, field: str) -> Any:
    """What a firm says in a field, in a form that JSON keeps."""
    if field == LOGO:
        return [firm.logo_id, firm.logo_alt] if firm.logo_id else []
    return told(firm, field)


def default_side(kept: Any, other: Any) -> Side:
    """The kept firm's value, or the other's where the kept firm says nothing."""
    return Side.OTHER if other and not kept else Side.KEPT


def combined(side: Side, kept: Any, other: Any) -> Any:
    """What the kept firm says in the end."""
    if side is Side.BOTH and isinstance(kept, list):
        return sorted({*kept, *other})
    return other if side is Side.OTHER else kept


def say(firm: Firm, field: str, value: Any, terms: Terms) -> None:
    """Lets the firm say something in a field, in memory. A term or image that is gone is left out."""
    if field == LOGO:
        _give_logo(firm, value)
    else:
        known: Mapping[str, object] | None = {
            "sectors": terms.sectors,
            "capabilities": terms.capabilities,
            "serves": terms.regions,
        }.get(field)
        give(firm, field, [each for each in value if each in known] if known is not None else value, terms)
    if field in PROFILE_FIELDS:
        firm.profiles.set([profile for profile in firm.profiles.all() if not profile.is_empty()])


def _give_logo(firm: Firm, value: list[Any]) -> None:
    is_there = bool(value) and get_image_model().objects.filter(pk=value[0]).exists()
    firm.logo_id, firm.logo_alt = value if is_there else (None, "")
