"""Owns the proof that files of every make become rows, and that none brings the reader down."""

import io
import zipfile
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.importing import table
from directory.importing.reading import read
from directory.importing.table import FileRefused, Table

from .importing import make_xlsx

pytestmark = pytest.mark.pure

TEXT = "name;town\r\nCafé Zeeën;Gent\r\n“L’Œuvre”;Ypres\r\n"


def cells(content: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in read(content).rows]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"]
)
def test_a_file_is_read_in_every_usual_encoding(encoding: str) -> None:
    assert cells(TEXT.encode(encoding)) == [("Café Zeeën", "Gent"), ("“L’Œuvre”", "Ypres")]


def test_one_broken_byte_in_a_long_utf_8_file_spoils_one_letter_only() -> None:
    content = ("name;town\n" + "Café;Gent\n" * 20).encode() + b"Caf\xe9;Gent\n"
    read_cells = cells(content)
    assert read_cells[0] == ("Café", "Gent")
    assert read_cells[-1] == ("Caf\ufffd", "Gent")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found_out(delimiter: str) -> None:
    content = delimiter.join(["name", "town"]) + "\n" + delimiter.join(['"A, B; C"', "Gent"]) + "\n"
    assert cells(content.encode()) == [("A, B; C", "Gent")]


def test_commas_in_texts_do_not_win_over_the_delimiter() -> None:
    content = b"name;text\nA;one, two, three\nB;one, two, three, four\n"
    assert cells(content) == [("A", "one, two, three"), ("B", "one, two, three, four")]


def test_rows_know_the_line_on_which_they_begin() -> None:
    rows = read(b'name,text\nA,"one\ntwo"\n\nB,three\n').rows
    assert [(row.line, row.cells[0]) for row in rows] == [(2, "A"), (5, "B")]


def test_a_forgotten_quotation_mark_costs_one_row_only() -> None:
    table = read(b'name,text\nA,one\n"B,two\nC,"three"\nD,four\n')
    assert [row.cells for row in table.rows] == [("A", "one"), ("C", "three"), ("D", "four")]
    assert [(problem.line, problem.code) for problem in table.problems] == [(3, "quotes")]


def test_quotation_marks_around_a_part_of_a_cell_are_forgiven() -> None:
    assert cells(b'name,town\n"De Kring" NV,Gent\n') == [("De Kring NV", "Gent")]


def test_a_quotation_mark_that_is_open_at_the_end_of_the_file_costs_one_row_only() -> None:
    table = read(b'name,text\nA,one\n"B,two\nC,three\n')
    assert [row.cells for row in table.rows] == [("A", "one"), ("C", "three")]
    assert len(table.problems) == 1


def test_a_row_with_too_many_cells_is_left_out_with_its_reason() -> None:
    table = read(b"name,town\nA, B and C,Gent\nD,Lille\n")
    assert [row.cells for row in table.rows] == [("D", "Lille")]
    assert str(table.problems[0]).startswith("Line 2: The row has 3 cells, the header 2:")


def test_missing_cells_count_as_empty_and_are_reported() -> None:
    table = read(b"name,town,text\nA,Gent\n")
    assert table.rows[0].cells == ("A", "Gent", "")
    assert table.problems[0].code == "short"


def test_a_cell_of_more_than_20_000_characters_costs_its_row_only() -> None:
    table = read(b"name,text\nA," + b"x" * 20_001 + b"\nB,two\n")
    assert [row.cells[0] for row in table.rows] == ["B"]
    assert "20,001" in str(table.problems[0])


def test_rows_columns_and_bytes_have_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MAX_ROWS", 3)
    assert len(read(b"name\nA\nB\nC\n").rows) == 3
    with pytest.raises(FileRefused, match="more than 3 rows"):
        read(b"name\nA\nB\nC\nD\n")
    with pytest.raises(FileRefused, match="more than 100 columns"):
        read(",".join(f"c{number}" for number in range(101)).encode() + b"\n")
    with pytest.raises(FileRefused, match="more than 50 MB"):
        read(b"x" * (50 * 1024 * 1024 + 1))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "neither an Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel file"),
        (b"PK\x03\x04 no archive", "damaged"),
        (b"name,town,Name\n", "same name: name"),
    ],
)
def test_what_is_no_file_of_firms_is_refused_in_plain_words(content: bytes, reason: str) -> None:
    with pytest.raises(FileRefused, match=reason):
        read(content)


# Workbooks


def test_a_workbook_is_read_as_text() -> None:
    content = make_xlsx(
        [["name", "postcode", "since", "gone"], ["Café", 9000, 1999.0, None], [], ["B", "1000"]]
    )
    table = read(content)
    assert [(row.line, row.cells) for row in table.rows] == [
        (2, ("Café", "9000", "1999", "")),
        (4, ("B", "1000", "", "")),
    ]


