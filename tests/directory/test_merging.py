"""Owns the proof that two firms become one with all they have, and part again with all they had."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from wagtail.log_actions import registry
from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask

from directory.actions.merging import (
    AlreadyMerged,
    FirmBusy,
    MergeFirmsAction,
    SameFirm,
    UndoMergeAction,
)
from directory.models import Confirmation, Firm, FormerSlug, Merge
from hub.actions import NotAllowed
from search.pending import drain
from tests.directory.builders import NOW, make_contact, make_firm, make_membership, make_region
from tests.directory.importing import import_rows, make_ground, make_row
from tests.directory.indexing import marked
from tests.directory.merging import add_study, days, make_pair, merge, undo

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=30)


# Who, and what is refused


def test_only_who_may_merge_firms_does() -> None:
    kept, other = make_pair()
    member = get_user_model().objects.create_user("member")

    with pytest.raises(NotAllowed):
        MergeFirmsAction(kept=kept, other=other, actor=member, now=NOW).run()
    done = merge(kept, other)
    with pytest.raises(NotAllowed):
        UndoMergeAction(merge=done, actor=member, now=NOW).run()

    assert Merge.objects.open().count() == 1


def test_a_firm_is_not_merged_with_itself() -> None:
    firm = make_firm()

    with pytest.raises(SameFirm):
        merge(firm, firm)


@pytest.mark.parametrize("which", [0, 1])
def test_a_firm_that_somebody_works_on_is_not_merged(which: int) -> None:
    pair = make_pair()
    busy = pair[which]

    Firm.objects.filter(pk=busy.pk).update(locked=True)
    with pytest.raises(FirmBusy, match="locked"):
        merge(*pair)
    Firm.objects.filter(pk=busy.pk).update(locked=False, has_unpublished_changes=True)
    with pytest.raises(FirmBusy, match="draft"):
        merge(*pair)
    Firm.objects.filter(pk=busy.pk).update(has_unpublished_changes=False)
    busy.revisions.update(approved_go_live_at=NOW + MONTH)
    with pytest.raises(FirmBusy, match="later"):
        merge(*pair)

    assert not Merge.objects.exists()


def test_a_firm_in_a_workflow_is_not_merged() -> None:
    workflow = Workflow.objects.create(name="Check")
    task = GroupApprovalTask.objects.create(name="Somebody looks")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowContentType.objects.create(
        workflow=workflow, content_type=ContentType.objects.get_for_model(Firm)
    )
    kept, other = make_firm(live=False), make_firm()
    kept.save_revision()
    workflow.start(kept, get_user_model().objects.create_superuser("admin"))

    with pytest.raises(FirmBusy, match="workflow"):
        merge(kept, other)


def test_a_merged_firm_is_merged_no_second_time() -> None:
    kept, other = make_pair()
    merge(kept, other)

    for pair in ((make_firm(), other), (other, make_firm())):
        with pytest.raises(AlreadyMerged, match="was merged into Brouwerij De Kring"):
            merge(*pair)


# What goes over


def test_the_kept_firm_says_what_it_said_and_is_filled_from_the_other() -> None:
    kept, other = make_pair(town="Gent")
    Firm.objects.filter(pk=other.pk).update(town="Brugge", website="https://dekring.example")

    merge(kept, other)

    kept.refresh_from_db()
    assert (kept.name, kept.town, kept.website) == ("Brouwerij De Kring", "Gent", "https://dekring.example")
    assert kept.live
    assert not kept.has_unpublished_changes
    assert kept.get_latest_revision_as_object().website == "https://dekring.example"


def test_each_field_can_be_taken_from_either_or_of_lists_from_both() -> None:
    kept = make_firm("A", published=True, region="kent", offers=["supply"], texts={"en": "Ours."})
    other = make_firm(
        "B",
        published=True,
        region="zeeland",
        offers=["training"],
        capabilities=["brewing"],
        texts={"en": "Theirs."},
    )

    merge(kept, other, name="other", region="other", offers="both", description_en="other")

    kept = Firm.objects.get(pk=kept.pk)
    assert (kept.name, kept.offers, kept.region) == ("B", ["supply", "training"], make_region("zeeland"))
    assert [term.slug for term in kept.capabilities.all()] == ["brewing"]
    assert [said.description for said in kept.profiles.all()] == ["Theirs."]


def test_people_confirmations_and_case_studies_go_over() -> None:
    kept, other = make_pair()
    person = make_contact(other)
    confirmed = Confirmation.objects.create(firm=other, at=NOW)
    add_study(kept, "Ours")
    add_study(other, "Theirs")

    merge(kept, other)

    kept = Firm.objects.get(pk=kept.pk)
    assert list(kept.contact_persons.all()) == [person]
    assert list(kept.confirmations.all()) == [confirmed]
    assert [study.title for study in kept.case_studies.all()] == ["Ours", "Theirs"]


def test_memberships_that_overlap_are_joined_and_others_stay_apart() -> None:
    kept, other = make_pair()
    make_membership(kept, "food-drink", from_date=date(2019, 1, 1), to_date=date(2020, 1, 1))
    make_membership(other, "food-drink", from_date=date(2019, 6, 1))
    make_membership(other, "mechatronics", from_date=date(2018, 1, 1), to_date=date(2018, 2, 1))
    make_membership(kept, "mechatronics", from_date=date(2019, 1, 1))

    merge(kept, other)

    assert days(kept) == [
        (date(2018, 1, 1), date(2018, 2, 1)),
        (date(2019, 1, 1), None),
        (date(2019, 1, 1), None),
    ]


def test_the_old_addresses_lead_to_the_kept_firm(client: Client) -> None:
    kept, other = make_pair()
    FormerSlug.objects.create(firm=other, slug="de-oude-kring")
    theirs = other.slug

    merge(kept, other)

    for slug in (theirs, "de-oude-kring"):
        answer = client.get(f"/nl/firms/{slug}/")
        assert (answer.status_code, answer.headers["Location"]) == (301, f"/nl/firms/{kept.slug}/")


def test_the_other_firm_is_kept_aside_and_both_are_looked_at_again() -> None:
    kept, other = make_pair()
    drain("firms")

    merge(kept, other)

    other.refresh_from_db()
    assert not other.live
    assert list(Firm.objects.standing()) == [kept]
    assert marked() == {kept.pk, other.pk}


def test_both_histories_say_so() -> None:
    kept, other = make_pair()

    undo(merge(kept, other))

    for firm in (kept, other):
        actions = {entry.action for entry in registry.get_logs_for_instance(firm)}
        assert actions >= {"directory.firm.merge", "directory.firm.unmerge"}


def test_a_draft_takes_the_place_of_a_published_twin() -> None:
    draft, live = make_firm("Draft", live=False), make_firm("Live", published=True)
    draft.save_revision()

    done = merge(draft, live)
    assert Firm.objects.get(pk=draft.pk).live

    undo(done)
    assert not Firm.objects.get(pk=draft.pk).live
    assert Firm.objects.get(pk=live.pk).live


# Imports


def test_the_next_import_finds_the_kept_firm_by_the_others_row() -> None:
    make_ground()
    import_rows(make_row(id="7", firm="De Kring"))
    other = Firm.objects.get()
    kept = make_firm("Brouwerij De Kring", published=True)

    merge(kept, other)
    report = import_rows(make_row(id="7", firm="De Kring"))

    assert (report.new, report.unchanged) == (0, 1)
    assert Firm.objects.get(import_key="7") == kept


def test_a_row_that_means_the_same_as_another_one_is_left_alone() -> None:
    make_ground()
    rows = [make_row(id="7", firm="De Kring"), make_row(id="8", firm="Brouwerij Kring", town="Gent")]
    import_rows(*rows)
    kept, other = Firm.objects.get(import_key="7"), Firm.objects.get(import_key="8")

    merge(kept, other)
    rows[1]["town"] = "Brugge"
    report = import_rows(*rows)

    assert (report.new, dict(report.untouched)) == (0, {"merged": 1})
    assert Firm.objects.get(pk=kept.pk).town == "Gent"


def test_after_an_undo_each_row_means_its_own_firm_again() -> None:
    make_ground()
    import_rows(make_row(id="7", firm="De Kring"))
    other, kept = Firm.objects.get(), make_firm("Brouwerij De Kring", published=True)
    done = merge(kept, other)
    import_rows(make_row(id="7", firm="De Kring", town="Gent"))

    undo(done)
    import_rows(make_row(id="7", firm="De Kring", town="Gent"))

    assert Firm.objects.get(import_key="7") == other
    assert Firm.objects.get(pk=other.pk).town == "Gent"
