"""Owns the proof of what an import does to the register: once, again, after a kill, and beside editors."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from directory.actions.removing import RemoveFirmAction
from directory.importing.mapping import MappingRefused
from directory.importing.report import Report
from directory.importing.staging import Staged
from directory.importing.table import FileRefused
from directory.models import Firm, ImportedRow, ImportRun
from hub.actions import SYSTEM
from hub.models import Region
from tests.counting import asked_by

from .builders import make_firm
from .importing import MAPPING, NOW, import_bytes, import_rows, make_csv, make_row, make_xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]


def counts(report: Report) -> tuple[int, int, int, int]:
    """New, changed, unchanged, left out."""
    return report.new, report.changed, report.unchanged, report.refused.total()


# Once


def test_a_row_becomes_a_published_firm() -> None:
    import_rows(make_row(website="www.dekring.be", text="Bier.", language="nl", town="Gent", postcode="9000"))

    firm = Firm.objects.listed().get()
    assert (firm.name, firm.slug, firm.town, firm.postcode) == (
        "Brouwerij De Kring",
        "brouwerij-de-kring",
        "Gent",
        "9000",
    )
    assert firm.region == Region.objects.get(slug="east-flanders")
    assert [sector.slug for sector in firm.sectors.all()] == ["food-drink"]
    assert [capability.slug for capability in firm.capabilities.all()] == ["brewing"]
    assert [(each.language, each.description) for each in firm.profiles.all()] == [("nl", "Bier.")]
    assert firm.live_revision == firm.latest_revision
    assert not firm.has_unpublished_changes


def test_the_log_says_that_the_hub_itself_published_it() -> None:
    import_rows(make_row())
    entries = ModelLogEntry.objects.filter(object_id=str(Firm.objects.get().pk)).order_by("pk")
    assert [(entry.action, entry.user) for entry in entries] == [
        ("wagtail.create", None),
        ("wagtail.publish", None),
    ]


def test_a_firm_that_may_not_be_listed_stays_a_draft_and_is_counted_by_reason() -> None:
    report = import_rows(
        make_row(id="1", tags=""),
        make_row(id="2", firm="Nowhere", nuts="", country=""),
        make_row(id="3", firm="C"),
    )
    assert report.listed == 1
    assert report.drafts == {"says-nothing": 1, "no-region": 1}
    assert set(Firm.objects.filter(live=False).values_list("has_unpublished_changes", flat=True)) == {True}
    assert Firm.objects.get(name="Nowhere").get_latest_revision_as_object().name == "Nowhere"


def test_a_bad_row_stops_no_good_one() -> None:
    report = import_rows(make_row(id="1", firm=""), make_row(id="2"), make_row(id="", firm="No key"))
    assert counts(report) == (1, 0, 0, 2)
    assert report.refused == {"no-name": 1, "no-key": 1}
    assert report.rows == 3


def test_the_same_firm_twice_in_a_file_is_taken_once() -> None:
    report = import_rows(make_row(), make_row(firm="Another name"))
    assert counts(report) == (1, 0, 0, 1)
    assert "Line 3: This is the same firm as on line 2." in str(report.problems[0])


def test_equal_names_get_short_names_of_their_own() -> None:
    make_firm("Brouwerij De Kring")
    import_rows(make_row(id="1"), make_row(id="2"), make_row(id="3", firm="Пивоварня"))
    slugs = set(Firm.objects.exclude(import_key=None).values_list("slug", flat=True))
    assert {"brouwerij-de-kring-2", "brouwerij-de-kring-3"} < slugs
    assert len(slugs) == 3


def test_firms_that_may_be_one_are_reported_and_kept() -> None:
    make_firm("De Kring NV", website="https://other.example")
    report = import_rows(
        make_row(id="1", firm="De Kring"),
        make_row(id="2", firm="Elsewhere", website="https://shop.example/a"),
        make_row(id="3", firm="Somewhere", website="http://www.shop.example/b"),
    )
    assert report.new == 3
    near = [(problem.line, str(problem.reason)) for problem in report.problems if problem.code == "near"]
    assert near == [
        (2, "It may be the same firm as De Kring NV in the register (same name). All are kept."),
        (4, "It may be the same firm as line 3 (same website). All are kept."),
    ]


def test_a_workbook_is_imported_as_a_csv_file_is() -> None:
    row = make_row(town="Gent")
    report = import_bytes(make_xlsx([list(row), list(row.values())]))
    assert counts(report) == (1, 0, 0, 0)
    assert counts(import_rows(row)) == (0, 0, 1, 0)


def test_a_trial_says_what_would_happen_and_writes_nothing() -> None:
    report = import_rows(make_row(id="1"), make_row(id="2", tags=""), dry_run=True)
    assert (counts(report), report.listed, report.drafts) == ((2, 0, 0, 0), 1, {"says-nothing": 1})
    assert not Firm.objects.exists()
    assert not ImportRun.objects.exists()


def test_the_run_and_its_numbers_are_remembered() -> None:
    import_rows(make_row(), make_row(id="2", firm=""))
    run = ImportRun.objects.get()
    assert (run.file_name, run.counts["new"], run.reasons["refused"]) == ("firms.csv", 1, {"no-name": 1})
    assert run.finished_at is not None
    assert run.finished_at >= run.started_at == NOW


def test_a_file_without_the_columns_of_the_mapping_is_refused_with_their_names() -> None:
    with pytest.raises(FileRefused, match=r"does not have: country, .* The file has: id, firm\."):
        import_bytes(b"id,firm\n1,A\n")
    with pytest.raises(MappingRefused):
        import_rows(make_row(), mapping=MAPPING.replace('"food-drink"', '"beer"'))
    assert not ImportRun.objects.exists()


# Again


def test_the_same_file_again_changes_nothing_and_says_so() -> None:
    rows = [make_row(id="1", town="Gent"), make_row(id="2", firm="Draft", tags="")]
    import_rows(*rows)
    before = list(Firm.objects.order_by("pk").values())

    report = import_rows(*rows)

    assert counts(report) == (0, 0, 2, 0)
    assert (report.listed, report.drafts) == (1, {"says-nothing": 1})
    assert report.sentences()[0] == "2 rows: 0 new, 0 changed, 2 unchanged, 0 not touched, 0 left out."
    assert list(Firm.objects.order_by("pk").values()) == before


def test_rows_that_did_not_change_cost_no_query() -> None:
    rows = [make_row(id=str(number), firm=f"Firm {number}") for number in range(30)]
    import_rows(*rows)
    few, many = asked_by(lambda: import_rows(*rows[:10])), asked_by(lambda: import_rows(*rows))
    assert few == many


def test_a_row_that_changed_changes_its_firm_and_publishes_it() -> None:
    import_rows(make_row(town="Gent", tags="brewery"))
    report = import_rows(make_row(town="Gand", tags="hardware", nuts="UKJ4", text="Beer", language="en"))

    firm = Firm.objects.listed().get()
    assert counts(report) == (0, 1, 0, 0)
    assert firm.region is not None
    assert (firm.town, firm.region.slug) == ("Gand", "kent")
    assert [sector.slug for sector in firm.sectors.all()] == ["electronics"]
    assert [profile.description for profile in firm.profiles.all()] == ["Beer"]
    assert counts(import_rows(make_row(town="Gent", tags="brewery"))) == (0, 1, 0, 0)
    assert list(Firm.objects.get().profiles.values_list("description", flat=True)) == [""]


def test_a_draft_of_the_import_is_published_once_the_file_says_enough() -> None:
    import_rows(make_row(tags=""))
    report = import_rows(make_row(tags="brewery"))
    assert (counts(report), report.listed) == ((0, 1, 0, 0), 1)
    assert Firm.objects.listed().count() == 1
    assert ImportedRow.objects.get().draft_revision is None


def test_what_an_editor_changed_is_kept() -> None:
    import_rows(make_row(town="Gent", website="www.dekring.be"))
    edit(Firm.objects.get(), town="Kortrijk")

    report = import_rows(make_row(town="Ghent", website="www.dekring.com"))

    firm = Firm.objects.get()
    assert (firm.town, firm.website) == ("Kortrijk", "https://www.dekring.com")
    assert [(problem.column, problem.code) for problem in report.problems] == [("", "edited")]
    assert counts(import_rows(make_row(town="Ghent", website="www.dekring.com"))) == (0, 0, 1, 0)


def edit(firm: Firm, **changes: Any) -> None:
    """What an editor does: opens the latest draft, changes it and publishes it."""
    draft = firm.get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.save_revision().publish()


def test_a_firm_with_a_draft_is_not_touched() -> None:
    import_rows(make_row(town="Gent"))
    firm = Firm.objects.get()
    firm.town = "Kortrijk"
    firm.save_revision()

    report = import_rows(make_row(town="Ghent"))

    assert report.untouched == {"draft": 1}
    assert "This firm has a draft that nobody has published yet: not touched." in str(report.problems[0])
    assert Firm.objects.get().town == "Gent"
    assert import_rows(make_row(town="Ghent"), dry_run=True).untouched == {"draft": 1}


def test_a_firm_that_an_editor_unpublished_stays_so() -> None:
    import_rows(make_row(town="Gent"))
    Firm.objects.get().unpublish()
    report = import_rows(make_row(town="Ghent"))
    assert report.untouched == {"draft": 1}
    assert report.drafts == {"unpublished": 1}
    assert not Firm.objects.live().exists()


def test_a_locked_firm_is_not_touched() -> None:
    import_rows(make_row(town="Gent"))
    Firm.objects.update(locked=True)
    assert import_rows(make_row(town="Ghent")).untouched == {"locked": 1}


def test_the_draft_of_an_imported_firm_can_be_edited_and_published_again() -> None:
    import_rows(make_row(text="Beer", language="en"))
    firm = Firm.objects.get()
    latest = firm.latest_revision
    assert latest is not None
    latest.publish()
    edit(Firm.objects.get(), town="Gent")
    firm = Firm.objects.get()
    assert [profile.description for profile in firm.profiles.all()] == ["Beer"]
    assert [sector.slug for sector in firm.sectors.all()] == ["food-drink"]


# Killed, removed, refused by the database


class _Killed(BaseException):
    """The process ends here."""


def test_after_a_kill_half_way_the_same_file_goes_on_where_it_stopped() -> None:
    rows = [make_row(id=str(number), firm=f"Firm {number}") for number in range(10)]

    def killed_after_four(staged: Sequence[Staged]) -> Iterator[Staged]:
        yield from staged[:4]
        raise _Killed

    with pytest.raises(_Killed):
        import_rows(*rows, progress=killed_after_four)
    assert Firm.objects.count() == 4
    assert ImportRun.objects.get().finished_at is None

    assert counts(import_rows(*rows)) == (6, 0, 4, 0)
    assert counts(import_rows(*rows)) == (0, 0, 10, 0)


def test_a_firm_that_asked_to_be_removed_never_comes_back() -> None:
    import_rows(make_row(website="www.dekring.be"))
    RemoveFirmAction(firm=Firm.objects.get(), actor=SYSTEM, now=NOW).run()

    report = import_rows(
        make_row(),
        make_row(id="2", firm="Renamed", website="https://dekring.be/nl"),
        make_row(id="3", firm="Other"),
    )

    assert counts(report) == (1, 0, 0, 2)
    assert report.refused == {"removed": 2}
    assert [firm.name for firm in Firm.objects.order_by("pk")] == ["Other"]


def test_a_row_that_the_database_refuses_is_reported_and_the_next_is_taken() -> None:
    def taken_by_somebody_else(staged: Sequence[Staged]) -> Iterator[Staged]:
        make_firm("Meanwhile", source="chamber", import_key="1", region="kent")
        yield from staged

    report = import_rows(make_row(id="1"), make_row(id="2", firm="B"), progress=taken_by_somebody_else)
    assert (report.refused, report.new) == ({"not-saved": 1}, 1)


# The command


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """A file and its mapping, as paths."""
    file, mapping = tmp_path / "firms.csv", tmp_path / "chamber.toml"
    file.write_bytes(make_csv(make_row(website="no address"), make_row(id="2", firm="")))
    mapping.write_text(MAPPING, encoding="utf-8")
    return str(file), str(mapping)


def test_the_command_tells_in_words(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_firms", files[0], "--mapping", files[1])
    told = capsys.readouterr().out
    assert "Line 2, website: “no address” is no web address." in told
    assert "Line 3, firm: The row has no name." in told
    assert "2 rows: 1 new, 0 changed, 0 unchanged, 0 not touched, 1 left out." in told
    assert "  1 × has no name" in told


def test_the_command_tells_in_json(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_firms", files[0], "--mapping", files[1], "--json", "--dry-run")
    report = json.loads(capsys.readouterr().out)
    nothing = {"changed": 0, "unchanged": 0, "untouched": 0, "drafts": 0}
    assert report["counts"] == {"rows": 2, "new": 1, "refused": 1, "listed": 1} | nothing
    assert report["problems"][0]["line"] == 2
    assert report["problems"][0]["value"] == "no address"
    assert report["reasons"]["refused"] == {"no-name": 1}


def test_the_command_fails_when_the_file_or_the_mapping_cannot_be_used(
    files: tuple[str, str], tmp_path: Path
) -> None:
    with pytest.raises(CommandError, match="Give the path"):
        call_command("import_firms", str(tmp_path / "nowhere.csv"), "--mapping", files[1])
    with pytest.raises(CommandError, match="does not have"):
        call_command("import_firms", files[1], "--mapping", files[1])
    with pytest.raises(CommandError, match="no TOML"):
        call_command("import_firms", files[0], "--mapping", files[0])


# Whatever the bytes


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=300),
        st.lists(st.lists(st.text(max_size=12), min_size=11, max_size=11), max_size=4).map(
            lambda rows: make_csv(
                *[dict(zip(make_row(), row, strict=True)) for row in rows], encoding="utf-16"
            )
        ),
        st.lists(st.text(alphabet="ab<&\"';,\r\n\0é", max_size=20), min_size=1, max_size=8).map(
            lambda texts: make_csv(*[make_row(id=text, firm=text, text=text, website=text) for text in texts])
        ),
    )
)
def test_an_import_never_raises_anything_but_its_refusal_whatever_the_bytes(content: bytes) -> None:
    try:
        report = import_bytes(content)
    except FileRefused:
        return
    assert report.rows == report.new + report.changed + report.unchanged + sum(
        (report.untouched.total(), report.refused.total())
    )
    assert report.listed + report.drafts.total() == report.rows - report.refused.total()
