"""Owns what a proposal may hold, how its values are checked, and who hears of it."""

from .addresses import address_on_file, language_of
from .changes import Change, Changes, ProposalBroken, differing, read_changes, written_changes
from .comparing import Compared, compared
from .fields import FIELDS, NOTED, OWN

__all__ = [
    "FIELDS",
    "NOTED",
    "OWN",
    "Change",
    "Changes",
    "Compared",
    "ProposalBroken",
    "address_on_file",
    "compared",
    "differing",
    "language_of",
    "read_changes",
    "written_changes",
]