def _repacked(content: bytes, **changed: str) -> bytes:
    """The workbook with some of its parts replaced; `sheet` and `strings` are short for their long names."""
    names = {"sheet": "xl/worksheets/sheet1.xml", "more": "xl/more.xml", "exe": "setup.exe"}
    parts = {names[name]: text for name, text in changed.items()}
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.pop(name) if name in parts else old.read(name))
        for name, text in parts.items():
            new.writestr(name, text)
    return file.getvalue()


def test_a_workbook_that_swells_when_it_is_unpacked_is_refused_before_it_does() -> None:
    bomb = _repacked(make_xlsx([["name"], ["A"]]), more="<a>" + " " * (5 * 1024 * 1024) + "</a>")
    assert len(bomb) < 50_000
    with pytest.raises(FileRefused, match="too big once unpacked"):
        read(bomb)


def test_a_workbook_with_entities_of_its_own_is_refused() -> None:
    entity = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet>&x;</worksheet>'
    with pytest.raises(FileRefused, match="entities"):
        read(_repacked(make_xlsx([["name"]]), sheet=entity))
    hidden = entity.encode("utf-16").decode("latin-1")
    with pytest.raises(FileRefused, match=r"entities|damaged"):
        read(_repacked(make_xlsx([["name"]]), sheet=hidden))


def test_an_archive_that_holds_something_else_is_no_workbook() -> None:
    with pytest.raises(FileRefused, match=r"setup\.exe"):
        read(_repacked(make_xlsx([["name"]]), exe="MZ"))


def test_a_row_number_that_is_far_away_ends_the_reading_not_the_memory() -> None:
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    row = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>{1}</t></is></c></row>'
    rows = row.format(1, "name") + row.format(999_999_999, "A")
    sheet = f'<worksheet xmlns="{namespace}"><sheetData>{rows}</sheetData></worksheet>'
    assert read(_repacked(make_xlsx([["name"]]), sheet=sheet)).rows == []


# Whatever the bytes


def check_read(content: bytes) -> Table | None:
    try:
        table = read(content)
    except FileRefused as refusal:
        assert str(refusal)
        return None
    for row in table.rows:
        assert len(row.cells) == len(table.columns)
        assert not any("\0" in cell for cell in row.cells)
    lines = [row.line for row in table.rows]
    assert lines == sorted(set(lines))
    return table


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=2_000))
def test_reading_never_raises_whatever_the_bytes(content: bytes) -> None:
    check_read(content)


@settings(max_examples=300, deadline=None)
@given(
    st.text(alphabet=st.sampled_from("ab\"';,\t\r\n \0\u2028é\ud800"), max_size=300),
    st.sampled_from(["utf-8", "utf-16", "utf-16-le", "cp1252"]),
    st.sampled_from([b"", b"\xef\xbb\xbf", b"\xff\xfe"]),
)
def test_reading_never_raises_whatever_the_text(text: str, encoding: str, mark: bytes) -> None:
    check_read(mark + text.encode(encoding, errors="replace"))


safe_cells = st.text(
    alphabet=st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\u2028\u2029\x85"),
    max_size=30,
).map(lambda text: text.strip())


@settings(max_examples=200, deadline=None)
@given(
    rows=st.lists(st.tuples(st.just("x"), safe_cells, safe_cells), max_size=8),
    delimiter=st.sampled_from([",", ";", "\t"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_every_table_is_read_as_it_was_written(
    rows: Sequence[tuple[str, str, str]], delimiter: str, encoding: str
) -> None:
    lines = [("first", "second", "third"), *rows]
    text = "\r\n".join(delimiter.join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines)
    assert cells(text.encode(encoding)) == [tuple(row) for row in rows]


@settings(max_examples=150, deadline=None)
@given(
    place=st.integers(min_value=0, max_value=10_000),
    put=st.binary(max_size=8),
    taken=st.integers(min_value=0, max_value=2_000),
)
def test_a_workbook_that_was_damaged_anywhere_never_brings_the_reader_down(
    place: int, put: bytes, taken: int
) -> None:
    place %= len(_WORKBOOK)
    check_read(_WORKBOOK[:place] + put + _WORKBOOK[place + taken :])


@settings(max_examples=150, deadline=None)
@given(
    part=st.sampled_from(
        ["[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"]
    ),
    place=st.integers(min_value=0, max_value=10_000),
    put=st.sampled_from(["<", ">", "&", '"', "é", "0", "-1", "99999999999", "", "</row>", "A1", "s"]),
    taken=st.integers(min_value=0, max_value=40),
)
def test_a_workbook_with_spoilt_parts_never_brings_the_reader_down(
    part: str, place: int, put: str, taken: int
) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_WORKBOOK)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            at = place % len(text)
            new.writestr(name, text[:at] + put + text[at + taken :] if name == part else text)
    check_read(file.getvalue())


_WORKBOOK = make_xlsx([["name", "since"], ["Café", 1999], ["B", 2.5], ["=1+1", None]])
