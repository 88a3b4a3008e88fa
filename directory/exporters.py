"""Owns how a list of firms leaves the hub as CSV or XLSX: what everyone may see, or all; and no formulas."""

import csv
import io
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import BinaryIO

import openpyxl
from django.db.models import Prefetch, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from hub.languages import LANGUAGES, in_language

from .models import (
    ContactPerson,
    Exchange,
    Firm,
    FirmProfile,
    FirmQuerySet,
    ImportProblem,
    Membership,
    SpokenLanguage,
)

Columns = Sequence[tuple[object, Callable[[Firm, str], str]]]

_BOM = "\ufeff"
_CHUNK = 1_000
_XLSX_CELL = 32_767
# What a spreadsheet takes for the beginning of a formula (OWASP, "CSV injection").
_FORMULA = re.compile(r"[=+\-@\t\r\n]")


def for_export(firms: FirmQuerySet) -> FirmQuerySet:
    """Those of the firms that are listed, with everything an export shows.

    Queries grow with the thousands of firms, not with the firms. What the export may not show is not read:
    neither drafts nor contacts of whom nothing is public.
    """
    public = ContactPerson.objects.filter(
        Q(is_name_public=True) | Q(is_email_public=True) | Q(is_phone_public=True)
    ).order_by("pk")
    open_memberships = Membership.objects.filter(to_date=None).select_related("cluster").order_by("from_date")
    return (
        firms.listed()
        .select_related("region")
        .prefetch_related(
            "profiles",
            "firm_sectors__tag",
            "firm_capabilities__tag",
            "serves",
            Prefetch("memberships", open_memberships),
            Prefetch("contact_persons", public),
        )
    )


def for_full_export(firms: FirmQuerySet) -> FirmQuerySet:
    """The firms with everything that the register keeps of them, drafts and private contacts too."""
    return firms.select_related("region").prefetch_related(
        "profiles",
        "firm_sectors__tag",
        "firm_capabilities__tag",
        "serves",
        Prefetch("memberships", Membership.objects.select_related("cluster").order_by("from_date")),
        Prefetch("contact_persons", ContactPerson.objects.order_by("pk")),
    )


def export_csv(firms: Iterable[Firm], language: str, columns: Columns | None = None) -> Iterator[bytes]:
    """The firms as CSV in UTF-8, with the mark by which Excel knows it, piece by piece.

    Cells that a spreadsheet would take for a formula begin with an apostrophe. Without `columns` only what is
    public.
    """
    return _as_csv(_rows(firms, language, columns or _COLUMNS))


def export_problems(problems: Iterable[ImportProblem]) -> Iterator[bytes]:
    """What an import found in its rows, as CSV like that of firms, in the language in force now."""
    header = [_("Line"), _("Column"), _("Value"), _("Reason")]

    # Rows are sent when the view, and its language, are over.
    @translation.override(translation.get_language())
    def told(problem: ImportProblem) -> list[str]:
        return [str(problem.line), problem.column, problem.value, problem.in_words]

    return _as_csv(itertools.chain([header], map(told, problems)))


def _as_csv(rows: Iterable[list[str]]) -> Iterator[bytes]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write(_BOM)
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
        yield buffer.getvalue().encode("utf-8", errors="replace")
        buffer.seek(0)
        buffer.truncate()


def export_xlsx(firms: Iterable[Firm], language: str, into: BinaryIO, columns: Columns | None = None) -> None:
    """Writes the firms as an Excel workbook into a file; every cell is a text and none a formula."""
    book = openpyxl.Workbook(write_only=True)
    with translation.override(language):
        sheet = book.create_sheet(_("Firms"))
    sheet.freeze_panes = "B2"
    for row in _rows(firms, language, columns or _COLUMNS):
        cells = [WriteOnlyCell(sheet) for _each in row]
        for cell, text in zip(cells, row, strict=True):
            cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", text)[:_XLSX_CELL]
            cell.data_type = "s"  # set last: a value that begins with "=" would make it a formula
        sheet.append(cells)
    book.save(into)


def _rows(firms: Iterable[Firm], language: str, columns: Columns) -> Iterator[list[str]]:
    with translation.override(language):
        header = [str(label) for label, _value in columns]
    yield header
    # One language at a time and never across a yield: the reader's own request goes on in between.
    firms = firms.iterator(chunk_size=_CHUNK) if isinstance(firms, QuerySet) else firms
    for firm in firms:
        with translation.override(language):
            row = [value(firm, language) for _label, value in columns]
        yield row


