"""Owns the proof that a merge goes back or becomes final, and that two at the same moment do it once."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from directory.actions.answering import AcceptProposalAction, ReturnProposalAction
from directory.actions.membership import EndMembershipAction
from directory.actions.merging import (
    AlreadyMerged,
    CannotUndo,
    FirmBusy,
    finish_merges,
)
from directory.actions.own_firm import ConfirmRemovalAction, SaveOwnFirmAction
from directory.actions.proposing import FirmGone
from directory.actions.removing import RemoveFirmAction
from directory.models import Firm, Membership, Merge
from directory.proposing import Change
from hub.actions import SYSTEM
from tests.directory.at_once import at_once
from tests.directory.builders import NOW, make_cluster, make_contact, make_firm, make_membership
from tests.directory.importing import import_rows, make_ground, make_row
from tests.directory.merging import add_study, all_of, days, make_pair, merge, undo
from tests.directory.proposing import propose

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=30)


def test_an_undo_brings_everything_back() -> None:
    kept, other = make_pair()
    for firm in (kept, other):
        make_contact(firm)
        add_study(firm, f"Of {firm.name}")
        make_membership(firm, from_date=date(2018, firm.pk % 12 + 1, 1))
    Firm.objects.filter(pk=other.pk).update(website="https://dekring.example", import_key="9", source="x")
    before = all_of(kept), all_of(other)

    stays = undo(merge(kept, other, name="other", sectors="both"))

    assert (all_of(kept), all_of(other), stays) == (*before, [])


def test_an_undo_says_what_it_does_not_take_back() -> None:
    kept, other = make_pair()
    Firm.objects.filter(pk=other.pk).update(website="https://theirs.example", town="Brugge")
    make_membership(other, "food-drink", from_date=date(2019, 1, 1))
    make_membership(kept, "food-drink", from_date=date(2020, 1, 1))
    person = make_contact(other)
    done = merge(kept, other)
    kept = Firm.objects.get(pk=kept.pk)
    kept.website = "https://edited.example"
    kept.save_revision().publish()
    person.delete()
    EndMembershipAction(
        membership=kept.memberships.get(), to_date=date(2021, 1, 1), actor=SYSTEM, now=NOW
    ).run()

    stays = undo(done)

    kept = Firm.objects.get(pk=kept.pk)
    assert (kept.website, kept.town) == ("https://edited.example", "")
    assert days(kept) == [(date(2019, 1, 1), date(2021, 1, 1))]
    assert [line for line in stays if "website" in line]
    assert [line for line in stays if "membership" in line]
    assert [line for line in stays if "1 row" in line]
    assert len(stays) == 3


def test_an_undo_keeps_a_draft_that_was_begun_since() -> None:
    kept, other = make_pair()
    Firm.objects.filter(pk=other.pk).update(town="Brugge")
    done = merge(kept, other)
    draft = Firm.objects.get(pk=kept.pk)
    draft.trading_name = "Not yet public"
    draft.save_revision()

    undo(done)

    kept = Firm.objects.get(pk=kept.pk)
    latest = kept.get_latest_revision_as_object()
    assert (kept.town, kept.trading_name, kept.has_unpublished_changes) == ("", "", True)
    assert (latest.town, latest.trading_name) == ("", "Not yet public")


def test_a_merge_is_undone_once_and_within_thirty_days() -> None:
    done, late = merge(*make_pair()), merge(*make_pair())
    undo(done)

    with pytest.raises(CannotUndo, match="already"):
        undo(done)
    with pytest.raises(CannotUndo, match="thirty days"):
        undo(late, now=NOW + MONTH + timedelta(seconds=1))


def test_the_last_of_two_merges_is_undone_first() -> None:
    first, second, third = make_firm(published=True), make_firm(published=True), make_firm(published=True)
    before = all_of(first), all_of(second), all_of(third)
    inner = merge(second, third)
    outer = merge(first, second)

    with pytest.raises(AlreadyMerged):
        undo(inner)
    undo(outer)
    undo(inner)

    assert (all_of(first), all_of(second), all_of(third)) == before


# Afterwards


def test_after_thirty_days_the_other_firm_is_erased_and_its_address_still_leads_on(client: Client) -> None:
    kept, other = make_pair()
    slug = other.slug
    person = make_contact(other)
    merge(kept, other)
    merge(make_firm(published=True), make_firm(published=True), now=NOW + timedelta(days=1))

    assert finish_merges(NOW + MONTH) == 1
    assert finish_merges(NOW + MONTH) == 0

    assert not Firm.objects.filter(pk=other.pk).exists()
    assert list(kept.contact_persons.all()) == [person]
    assert client.get(f"/en/firms/{slug}/").status_code == 301
    assert Merge.objects.exclude(final_at=None).get().moved == {}
    assert Merge.objects.open().count() == 1


def test_a_firm_that_asks_to_be_removed_takes_along_what_was_merged_into_it() -> None:
    make_ground()
    kept, other = make_pair()
    merge(kept, other)

    RemoveFirmAction(firm=kept, actor=SYSTEM, now=NOW).run()

    assert not Firm.objects.exists()
    report = import_rows(make_row(firm="De Kring"), make_row(id="2", firm="Brouwerij De Kring"))
    assert dict(report.refused) == {"removed": 2}


# At the same moment


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_merge_at_the_same_moment_one_does_whichever_way_round() -> None:
    make_cluster()
    kept, other = make_pair()
    make_contact(other)
    make_contact(kept)
    pairs = [(kept, other), (other, kept)] * 10

    def act() -> str:
        one, two = pairs.pop()
        try:
            merge(one, two)
        except (AlreadyMerged, FirmBusy):
            return "refused"
        return "merged"

    assert sorted(at_once(20, act)) == ["merged", *["refused"] * 19]
    assert Merge.objects.count() == 1
    assert Merge.objects.get().kept.contact_persons.count() == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_undo_at_the_same_moment_one_does() -> None:
    kept, other = make_pair()
    before = all_of(kept), all_of(other)
    done = merge(kept, other)

    def act() -> str:
        try:
            undo(done)
        except CannotUndo:
            return "refused"
        return "undone"

    assert sorted(at_once(20, act)) == [*["refused"] * 19, "undone"]
    assert (all_of(kept), all_of(other)) == before


def test_a_membership_of_the_kept_firm_that_was_absorbed_comes_back() -> None:
    kept, other = make_pair()
    for first, last in ((date(2018, 1, 1), date(2018, 12, 31)), (date(2020, 1, 1), None)):
        make_membership(kept, "food-drink", from_date=first, to_date=last)
    make_membership(other, "food-drink", from_date=date(2018, 6, 1), to_date=date(2020, 6, 1))
    before = days(kept), days(other)

    done = merge(kept, other)
    assert days(kept) == [(date(2018, 1, 1), None)]
    undo(done)

    assert (days(kept), days(other)) == before
    assert Membership.objects.count() == 3


# What was proposed


def test_proposals_go_over_and_come_back_as_long_as_nobody_has_answered_them() -> None:
    kept, other = make_pair()
    before = propose(firm=other, now=NOW - timedelta(days=2))
    ReturnProposalAction(proposal=before, reason="No.", actor=SYSTEM, now=NOW - timedelta(days=1)).run()
    answered, waiting = propose(firm=other), propose("closed", firm=other)
    done = merge(kept, other)
    assert set(kept.proposals.all()) == {before, answered, waiting}
    AcceptProposalAction(proposal=answered, actor=SYSTEM, now=NOW).run()

    stays = undo(done)

    assert (set(kept.proposals.all()), set(other.proposals.all())) == ({answered}, {before, waiting})
    assert stays == [f"1 proposal was answered since: it stays with {kept.name}."]


def test_a_link_that_was_sent_for_the_other_firm_neither_opens_nor_removes_the_kept_one() -> None:
    kept, other = make_pair()
    Firm.objects.filter(pk=other.pk).update(email="second@lister.example")
    other.refresh_from_db()
    mine, removal = propose("mine", firm=other), propose("remove", firm=other)

    done = merge(kept, other)

    for act in (
        lambda: ConfirmRemovalAction(request=removal, now=NOW).run(),
        lambda: SaveOwnFirmAction(request=mine, changes={"town": Change("", "Gent")}, now=NOW).run(),
    ):
        with pytest.raises(FirmGone, match=kept.name):
            act()
    assert Firm.objects.count() == 2
    undo(done)
    SaveOwnFirmAction(request=mine, changes={"town": Change("", "Gent")}, now=NOW).run()
    ConfirmRemovalAction(request=removal, now=NOW).run()
    assert Firm.objects.get() == kept


@pytest.mark.parametrize("delete", (Firm.delete, lambda firm: Firm.objects.filter(pk=firm.pk).delete()))
def test_a_kept_firm_that_is_deleted_takes_along_what_was_merged_into_it(
    delete: Callable[[Firm], object],
) -> None:
    kept, other = make_pair()
    inner = make_firm(published=True)
    merge(other, inner)
    merge(kept, Firm.objects.get(pk=other.pk))
    apart = make_firm(published=True)

    delete(Firm.objects.get(pk=kept.pk))

    assert (Firm.objects.get(), Merge.objects.count()) == (apart, 0)


def test_a_kept_firm_that_is_deleted_in_the_admin_leaves_no_second_entry_behind(admin: Client) -> None:
    kept, other = make_pair()
    slugs = (kept.slug, other.slug)
    merge(kept, other)

    admin.post(reverse("wagtailsnippets_directory_firm:delete", args=[kept.pk]))

    assert not Firm.objects.exists()
    assert [admin.get(f"/en/firms/{slug}/").status_code for slug in slugs] == [410, 410]
