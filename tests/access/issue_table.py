"""Owns what is expected: the table of rights as the issue has it, read from its words and from nothing else.

The code has the same table in `hub.rights`. Here it is copied out of the issue, so that a cell that somebody
loosens there disagrees with this one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

# Source: issue 5, part 1. "own" is the region of the term and all below it.
TABLE = """
| | editor | lead, deputy | cluster lead | communications | coordinator | administrator |
|---|---|---|---|---|---|---|
| see drafts, history, comparisons | own | own | own cluster's pages | events and news everywhere | all | all |
| edit, submit | own pages and firms | own | own cluster's pages | events and news everywhere | all | all |
| approve, publish, unpublish | - | own | own cluster's pages | events and news everywhere | all | all |
| add a firm, answer proposals | drafts only | own | - | - | all | all |
| merge, remove a firm; import | - | own | - | - | all | all |
| move a firm to another region | - | both leads consent | - | - | all | all |
| full export (logged) | - | own | - | - | all | all |
| invite editors; replace the deputy | - | own (lead) | - | - | all | all |
| appoint leads, cluster leads; see records | - | - | - | - | yes | yes |
| reset a second factor, end sessions | - | - | - | - | yes, not of administrators | yes |
| users, settings, vocabularies, regions | - | - | - | - | vocabularies | yes |
"""  # noqa: E501 (as the issue has it)


class Verb(StrEnum):
    """What somebody wants to do: the row of the table that says who may, by its label."""

    SEE = "see drafts, history, comparisons"
    EDIT = "edit, submit"
    PUBLISH = "approve, publish, unpublish"
    ANSWER = "add a firm, answer proposals"
    REMOVE = "merge, remove a firm; import"
    MOVE = "move a firm to another region"
    EXPORT = "full export (logged)"
    INVITE = "invite editors; replace the deputy"
    APPOINT = "appoint leads, cluster leads; see records"
    RESET = "reset a second factor, end sessions"
    GROUND = "users, settings, vocabularies, regions"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a role is in the eyes of the table: its column, the owners of what is its own, its cluster."""

    column: str = ""
    owners: frozenset[str] = frozenset()
    is_deputy: bool = False
    role: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What the table has to know of a thing: whose it is, and whether it is something special."""

    owner: str
    is_vocabulary: bool = False
    is_an_administrator: bool = False
    # The role that brought a file; it may hold rows of any region, so it is its bringer's alone.
    brought_by: str = ""


def _read(table: str) -> Mapping[str, Mapping[str, str]]:
    head, _line, *rows = [
        [cell.strip() for cell in line.strip("| ").split("|")] for line in table.strip().splitlines()
    ]
    columns = [name for name in head if name]
    return {label: dict(zip(columns, cells, strict=True)) for label, *cells in rows}


CELLS = _read(TABLE)
_OF_THE_REGION = {"own", "own pages and firms", "drafts only", "both leads consent"}


def may(standing: Standing, verb: Verb, about: About) -> bool:
    """Whether the table lets a role do something to a thing."""
    cell = cell_of(standing, verb)
    if cell in _OF_THE_REGION:
        return about.owner in standing.owners and about.brought_by in ("", standing.role)
    return {
        "own (lead)": not standing.is_deputy and about.owner in standing.owners,
        "own cluster's pages": about.owner == "cluster",
        "vocabularies": about.is_vocabulary,
        "yes, not of administrators": not about.is_an_administrator,
        "all": True,
        "yes": True,
    }.get(cell, False)


def may_anywhere(standing: Standing, verb: Verb, *, in_clusters: bool = False) -> bool:
    """Whether there is anything at all to which the role may do this; screens that list go by it."""
    owners = (*standing.owners, "none", *(["cluster"] if in_clusters else []))
    return any(may(standing, verb, About(owner)) for owner in owners)


def cell_of(standing: Standing, verb: Verb) -> str:
    """What the table says for a role, in its words; "-" for those who have none."""
    return CELLS[verb][standing.column] if standing.column else "-"