def _harmless(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _listed(labels: Iterable[object]) -> str:
    return "; ".join(str(label) for label in labels)


def _choices(chosen: Sequence[str], choices: type[Exchange] | type[SpokenLanguage]) -> str:
    return _listed(choice.label for choice in choices if choice.value in chosen)


def _profile(firm: Firm, language: str) -> FirmProfile | None:
    """What the firm says in the reader's language, or else in the first in which it says something."""
    profiles = {profile.language: profile for profile in firm.profiles.all() if not profile.is_empty()}
    return next((profiles[code] for code in (language, *LANGUAGES) if code in profiles), None)


def _said(name: str) -> Callable[[Firm, str], str]:
    return lambda firm, language: str(getattr(_profile(firm, language), name, ""))


def _language_of_text(firm: Firm, language: str) -> str:
    profile = _profile(firm, language)
    return str(profile.get_language_display()) if profile else ""


def _contact(names: Sequence[str], is_public: str = "") -> Callable[[Firm, str], str]:
    """A field of the contact persons, of those who made it public; without `is_public` of all."""

    def value(firm: Firm, language: str) -> str:
        everybody = firm.contact_persons.all()
        people = [person for person in everybody if not is_public or getattr(person, is_public)]
        told = [[getattr(person, name) for name in names] for person in people]
        return _listed(", ".join(each for each in fields if each) for fields in told if any(fields))

    return value


# Every column: public, and nothing else. A new field of a firm is not exported until it is written here.
_FACTS: Columns = (
    (gettext_lazy("Name"), lambda firm, language: firm.name),
    (gettext_lazy("Trading name"), lambda firm, language: firm.trading_name),
    (gettext_lazy("Kind"), lambda firm, language: firm.get_kind_display()),
    (gettext_lazy("Region"), lambda firm, language: in_language(firm.region, "name", language)),
    (gettext_lazy("Town"), lambda firm, language: firm.town),
    (gettext_lazy("Postcode"), lambda firm, language: firm.postcode),
    (gettext_lazy("Website"), lambda firm, language: firm.website),
    (gettext_lazy("Mail"), lambda firm, language: firm.email),
    (gettext_lazy("Phone"), lambda firm, language: firm.phone),
    (gettext_lazy("VAT or registration number"), lambda firm, language: firm.number),
    (gettext_lazy("Year founded"), lambda firm, language: str(firm.founded or "")),
    (gettext_lazy("Size"), lambda firm, language: firm.get_size_display()),
    (gettext_lazy("Sectors"), lambda firm, language: _listed(each.tag for each in firm.firm_sectors.all())),
    (gettext_lazy("Uses"), lambda firm, language: _listed(each.tag for each in firm.firm_capabilities.all())),
    (
        gettext_lazy("Clusters"),
        lambda firm, language: _listed(each.cluster.label(language) for each in firm.memberships.all()),
    ),
    (gettext_lazy("Languages spoken"), lambda firm, language: _choices(firm.languages, SpokenLanguage)),
    (gettext_lazy("Regions also served"), lambda firm, language: _listed(firm.serves.all())),
    (gettext_lazy("NACE codes"), lambda firm, language: _listed(firm.nace_codes)),
    (gettext_lazy("Offers"), lambda firm, language: _choices(firm.offers, Exchange)),
    (gettext_lazy("Looks for"), lambda firm, language: _choices(firm.looks_for, Exchange)),
    (gettext_lazy("In one line"), _said("tagline")),
    (gettext_lazy("Description"), _said("description")),
    (gettext_lazy("What the firm offers"), _said("offers_text")),
    (gettext_lazy("What the firm looks for"), _said("looks_for_text")),
    (gettext_lazy("Language of the text"), _language_of_text),
)
_PUBLIC_CONTACTS: Columns = (
    (gettext_lazy("Contact"), _contact(("name", "role"), "is_name_public")),
    (gettext_lazy("Contact's mail"), _contact(("email",), "is_email_public")),
    (gettext_lazy("Contact's phone"), _contact(("phone",), "is_phone_public")),
)
_COLUMNS: Columns = (*_FACTS, *_PUBLIC_CONTACTS)

# The same, with how each firm stands, and all contacts and memberships. Only for those who keep the firms.
FULL_COLUMNS: Columns = (
    (gettext_lazy("Short name in addresses"), lambda firm, language: firm.slug),
    (gettext_lazy("Published"), lambda firm, language: str(_("Yes") if firm.live else _("No"))),
    *_FACTS,
    (gettext_lazy("Members since"), lambda firm, language: _listed(map(str, firm.memberships.all()))),
    (gettext_lazy("Contact"), _contact(("name", "role"))),
    (gettext_lazy("Contact's mail"), _contact(("email",))),
    (gettext_lazy("Contact's phone"), _contact(("phone",))),
)
