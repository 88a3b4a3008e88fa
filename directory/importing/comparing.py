"""Owns what an import would do with each row: compared with earlier rows, the register, and who left it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.utils.encoding import force_str

from directory.models import Firm, MergedKey, Removal
from directory.sentences import Sentence, joined
from directory.sentences import Sentence as _

from .fingerprints import Removed
from .labels import label_of
from .matching import Neighbours, keys
from .reach import Reach, in_full
from .report import Report
from .staging import Staged, why_draft
from .table import Problem, shortened

Identity = tuple[str, str]

# Why a firm is left as it is, by the codes of `Report`.
UNTOUCHED: Mapping[str, Sentence] = {
    "draft": _("This firm has a draft that nobody has published yet: not touched."),
    "locked": _("An editor has locked this firm: not touched."),
    "merged": _("This firm was merged into another one, which has a row of its own: not touched."),
}


@dataclass(frozen=True, slots=True)
class Existing:
    """What an import must know of a firm that came from a file before."""

    pk: int
    digest: str
    is_live: bool
    is_locked: bool
    is_untouched: bool
    region: int | None
    run: int | None = None  # the import that wrote it last
    is_merged: bool = False  # the row is that of a firm that was merged into this one, which has its own row

    def hindrance(self) -> str:
        """Why the import must leave the firm alone, as a code; empty if it may change it."""
        if self.is_merged:
            return "merged"
        if self.is_locked:
            return "locked"
        return "" if self.is_untouched else "draft"


class Comparison:
    """Decides on each row and counts. It writes nothing: `Writer` does that."""

    def __init__(self, report: Report, staged: Sequence[Staged], reach: Reach) -> None:
        self.report = report
        self.reach = reach
        self.existing = imported_before()
        self.removed = removed_firms()
        self.lines: dict[Identity, int] = {}
        self.neighbours = neighbours_but({(row.source, row.key) for row in staged}, reach.sight or Q())

    def run(self, rows: Iterable[Staged]) -> None:
        """Takes the rows one by one."""
        for row in rows:
            self.report.problems.extend(row.problems)
            if row.values is None:
                self.report.refused[row.problems[-1].code] += 1
            else:
                self.take(row, row.values)

    def take(self, row: Staged, values: Mapping[str, object]) -> None:
        """Decides what becomes of a row that can be used."""
        identity = (row.source, row.key)
        compared = _compared(values)
        existing = self.existing.get(identity)
        refusal = self.refusal(row, identity, compared, existing)
        if refusal:
            self.report.refuse(refusal)
            return
        self.lines[identity] = row.line
        if existing is None or not existing.is_merged:
            self.report_near(row, compared)
        if existing is None:
            self.add(row)
        elif existing.digest == row.digest:
            self.report.unchanged += 1
            self.place(row, existing.is_live)
        elif existing.hindrance():
            self.leave(row, existing, existing.hindrance())
        else:
            self.change(row, existing)

    def refusal(
        self, row: Staged, identity: Identity, compared: Mapping[str, str], existing: Existing | None
    ) -> Problem | None:
        """Why a row that could be used is left out nevertheless."""
        name = _name(row)
        if identity in self.lines:
            reason = _("This is the same firm as on line %(line)s. The row was left out.")
            return Problem(row.line, "", name, reason % {"line": self.lines[identity]}, "duplicate")
        if self.is_done(row, existing):
            return None
        code = self.reach.leaves_out(
            row.values or {}, is_there=existing is not None, region=existing.region if existing else None
        )
        if code:
            return Problem(row.line, "", name, in_full(code), code)
        what = "" if existing else self.removed.recognised_by(compared)
        if what:
            reason = _(
                "A firm with this %(what)s asked to be removed from the register. The row was left out."
            )
            return Problem(row.line, "", name, reason % {"what": label_of(what)}, "removed")
        return None

    def is_done(self, row: Staged, existing: Existing | None) -> bool:
        """Whether an earlier turn of this import wrote the row; a region lost since then is no matter."""
        return False

    def report_near(self, row: Staged, compared: Mapping[str, str]) -> None:
        """Reports firms that may be the same one, in the file and in the register; nothing is merged."""
        near = self.neighbours.near(compared)
        if near:
            # Translators: "line 12 (same website)"
            others = [
                _("%(other)s (same %(what)s)") % {"other": each.other, "what": label_of(each.shared)}
                for each in near
            ]
            reason = _("It may be the same firm as %(others)s. All are kept.")
            reason %= {"others": joined(others, by=", ")}
            self.report.problems.append(Problem(row.line, "", _name(row), reason, "near"))
        self.neighbours.add(_("line %(line)s") % {"line": row.line}, compared)

    def add(self, row: Staged) -> None:
        """A firm that is not in the register yet."""
        self.report.new += 1
        self.place(row, not why_draft(row.values or {}))

    def change(self, row: Staged, existing: Existing) -> None:
        """A firm of which the file says something new."""
        self.report.changed += 1
        self.place(row, existing.is_live or not why_draft(row.values or {}))

    def leave(self, row: Staged, existing: Existing, code: str) -> None:
        """A firm of which the file says something new, but which somebody is working on."""
        self.report.untouched[code] += 1
        self.report.problems.append(Problem(row.line, "", _name(row), UNTOUCHED[code], code))
        self.place(row, existing.is_live)

    def place(self, row: Staged, is_live: bool) -> None:
        """Counts the firm of a row as listed or as a draft."""
        draft = why_draft(row.values or {})
        self.report.place("" if is_live and not draft else draft or "unpublished")


def imported_before() -> dict[Identity, Existing]:
    """Every firm that came from a file, by its key and by those of firms that were merged into it."""
    rows = Firm.objects.exclude(import_key=None).values_list(
        "source",
        "import_key",
        "pk",
        "imported_row__digest",
        "live",
        "locked",
        "has_unpublished_changes",
        "latest_revision_id",
        "imported_row__draft_revision",
        "region",
        "imported_row__run",
    )
    own = {
        (source, str(key)): Existing(
            pk, digest or "", live, locked, is_untouched(live, changes, latest, draft), region, run
        )
        for source, key, pk, digest, live, locked, changes, latest, draft, region, run in rows
    }
    merged = MergedKey.objects.values_list(
        "source", "key", "firm", "firm__live", "firm__locked", "firm__region"
    )
    return own | {
        (source, key): Existing(pk, "", live, locked, is_untouched=False, region=region, is_merged=True)
        for source, key, pk, live, locked, region in merged
    }


def removed_firms() -> Removed:
    """The firms that asked to be removed, under the present secret and former ones."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    known = Removal.objects.values_list("fingerprint", flat=True)
    return Removed(frozenset(known), tuple(force_str(secret) for secret in secrets))


def is_untouched(
    is_live: bool, has_unpublished_changes: bool, latest: int | None, draft_of_import: int | None
) -> bool:
    """Whether nobody works on a firm: it is live as it is, or still the draft that the import left."""
    if is_live:
        return not has_unpublished_changes
    return draft_of_import is not None and latest == draft_of_import


def neighbours_but(identities: set[Identity], among: Q) -> Neighbours:
    """These firms of the register by what they are compared by, without those that the file itself brings."""
    neighbours = Neighbours()
    firms = (
        Firm.objects.standing().filter(among).values_list("source", "import_key", "name", "website", "number")
    )
    for source, key, name, website, number in firms.iterator(chunk_size=2_000):
        if (source, key) not in identities:
            neighbours.add(_("%(name)s in the register") % {"name": name}, keys(name, website, number))
    return neighbours


def _compared(values: Mapping[str, object]) -> Mapping[str, str]:
    return keys(str(values["name"]), str(values.get("website", "")), str(values.get("number", "")))


def _name(row: Staged) -> str:
    return shortened(str((row.values or {}).get("name", "")))
