"""Owns the proof that a firm's facts change only by actions, and what each refuses."""

import json
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from directory.actions.confirming import ConfirmFirmAction, NothingToConfirm
from directory.actions.contacts import RemoveContactPersonAction, SaveContactPersonAction
from directory.actions.membership import (
    AlreadyMember,
    EndMembershipAction,
    JoinClusterAction,
    LeavesBeforeItJoins,
    RemoveMembershipAction,
)
from directory.actions.moving import FirmNotMovable, MoveFirmAction
from directory.actions.renaming import RenameFirmAction, SlugTaken, SlugUnchanged
from directory.models import Confirmation, ContactPerson, Firm, FormerSlug, Membership
from hub.actions import SYSTEM, NotAllowed
from tests.directory.builders import NOW, make_cluster, make_contact, make_firm, make_membership, make_region
from tests.directory.indexing import marked

pytestmark = pytest.mark.django_db


def logged(firm: Firm) -> set[str]:
    """The names of what was done to the firm."""
    return {entry.action for entry in registry.get_logs_for_instance(firm)}


def move(firm: Firm, to: str) -> Firm:
    return MoveFirmAction(firm=firm, to=make_region(to), actor=SYSTEM, now=NOW).run()


def rename(firm: Firm, slug: str) -> Firm:
    return RenameFirmAction(firm=firm, slug=slug, actor=SYSTEM, now=NOW).run()


def join(firm: Firm, cluster: str, from_date: date, to_date: date | None = None) -> Membership:
    return JoinClusterAction(
        firm=firm, cluster=make_cluster(cluster), from_date=from_date, to_date=to_date, actor=SYSTEM, now=NOW
    ).run()


def test_a_moved_firm_is_in_its_new_region_logged_and_marked() -> None:
    firm = make_firm(region="kent")

    move(firm, "east-flanders")

    assert Firm.objects.get(pk=firm.pk).region == make_region("east-flanders")
    assert "directory.firm.move" in logged(firm)
    assert marked() == {firm.pk}


def test_a_firm_without_a_region_can_be_given_one() -> None:
    firm = make_firm(region=None)

    move(firm, "kent")

    assert Firm.objects.get(pk=firm.pk).region == make_region("kent")


def test_a_firm_is_not_moved_to_where_it_is() -> None:
    firm = make_firm(region="kent")

    with pytest.raises(FirmNotMovable, match="Kent already"):
        move(firm, "kent")

    assert marked() == set()


def test_moving_keeps_the_text_of_a_draft() -> None:
    firm = make_firm(published=True, region="kent")
    firm.name = "A new name, not yet published"
    firm.save_revision()

    move(firm, "east-flanders")

    row = Firm.objects.get(pk=firm.pk)
    draft = row.get_latest_revision_as_object()
    assert (row.name != draft.name, draft.name) == (True, "A new name, not yet published")
    assert draft.region == make_region("east-flanders")


def test_the_old_address_is_kept_when_a_firm_gets_a_new_one() -> None:
    firm = make_firm("Brewery", slug="brewery")

    rename(firm, "the-brewery")

    assert Firm.objects.get(pk=firm.pk).slug == "the-brewery"
    assert list(FormerSlug.objects.values_list("firm", "slug")) == [(firm.pk, "brewery")]
    assert "directory.firm.rename" in logged(firm)
    assert marked() == {firm.pk}


def test_a_firm_may_take_its_own_old_address_back() -> None:
    firm = make_firm(slug="first")
    rename(firm, "second")

    rename(firm, "first")

    assert Firm.objects.get(pk=firm.pk).slug == "first"
    assert list(FormerSlug.objects.values_list("slug", flat=True)) == ["second"]


def test_no_firm_takes_an_address_that_another_has_or_had() -> None:
    other = make_firm("The other", slug="had")
    rename(other, "has")
    firm = make_firm(slug="mine")

    for slug in ("has", "had"):
        with pytest.raises(SlugTaken, match="The other"):
            rename(firm, slug)
    with pytest.raises(SlugUnchanged):
        rename(firm, "mine")


def test_a_confirmation_says_when_and_by_whom() -> None:
    firm = make_firm()
    admin = get_user_model().objects.create_superuser("admin")

    ConfirmFirmAction(firm=firm, actor=admin, now=NOW).run()

    assert list(Confirmation.objects.values_list("firm", "at", "by")) == [(firm.pk, NOW, admin.pk)]
    assert Firm.objects.with_confirmed_at().get().confirmed_at == NOW
    assert "directory.firm.confirm" in logged(firm)
    assert marked() == {firm.pk}


