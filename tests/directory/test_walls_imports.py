"""Owns the proof that a lead's file changes firms of the lead's own regions, and is seen by nobody else."""

from typing import Any

import pytest
from django.utils import timezone

from directory.actions.importing import CommitImportAction, DiscardImportAction
from directory.importing import uploads
from directory.importing.uploads import work_uploads
from directory.models import Firm, ImportRun, ImportUpload
from hub.actions import NotAllowed
from hub.models import LeadTerm, Region
from tests.directory.builders import make_firm, make_region
from tests.directory.importing import import_rows, make_csv, make_row
from tests.directory.uploading import State, files, url
from tests.directory.walls import STRANGERS, browser_of, said_to
from tests.hub.people import make_coordinator, make_deputy, make_editor, make_lead

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]
LIST = "/admin/directory/importrun/"
MINE = make_row(id="1", firm="Mine")
OTHERS = make_row(id="2", firm="Others", nuts="UKJ4", country="UK")
NOWHERE = make_row(id="3", firm="Nowhere", nuts="XX", country="XX")


def brought(by: Any, *rows: Any) -> ImportRun:
    """A file that somebody brought, before its trial."""
    browser_of(by).post(url("upload"), files(make_csv(*rows)))
    return ImportRun.objects.latest("pk")


def imported(by: Any, *rows: Any) -> ImportRun:
    """A file that somebody brought, and had imported."""
    run = brought(by, *rows)
    work_uploads(timezone.now())
    browser_of(by).post(url("commit", run.pk))
    work_uploads(timezone.now())
    run.refresh_from_db()
    return run


def names() -> set[str]:
    return set(Firm.objects.values_list("name", flat=True))


@pytest.mark.parametrize("make", [make_lead, make_deputy])
def test_a_lead_imports_rows_of_her_regions_and_is_told_why_the_others_stay_out(make: Any) -> None:
    run = imported(make("belgium"), MINE, OTHERS, NOWHERE)

    assert names() == {"Mine"}
    assert (run.counts["new"], run.counts["refused"], run.counts["rows"]) == (1, 2, 3)
    assert run.reasons["refused"] == {"elsewhere": 1, "nowhere": 1}
    told = run.problems.filter(code__in=["elsewhere", "nowhere"]).order_by("line")
    assert [each.in_words for each in told] == [
        "The row lies in a region that is not yours. Its lead can import it. The row was left out.",
        "The row names no region that we know. Only the coordinator can import it. The row was left out.",
    ]


def test_a_coordinator_imports_everything() -> None:
    imported(make_coordinator(), MINE, OTHERS, NOWHERE)

    assert names() == {"Mine", "Others", "Nowhere"}


def test_a_trial_says_the_same_before_anything_happens() -> None:
    run = brought(make_lead("east-flanders"), MINE, OTHERS)
    work_uploads(timezone.now())

    run.refresh_from_db()
    assert (run.state, run.reasons["refused"]) == (State.TRIED, {"elsewhere": 1})
    assert names() == set()


@pytest.mark.parametrize("says", ["BE23", "UKJ4"])
def test_a_firm_that_belongs_to_others_by_now_is_left_alone(says: str) -> None:
    """It came from the same source, and has moved to Kent since; whatever region the file says."""
    import_rows(make_row(firm="Before"))
    Firm.objects.update(region=Region.objects.get(slug="kent"))

    run = imported(make_lead("east-flanders"), make_row(firm="Taken over", nuts=says, country="BE"))

    assert names() == {"Before"}
    assert run.reasons["refused"] == {"not-yours": 1}


def test_a_firm_of_hers_is_not_given_to_others() -> None:
    import_rows(make_row(firm="Before"))

    run = imported(make_lead("east-flanders"), make_row(firm="Before", nuts="UKJ4", country="UK"))

    assert Firm.objects.get().region == make_region("east-flanders")
    assert run.reasons["refused"] == {"elsewhere": 1}


def test_a_report_names_no_draft_of_others() -> None:
    make_firm("Quixotic", region="kent", website="https://same.example", live=False)
    make_firm("Listed", region="kent", website="https://same.example")

    run = imported(make_lead("east-flanders"), make_row(website="https://same.example"))

    told = " ".join(each.in_words for each in run.problems.all())
    assert "Listed" in told
    assert "Quixotic" not in told


