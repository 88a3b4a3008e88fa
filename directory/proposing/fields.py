"""Owns the closed lists of fields that each kind of proposal may name."""

from collections.abc import Mapping
from typing import Final

from directory.importing.known import PROFILE_FIELDS, SEVERAL, SINGLE
from directory.models import Proposal

# What is told to the coordinator and never given to a firm.
NOTED: Final = frozenset({"region", "other"})
# Whatever a firm may say of itself. Its region is a fact: `MoveFirmAction` changes it.
OWN: Final = frozenset((*SINGLE, *SEVERAL, *PROFILE_FIELDS)) - NOTED - {"nace_codes"}

FIELDS: Mapping[str, frozenset[str]] = {
    Proposal.Kind.CORRECT: OWN | {"region"},
    Proposal.Kind.CLOSED: frozenset(),
    Proposal.Kind.DUPLICATE: frozenset({"other"}),
    Proposal.Kind.REMOVE: frozenset(),
    Proposal.Kind.MINE: frozenset(),
    Proposal.Kind.LIST: OWN,
    Proposal.Kind.JOIN: frozenset(),
}