def test_a_draft_cannot_be_confirmed() -> None:
    firm = make_firm(live=False)

    with pytest.raises(NothingToConfirm):
        ConfirmFirmAction(firm=firm, actor=SYSTEM, now=NOW).run()

    assert not Confirmation.objects.exists()


def test_a_firm_joins_several_clusters_and_comes_back_to_one() -> None:
    firm = make_firm()

    join(firm, "food-drink", date(2018, 1, 1), date(2018, 12, 31))
    join(firm, "food-drink", date(2019, 1, 1))
    join(firm, "mechatronics", date(2018, 6, 1))

    assert Membership.objects.count() == 3
    assert "directory.membership.begin" in logged(firm)
    assert marked() == {firm.pk}


@pytest.mark.parametrize(
    ("from_date", "to_date"),
    [
        (date(2019, 6, 1), None),
        (date(2017, 1, 1), date(2018, 1, 1)),
        (date(2018, 3, 1), date(2018, 4, 1)),
        (date(2017, 1, 1), None),
    ],
)
def test_a_firm_is_not_a_member_twice_on_one_day(from_date: date, to_date: date | None) -> None:
    firm = make_firm()
    join(firm, "food-drink", date(2018, 1, 1), date(2018, 12, 31))
    join(firm, "food-drink", date(2019, 2, 1))

    with pytest.raises(AlreadyMember):
        join(firm, "food-drink", from_date, to_date)


def test_a_membership_does_not_end_before_it_begins() -> None:
    membership = make_membership(make_firm())

    with pytest.raises(LeavesBeforeItJoins, match="March"):
        EndMembershipAction(membership=membership, to_date=date(2019, 2, 28), actor=SYSTEM, now=NOW).run()
    with pytest.raises(LeavesBeforeItJoins):
        join(make_firm(), "food-drink", date(2020, 1, 2), date(2020, 1, 1))


def test_a_membership_ends_on_its_last_day() -> None:
    membership = make_membership(make_firm())

    EndMembershipAction(membership=membership, to_date=date(2020, 7, 1), actor=SYSTEM, now=NOW).run()

    membership.refresh_from_db()
    assert membership.to_date == date(2020, 7, 1)
    assert marked() == {membership.firm_id}


def test_a_membership_entered_by_mistake_goes() -> None:
    membership = make_membership(make_firm())

    RemoveMembershipAction(membership=membership, actor=SYSTEM, now=NOW).run()

    assert not Membership.objects.exists()
    assert marked() == {membership.firm_id}


def test_the_log_knows_that_a_contact_changed_and_nothing_about_them() -> None:
    firm = make_firm()
    person = ContactPerson(firm=firm, name="Ada Private", email="ada@private.example")
    SaveContactPersonAction(person=person, actor=SYSTEM, now=NOW).run()
    person.phone = "+44 1634 000000"
    SaveContactPersonAction(person=person, actor=SYSTEM, now=NOW).run()
    RemoveContactPersonAction(person=person, actor=SYSTEM, now=NOW).run()

    assert not ContactPerson.objects.exists()
    assert logged(firm) == {
        "directory.contact.add",
        "directory.contact.change",
        "directory.contact.remove",
    }
    kept = json.dumps(list(ModelLogEntry.objects.values_list("label", "data")), default=str)
    assert "Ada" not in kept
    assert "private.example" not in kept
    assert "1634" not in kept


def test_nothing_of_a_contact_person_is_public_by_itself() -> None:
    person = ContactPerson(firm=make_firm(), name="Ada")

    assert not (person.is_name_public or person.is_email_public or person.is_phone_public)


def test_nobody_but_an_administrator_changes_anything() -> None:
    firm = make_firm(region="kent", slug="mine")
    membership, person = make_membership(firm), make_contact(firm)
    someone = get_user_model().objects.create_user("someone", is_staff=True)
    by = {"actor": someone, "now": NOW}
    actions = [
        MoveFirmAction(firm=firm, to=make_region("zeeland"), **by),
        RenameFirmAction(firm=firm, slug="other", **by),
        ConfirmFirmAction(firm=firm, **by),
        JoinClusterAction(firm=firm, cluster=make_cluster("materials"), from_date=NOW.date(), **by),
        EndMembershipAction(membership=membership, to_date=NOW.date(), **by),
        RemoveMembershipAction(membership=membership, **by),
        SaveContactPersonAction(person=person, **by),
        RemoveContactPersonAction(person=person, **by),
    ]

    for action in actions:
        with pytest.raises(NotAllowed):
            action.run()

    firm.refresh_from_db()
    assert (firm.slug, firm.region, firm.memberships.count()) == ("mine", make_region("kent"), 1)
    assert marked() == set()