# Rights at the time of each turn


def test_the_import_of_a_lead_whose_term_ends_stops_and_says_why() -> None:
    lead = make_lead("east-flanders")
    run = brought(lead, MINE)
    work_uploads(timezone.now())
    browser_of(lead).post(url("commit", run.pk))
    LeadTerm.objects.update(to_date="2026-01-02")

    work_uploads(timezone.now())

    run.refresh_from_db()
    assert (run.state, names()) == (State.REFUSED, set())
    assert (
        run.refused_because == "Whoever brought this file may not import any more. What was taken over stays."
    )
    assert not ImportUpload.objects.exists()


def test_what_a_lead_may_do_counts_anew_at_each_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    lead = make_lead("east-flanders")
    of_kent = LeadTerm.objects.create(user=lead, region=make_region("kent"), from_date="2026-01-01")
    run = brought(lead, MINE, OTHERS)
    work_uploads(timezone.now())
    browser_of(lead).post(url("commit", run.pk))
    monkeypatch.setattr(uploads, "TURN", 0.0)
    work_uploads(timezone.now())
    monkeypatch.setattr(uploads, "TURN", 60.0)
    LeadTerm.objects.filter(pk=of_kent.pk).update(to_date="2026-01-02")

    work_uploads(timezone.now())

    run.refresh_from_db()
    assert (run.state, names()) == (State.DONE, {"Mine"})


def test_the_file_of_somebody_who_is_gone_is_not_imported() -> None:
    coordinator = make_coordinator()
    run = brought(coordinator, MINE)
    work_uploads(timezone.now())
    browser_of(coordinator).post(url("commit", run.pk))
    ImportRun.objects.update(by=None)

    work_uploads(timezone.now())

    run.refresh_from_db()
    assert (run.state, names()) == (State.REFUSED, set())


# Who sees which file


@pytest.mark.parametrize("who", [*STRANGERS, "another lead of East Flanders", "editor of East Flanders"])
def test_a_file_is_for_whoever_brought_it(who: str) -> None:
    run = brought(make_lead("east-flanders", "elsa"), MINE, make_row(id="9", firm=""))
    work_uploads(timezone.now())
    makers = STRANGERS | {
        "another lead of East Flanders": lambda: make_lead("east-flanders"),
        "editor of East Flanders": lambda: make_editor("east-flanders"),
    }
    person = makers[who]()
    browser = browser_of(person)

    told = "".join(
        said_to(browser, path)
        for path in (LIST, url("run", run.pk), url("standing", run.pk), url("problems", run.pk))
    )
    for verb in ("commit", "discard"):
        said_to(browser, url(verb, run.pk), {})
    for action in (CommitImportAction, DiscardImportAction):
        with pytest.raises(NotAllowed):
            action(run=run, actor=person, now=timezone.now()).run()

    assert "firms.csv" not in told
    assert "has no name" not in told
    run.refresh_from_db()
    assert run.state == State.TRIED


def test_who_brought_it_and_coordinators_see_it() -> None:
    lead = make_lead("east-flanders")
    run = brought(lead, MINE)

    for person in (lead, make_coordinator()):
        browser = browser_of(person)
        assert "firms.csv" in said_to(browser, LIST)
        assert "firms.csv" in said_to(browser, url("run", run.pk))
        assert "sentence" in said_to(browser, url("standing", run.pk))


def test_two_who_bring_the_same_file_have_two_imports() -> None:
    first, second = make_lead("east-flanders"), make_lead("kent")

    runs = [brought(person, MINE) for person in (first, second, second)]

    assert runs[0] != runs[1] == runs[2]
    assert [run.by for run in runs] == [first, second, second]


@pytest.mark.parametrize("who", sorted(STRANGERS.keys() - {"lead of Zeeland"}))
def test_who_leads_no_region_brings_no_file(who: str) -> None:
    browser_of(STRANGERS[who]()).post(url("upload"), files(make_csv(MINE)))

    assert not ImportRun.objects.exists()
