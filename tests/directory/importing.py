"""Owns what the tests of the import share: small files, a small mapping, and what it may refer to."""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import openpyxl

from directory.importing.brought import Brought
from directory.importing.known import Known
from directory.importing.report import Report
from directory.importing.running import import_firms
from hub.actions import SYSTEM
from hub.models import Region
from tests.directory.builders import make_capability, make_region, make_sector

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)

KNOWN = Known(
    regions={
        "uk": "united-kingdom",
        "united-kingdom": "united-kingdom",
        "ukj4": "kent",
        "kent": "kent",
        "be": "belgium",
        "be23": "east-flanders",
        "fr": "france",
        "nl": "netherlands",
    },
    countries={
        "united-kingdom": "GB",
        "kent": "GB",
        "belgium": "BE",
        "east-flanders": "BE",
        "france": "FR",
        "netherlands": "NL",
    },
    sectors={"food-drink": "food-drink", "food & drink": "food-drink", "electronics": "electronics"},
    capabilities={"brewing": "brewing", "brouwen": "brewing"},
)

MAPPING = """
[source]
name = "chamber"

[key]
columns = ["id"]

[fields]
name = "firm"
region = ["nuts", "country"]
town = "town"
postcode = "postcode"
website = "website"
founded = "since"
description = "text"
text_language = "language"

[values.region]
GB = "UK"

[defaults]
text_language = "en"

[[tags]]
column = "tags"
separator = "|"

[tags.means]
brewery = { sectors = ["food-drink"], capabilities = ["brewing"] }
hardware = { sectors = ["electronics"] }
school = { kind = "university", size = "large" }
other = {}
"""

COLUMNS = (
    "id",
    "firm",
    "nuts",
    "country",
    "town",
    "postcode",
    "website",
    "since",
    "text",
    "language",
    "tags",
)


def make_ground() -> None:
    """What the small mapping refers to."""
    make_region("united-kingdom", scheme=Region.Scheme.COUNTRY, code="GB", other_codes=["UK"])
    make_region("kent", parent="united-kingdom", scheme=Region.Scheme.NUTS, code="UKJ4")
    make_region("belgium", scheme=Region.Scheme.COUNTRY, code="BE")
    make_region("east-flanders", parent="belgium", scheme=Region.Scheme.NUTS, code="BE23")
    for sector in ("food-drink", "electronics"):
        make_sector(sector)
    make_capability("brewing")


def make_row(**cells: str) -> dict[str, str]:
    """A row that can be listed, unless the test says otherwise."""
    given = {"id": "1", "firm": "Brouwerij De Kring", "nuts": "BE23", "country": "BE", "tags": "brewery"}
    return dict.fromkeys(COLUMNS, "") | given | cells


def make_csv(*rows: Mapping[str, str], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """A CSV file of these rows."""
    lines = [COLUMNS, *([row[column] for column in COLUMNS] for row in rows)]
    quoted = [delimiter.join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in line) for line in lines]
    return "\r\n".join([*quoted, ""]).encode(encoding)


def make_xlsx(rows: Sequence[Sequence[Any]]) -> bytes:
    """A workbook whose first sheet holds these rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def import_rows(*rows: Mapping[str, str], mapping: str = MAPPING, **options: Any) -> Report:
    """Imports these rows as the command would."""
    return import_bytes(make_csv(*rows), mapping=mapping, **options)


def import_bytes(content: bytes, mapping: str = MAPPING, **options: Any) -> Report:
    """Imports this file as the command would."""
    given: dict[str, Any] = {"actor": SYSTEM, "now": NOW}
    brought = Brought(content, "firms.csv", mapping, "chamber.toml")
    return import_firms(brought=brought, **given | options)
