"""Owns what an import reports: numbers that add up, reasons in plain words, and every problem. Pure."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from directory.sentences import sentence_of

from .labels import label_of
from .table import Problem

# Codes of problems and of drafts, in the words of a list of reasons.
REASONS: Mapping[str, str] = {
    # rows left out
    "cells": gettext_noop("has more cells than the header"),
    "cell": gettext_noop("has a cell that is too long"),
    "quotes": gettext_noop("has quotation marks that do not pair up"),
    "no-name": gettext_noop("has no name"),
    "long-name": gettext_noop("has a name that is too long"),
    "no-key": gettext_noop("has nothing in the column that identifies it"),
    "no-source": gettext_noop("does not say which source it comes from"),
    "duplicate": gettext_noop("is the same as an earlier line"),
    "removed": gettext_noop("was removed at its own request"),
    "elsewhere": gettext_noop("lies in a region that is not yours"),
    "not-yours": gettext_noop("is a firm of another region"),
    "nowhere": gettext_noop("names no region, and is for the coordinator"),
    "not-saved": gettext_noop("could not be saved"),
    # rows not touched
    "draft": gettext_noop("has a draft: not touched"),
    "locked": gettext_noop("is locked by an editor: not touched"),
    "merged": gettext_noop("was merged into another firm: not touched"),
    # firms that are drafts
    "no-region": gettext_noop("lies in no region we know"),
    "says-nothing": gettext_noop("has no sector, no capability and no description"),
    "unpublished": gettext_noop("was unpublished by an editor"),
    # values left out, and what is worth a look
    "edited": gettext_noop("keeps what an editor changed"),
    "near": gettext_noop("may be the same firm as another"),
    "short": gettext_noop("has fewer cells than the header"),
    "tag": gettext_noop("has a tag that the mapping does not explain"),
    "long-text": gettext_noop("has a text that was cut"),
}


def in_words(code: str) -> str:
    """A reason in plain words; for the code of a field: that its value was left out."""
    if code in REASONS:
        return _(REASONS[code])
    return _("has a value in “%(field)s” that was left out") % {"field": label_of(code)}


@dataclass(slots=True)
class Report:
    """What an import did, or would do.

    Every row is in exactly one of new, changed, unchanged, untouched and refused; the firm of every row but
    the refused ones is listed or a draft.
    """

    dry_run: bool = False
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    untouched: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    listed: int = 0
    drafts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    seconds: float = 0.0

    def refuse(self, problem: Problem) -> None:
        """Counts a row that was left out."""
        self.refused[problem.code] += 1
        self.problems.append(problem)

    def place(self, draft: str) -> None:
        """Counts a firm as listed, or as a draft for a reason."""
        if draft:
            self.drafts[draft] += 1
        else:
            self.listed += 1

    def pause(self, earlier: Mapping[str, Any]) -> dict[str, Any]:
        """What a later turn must know of this one and of `earlier` ones; JSON can keep it."""
        told = Report()
        told.resume(earlier)
        edited = [
            (each.line, each.column, each.value, each.reason.kept(), each.code)
            for each in (*told.problems, *self.problems)
            if each.code == "edited"
        ]
        return {"new": told.new + self.new, "changed": told.changed + self.changed, "edited": edited}

    def resume(self, earlier: Mapping[str, Any]) -> None:
        """Counts what earlier turns of the same import wrote as what it was then; now it looked unchanged."""
        new, changed = earlier.get("new", 0), earlier.get("changed", 0)
        self.new += new
        self.changed += changed
        self.unchanged -= new + changed
        self.problems.extend(
            Problem(line, column, value, sentence_of(reason), code)
            for line, column, value, reason, code in earlier.get("edited", ())
        )

    def warnings(self) -> Counter[str]:
        """How many problems of each kind left their row in."""
        left_out = self.refused.keys() | self.untouched.keys()
        return Counter(problem.code for problem in self.problems if problem.code not in left_out)

    def counts(self) -> dict[str, int]:
        """The numbers of the run."""
        return {
            "rows": self.rows,
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "untouched": self.untouched.total(),
            "refused": self.refused.total(),
            "listed": self.listed,
            "drafts": self.drafts.total(),
        }

    def reasons(self) -> dict[str, dict[str, int]]:
        """Why rows were left out or not touched, why firms are drafts, what was odd; most frequent first."""
        groups = {
            "refused": self.refused,
            "untouched": self.untouched,
            "drafts": self.drafts,
            "warnings": self.warnings(),
        }
        return {name: dict(group.most_common()) for name, group in groups.items()}

    def as_json(self) -> dict[str, Any]:
        """The whole report, ready for JSON."""
        problems = [
            {
                "line": problem.line,
                "column": problem.column,
                "value": problem.value,
                "reason": str(problem.reason),
                "code": problem.code,
            }
            for problem in self.problems
        ]
        return {
            "dry_run": self.dry_run,
            "counts": self.counts(),
            "reasons": self.reasons(),
            "seconds": round(self.seconds, 1),
            "problems": problems,
        }

    def sentences(self) -> list[str]:
        """The numbers in words, one line per idea."""
        told = {name: f"{number:,}" for name, number in self.counts().items()}
        lines = [
            _(
                "%(rows)s rows: %(new)s new, %(changed)s changed, %(unchanged)s unchanged, "
                "%(untouched)s not touched, %(refused)s left out."
            )
            % told,
            _("Listed: %(listed)s firms. Drafts: %(drafts)s.") % told,
        ]
        if self.dry_run:
            lines.append(_("This was a trial: nothing was written."))
        headings: Mapping[str, Callable[[], str]] = {
            "refused": lambda: _("Left out:"),
            "untouched": lambda: _("Not touched:"),
            "drafts": lambda: _("Drafts:"),
            "warnings": lambda: _("Worth a look:"),
        }
        for group, reasons in self.reasons().items():
            if reasons:
                lines.append(headings[group]())
                lines.extend(f"  {number:,} × {in_words(code)}" for code, number in reasons.items())
        return lines
