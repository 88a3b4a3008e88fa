"""Owns how a TOML mapping says what the columns of a file mean. Pure; all that is wrong is said at once."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from directory.sentences import Sentence, joined
from directory.sentences import Sentence as _

from .known import CHOICES, CLOSED, FILLABLE, SEVERAL, Known, said
from .table import column_key

_TOP = frozenset(("title", "source", "key", "fields", "values", "defaults", "tags", "guess_language"))
_MEANT = frozenset(("sectors", "capabilities", "nace_codes", "kind", "size"))


class MappingRefused(Exception):
    """The mapping cannot be used; `reasons` are whole sentences fit for a person, `why` is all of them."""

    def __init__(self, reasons: Iterable[Sentence]) -> None:
        self.reasons = tuple(reasons)
        self.why = joined(self.reasons, by="\n")
        super().__init__(self.why)


@dataclass(frozen=True, slots=True)
class Filled:
    """Where a field's value comes from: the first of these columns that has one that can be used."""

    columns: tuple[str, ...]
    separator: str = ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a tag of the source says of a firm, in our words. An empty one is known to say nothing."""

    sectors: tuple[str, ...] = ()
    capabilities: tuple[str, ...] = ()
    nace_codes: tuple[str, ...] = ()
    kind: str = ""
    size: str = ""


@dataclass(frozen=True, slots=True)
class Tags:
    """A column of tags. `sources` limits the rule to rows of these sources; `nace_prefix` marks tags that are
    industry codes ("SIC 62020").
    """

    column: str
    separator: str
    means: Mapping[str, Meaning]
    sources: frozenset[str] = frozenset()
    nace_prefix: str = ""


@dataclass(frozen=True, slots=True)
class ImportMapping:
    """What the columns of a file mean. Columns are kept in `column_key()` form, values in `said()` form."""

    key: tuple[str, ...]
    fields: Mapping[str, Filled]
    source: str = ""
    source_column: str = ""
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[Tags, ...] = ()
    guess_language: bool = False

    def columns(self) -> set[str]:
        """Every column that the mapping needs."""
        filled = {column for each in self.fields.values() for column in each.columns}
        named = {*self.key, self.source_column, *(rule.column for rule in self.tags)}
        return (filled | named) - {""}

    def missing(self, columns: Iterable[str]) -> list[str]:
        """The columns that the mapping needs and a file with these columns does not have."""
        return sorted(self.columns() - {column_key(column) for column in columns})


def read_mapping(text: str, known: Known) -> ImportMapping:
    """The mapping that this TOML describes.

    :raises MappingRefused: with every reason at once.
    """
    try:
        toml = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise MappingRefused([_("The mapping is no TOML: %(error)s.") % {"error": str(error)}]) from error
    reader = _Reader(toml, known)
    mapping = reader.mapping()
    if reader.reasons:
        raise MappingRefused(reader.reasons)
    return mapping


class _Reader:
    """Reads a mapping table by table and collects what is wrong."""

    def __init__(self, toml: Mapping[str, Any], known: Known) -> None:
        self.toml = toml
        self.known = known
        self.reasons: list[Sentence] = []

    def refuse(self, reason: Sentence, **words: str) -> None:
        self.reasons.append(reason % words)

    def mapping(self) -> ImportMapping:
        for name in sorted(self.toml.keys() - _TOP):
            self.refuse(
                _("%(name)s: a mapping has no such table. It has: %(known)s."), name=name, known=_list(_TOP)
            )
        source = self.table(self.toml.get("source"), "source")
        fields = self.fields()
        mapping = ImportMapping(
            key=self.key(),
            fields=fields,
            source=self.text(source.get("name", ""), "source.name"),
            source_column=column_key(self.text(source.get("column", ""), "source.column")),
            values=self.values(),
            defaults=self.defaults(),
            tags=tuple(self.tags()),
            guess_language=self.toml.get("guess_language") is True,
        )
        if not (mapping.source or mapping.source_column):
            self.refuse(_("source: say `name` (of the source) or `column` (that holds it)."))
        if len(mapping.source) > 60:
            self.refuse(_("source.name: at most 60 characters."))
        if "name" not in fields:
            self.refuse(_("fields: say which column is the `name` of a firm."))
        return mapping

    def key(self) -> tuple[str, ...]:
        columns = self.texts(self.table(self.toml.get("key"), "key").get("columns", []), "key.columns")
        if not columns:
            self.refuse(
                _("key.columns: name the column that identifies a row, or several that do so together.")
            )
        return tuple(column_key(column) for column in columns)

    def fields(self) -> dict[str, Filled]:
        fields = {}
        for name, told in self.table(self.toml.get("fields"), "fields").items():
            if name not in FILLABLE:
                self.refuse(
                    _("fields.%(name)s: a firm has no such field. It has: %(known)s."),
                    name=name,
                    known=_list(FILLABLE),
                )
                continue
            table = told if isinstance(told, dict) else {"columns": told}
            columns = table.get("columns", table.get("column", []))
            columns = self.texts([columns] if isinstance(columns, str) else columns, f"fields.{name}")
            separator = self.text(table.get("separator", ""), f"fields.{name}.separator")
            if not columns:
                self.refuse(_("fields.%(name)s: say which column."), name=name)
            fields[name] = Filled(tuple(column_key(column) for column in columns), separator)
        return fields

    def values(self) -> dict[str, dict[str, str]]:
        """What values of the file stand for. An empty one means: leave it out."""
        values: dict[str, dict[str, str]] = {}
        for name, told in self.table(self.toml.get("values"), "values").items():
            if name not in FILLABLE:
                self.refuse(
                    _("values.%(name)s: a firm has no such field. It has: %(known)s."),
                    name=name,
                    known=_list(FILLABLE),
                )
                continue
            table = self.table(told, f"values.{name}")
            values[name] = {
                said(theirs): self.value(name, ours, f'values.{name}."{theirs}"')
                for theirs, ours in table.items()
            }
        return values

    def defaults(self) -> dict[str, str]:
        defaults = {}
        for name, value in self.table(self.toml.get("defaults"), "defaults").items():
            if name not in FILLABLE or name in SEVERAL or name == "name":
                self.refuse(_("defaults.%(name)s: this cannot have a default."), name=name)
            else:
                defaults[name] = self.value(name, value, f"defaults.{name}")
        return defaults

    def tags(self) -> Iterable[Tags]:
        told = self.toml.get("tags", [])
        for number, each in enumerate(told if isinstance(told, list) else [told], start=1):
            where = f"tags[{number}]"
            rule = self.table(each, where)
            column = self.text(rule.get("column", ""), f"{where}.column")
            if not column:
                self.refuse(_("%(where)s: say which `column` holds the tags."), where=where)
            means = self.table(rule.get("means"), f"{where}.means")
            yield Tags(
                column=column_key(column),
                separator=self.text(rule.get("separator", ""), f"{where}.separator"),
                means={said(tag): self.meaning(meant, f'{where}."{tag}"') for tag, meant in means.items()},
                sources=frozenset(
                    said(name) for name in self.texts(rule.get("sources", []), f"{where}.sources")
                ),
                nace_prefix=said(self.text(rule.get("nace_prefix", ""), f"{where}.nace_prefix")),
            )

    def meaning(self, told: object, where: str) -> Meaning:
        table = self.table(told, where)
        for name in sorted(table.keys() - _MEANT):
            self.refuse(
                _("%(where)s: a tag cannot fill %(name)s, only %(known)s."),
                where=where,
                name=name,
                known=_list(_MEANT),
            )
        return Meaning(
            sectors=self.terms("sectors", table, where),
            capabilities=self.terms("capabilities", table, where),
            nace_codes=self.terms("nace_codes", table, where),
            kind=self.value("kind", table.get("kind", ""), where),
            size=self.value("size", table.get("size", ""), where),
        )

    def terms(self, name: str, table: Mapping[str, Any], where: str) -> tuple[str, ...]:
        return tuple(self.value(name, each, where) for each in self.texts(table.get(name, []), where))

    def value(self, name: str, told: object, where: str) -> str:
        text = self.text(told, where)
        if not text or name not in CLOSED:
            return text
        chosen = self.known.choose(name, text)
        if not chosen:
            known = CHOICES.get(name)
            self.refuse(
                _("%(where)s: %(value)s is not among the known values of %(name)s%(known)s."),
                where=where,
                value=text,
                name=name,
                known=f" ({_list(known)})" if known else "",
            )
        return chosen

    def table(self, told: object, where: str) -> Mapping[str, Any]:
        if told is not None and not isinstance(told, dict):
            self.refuse(_("%(where)s: this must be a table."), where=where)
        return told if isinstance(told, dict) else {}

    def text(self, told: object, where: str) -> str:
        if not isinstance(told, str):
            self.refuse(_("%(where)s: this must be a text in quotation marks."), where=where)
        return told if isinstance(told, str) else ""

    def texts(self, told: object, where: str) -> list[str]:
        if not isinstance(told, list):
            self.refuse(_("%(where)s: this must be a list of texts."), where=where)
        return [self.text(each, where) for each in told] if isinstance(told, list) else []


def _list(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
