"""Owns how a row becomes checked values and a list of what is wrong with it. Pure."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from directory.models.choices import Kind
from directory.sentences import Sentence, joined
from directory.sentences import Sentence as _
from hub.languages import LANGUAGES

from . import checks
from .cleaning import one_line, plain_text
from .guessing import guess_language
from .known import CLOSED, SEVERAL, SINGLE, TEXTS, Known, said
from .mapping import Filled, ImportMapping, Meaning, Tags
from .table import Problem, Row, column_key, shortened

# What the file says of a firm, by field; only what it says. Lists are sorted, so that equal means equal.
Value = str | int | list[str]
Values = dict[str, Value]
_KEY = 200


@dataclass(frozen=True, slots=True)
class Staged:
    """A row, checked. `values` is None if the row is refused; then the last problem says why."""

    line: int
    source: str
    key: str
    values: Values | None
    problems: tuple[Problem, ...]

    @property
    def digest(self) -> str:
        """A fingerprint of the values: equal if there is nothing new to take over."""
        told = json.dumps(self.values, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(told.encode()).hexdigest()


class _Refused(Exception):
    """The row cannot be used."""

    def __init__(self, column: str, value: str, reason: Sentence, code: str) -> None:
        self.problem = (column, value, reason, code)


def why_draft(values: Mapping[str, Value]) -> str:
    """Why a firm of these values cannot be listed yet, as a code; empty if it can (`FirmQuerySet.listed`)."""
    if not values.get("region"):
        return "no-region"
    texts = (f"description_{language}" for language in LANGUAGES)
    return "" if any(values.get(name) for name in ("sectors", "capabilities", *texts)) else "says-nothing"


class Stage:
    """Checks the rows of one table against one mapping."""

    def __init__(self, columns: Sequence[str], mapping: ImportMapping, known: Known, now: datetime) -> None:
        self.at = {column_key(column): place for place, column in enumerate(columns)}
        self.shown = {column_key(column): column for column in columns}
        self.mapping = mapping
        self.known = known
        self.now = now

    def row(self, row: Row) -> Staged:
        """The row, checked; it never raises, whatever the cells hold."""
        reading = _Reading(self, row)
        try:
            source = reading.source()
            name = reading.name()
            key = reading.key()
            values = reading.values(name)
        except _Refused as refused:
            reading.problem(*refused.problem)
            return Staged(row.line, "", "", None, tuple(reading.problems))
        return Staged(row.line, source, key, values, tuple(reading.problems))


class _Reading:
    """One row on its way."""

    def __init__(self, stage: Stage, row: Row) -> None:
        self.stage = stage
        self.mapping = stage.mapping
        self.known = stage.known
        self.row = row
        self.problems: list[Problem] = []

    def cell(self, column: str) -> str:
        place = self.stage.at.get(column)
        return "" if place is None else self.row.cells[place]

    def problem(self, column: str, value: str, reason: Sentence, code: str) -> None:
        shown = self.stage.shown.get(column, column)
        self.problems.append(Problem(self.row.line, shown, shortened(value), reason, code))

    def dropped(self, column: str, value: str, reason: Sentence, code: str) -> None:
        left_out = _("It was left out; the rest of the row was taken.")
        self.problem(column, value, joined((reason, left_out)), code)

    # What every row must have

    def source(self) -> str:
        column = self.mapping.source_column
        source = one_line(self.cell(column)) if column else self.mapping.source
        if not source or len(source) > 60:
            reason = _("The row does not say which source it comes from, in at most 60 characters.")
            raise _Refused(column, source, joined((reason, _("The row was left out."))), "no-source")
        return source

    def name(self) -> str:
        columns = self.mapping.fields["name"].columns
        name = next((found for found in (one_line(self.cell(column)) for column in columns) if found), "")
        longest = checks.LENGTHS["name"]
        if name and len(name) <= longest:
            return name
        reason = (
            _("The name has %(length)s characters; at most %(longest)s are kept. The row was left out.")
            if name
            else _("The row has no name. The row was left out.")
        )
        words = {"length": len(name), "longest": longest}
        raise _Refused(columns[0], name, reason % words, "long-name" if name else "no-name")

    def key(self) -> str:
        parts = [said(self.cell(column)) for column in self.mapping.key]
        if not any(parts):
            reason = _("The row has nothing in the column that identifies it. The row was left out.")
            raise _Refused(self.mapping.key[0], "", reason, "no-key")
        key = "|".join(parts).replace("\0", " ")
        if len(key) <= _KEY:
            return key
        digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
        return f"{key[: _KEY - len(digest) - 1]}#{digest}"

    # What a row may have

    def values(self, name: str) -> Values:
        values: Values = {"name": name}
        self.fill(values, "region")
        for field in SINGLE:
            if field not in ("name", "region"):
                self.fill(values, field)
        for field in SEVERAL:
            chosen = self.several(field)
            if chosen:
                values[field] = chosen
        for rule in self.mapping.tags:
            self.add_tags(values, rule)
        for field, default in self.mapping.defaults.items():
            if field in SINGLE and default:
                values.setdefault(field, default)
        values.setdefault("kind", Kind.SME.value)
        self.add_texts(values)
        return values

    def fill(self, values: Values, field: str) -> None:
        """Puts into `values` what the first usable column says."""
        country = self.known.countries.get(str(values.get("region", "")), "")
        for column, value in self.told(field):
            try:
                values[field] = self.checked(field, value, country)
            except checks.Unusable as unusable:
                self.dropped(column, value, unusable.why, field)
            else:
                return

    def told(self, field: str) -> Iterator[tuple[str, str]]:
        """What the columns of a field say, one after the other, in our words; nothing for empty cells."""
        filled = self.mapping.fields.get(field)
        ours = self.mapping.values.get(field, {})
        for column in filled.columns if filled else ():
            value = one_line(self.cell(column))
            value = ours.get(said(value), value)
            if value:
                yield column, value

    def checked(self, field: str, value: str, country: str) -> str | int:
        if field in CLOSED:
            return self.chosen(field, value)
        if field == "founded":
            return checks.founded(value, self.stage.now.year)
        check = checks.BY_FIELD.get(field)
        kept = check(value, country) if check else value
        if len(kept) > checks.LENGTHS[field]:
            words = {"length": len(kept), "longest": checks.LENGTHS[field]}
            raise checks.Unusable(_("It has %(length)s characters; at most %(longest)s are kept.") % words)
        return kept

    def chosen(self, field: str, value: str) -> str:
        chosen = self.known.choose(field, value)
        if not chosen:
            raise checks.Unusable(_("“%(value)s” is not in our list.") % {"value": value[:80]})
        return chosen

    def several(self, field: str) -> list[str]:
        filled = self.mapping.fields.get(field)
        check: Callable[[str], str] = (
            checks.nace_code if field == "nace_codes" else lambda value: self.chosen(field, value)
        )
        chosen: set[str] = set()
        for column, value in self.parts(field, filled):
            try:
                chosen.add(check(value))
            except checks.Unusable as unusable:
                self.dropped(column, value, unusable.why, field)
        return sorted(chosen)

    def parts(self, field: str, filled: Filled | None) -> Iterator[tuple[str, str]]:
        ours = self.mapping.values.get(field, {})
        for column in filled.columns if filled else ():
            cell = one_line(self.cell(column))
            for part in cell.split(filled.separator) if filled and filled.separator else [cell]:
                value = ours.get(said(part), part.strip())
                if value:
                    yield column, value

    def add_tags(self, values: Values, rule: Tags) -> None:
        """Adds what the tags of the source mean. A tag the mapping does not know is reported and left out."""
        source = self.mapping.source or self.cell(self.mapping.source_column)
        if rule.sources and said(source) not in rule.sources:
            return
        cell = one_line(self.cell(rule.column))
        for tag in cell.split(rule.separator) if rule.separator else [cell]:
            meant = rule.means.get(said(tag))
            if meant is None and said(tag):
                meant = self.industry(rule, tag.strip())
            if meant is not None:
                _add(values, meant)

    def industry(self, rule: Tags, tag: str) -> Meaning | None:
        try:
            if rule.nace_prefix and said(tag).startswith(rule.nace_prefix):
                return Meaning(nace_codes=(checks.nace_from_sic(said(tag)[len(rule.nace_prefix) :].strip()),))
        except checks.Unusable as unusable:
            self.dropped(rule.column, tag, unusable.why, "nace_codes")
            return None
        reason = _("The mapping does not say what the tag “%(tag)s” means.") % {"tag": tag[:80]}
        self.dropped(rule.column, tag, reason, "tag")
        return None

    # What a firm says of itself

    def add_texts(self, values: Values) -> None:
        texts = dict(self.texts())
        language = self.language(" ".join(texts.values())) if texts else ""
        for field, text in texts.items():
            if language:
                values[f"{field}_{language}"] = text
        for field in TEXTS:
            for code in LANGUAGES:
                name = f"{field}_{code}"
                if text := self.text(name, TEXTS[field]):
                    values[name] = text

    def texts(self) -> Iterator[tuple[str, str]]:
        for field, longest in TEXTS.items():
            if text := self.text(field, longest):
                yield field, text

    def text(self, field: str, longest: int) -> str:
        filled = self.mapping.fields.get(field)
        clean = one_line if field.startswith("tagline") else plain_text
        for column in filled.columns if filled else ():
            text = clean(self.cell(column))
            if len(text) > longest:
                reason = _("The text has %(length)s characters; the first %(longest)s were taken.")
                words = {"length": len(text), "longest": longest}
                self.problem(column, text, reason % words, "long-text")
                text = text[: longest - 1].rstrip() + "…"
            if text:
                return text
        return ""

    def language(self, text: str) -> str:
        """The language of the row's texts; empty if it is none of ours."""
        for column, value in self.told("text_language"):
            try:
                return self.chosen("text_language", value)
            except checks.Unusable:
                reason = _("“%(value)s” is not a language in which firms are described here (en, fr, nl).")
                self.dropped(column, value, reason % {"value": value[:80]}, "text_language")
                return ""
        guessed = guess_language(text) if self.mapping.guess_language else ""
        language = guessed or self.mapping.defaults.get("text_language", "")
        if not language:
            reason = _("The row does not say in which language its text is.")
            self.dropped("", text, reason, "text_language")
        return language


def _add(values: Values, meant: Meaning) -> None:
    for field, more in (
        ("sectors", meant.sectors),
        ("capabilities", meant.capabilities),
        ("nace_codes", meant.nace_codes),
    ):
        there = values.get(field, [])
        if more and isinstance(there, list):
            values[field] = sorted({*there, *more})
    for field, value in (("kind", meant.kind), ("size", meant.size)):
        if value:
            values.setdefault(field, value)
