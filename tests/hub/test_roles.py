"""Owns that it is known who somebody is and how far the table of rights lets them go."""

from datetime import date
from typing import Any

import pytest

from hub.groups import keep_groups
from hub.models import LeadTerm, Region
from hub.permissions import (
    coordinators,
    in_reach,
    is_administrator,
    is_coordinator,
    may_appoint,
    may_decide,
    may_edit,
    may_edit_ground,
    may_edit_vocabularies,
    may_invite_editors,
    may_publish,
    may_replace,
    may_reset_access,
    needs_second_factor,
    regions_for,
)
from hub.rights import Right, Role
from hub.roles import roles_of
from tests.directory.builders import make_firm, make_region
from tests.hub.people import (
    again,
    make_administrator,
    make_cluster_lead,
    make_communicator,
    make_coordinator,
    make_deputy,
    make_editor,
    make_ended_lead,
    make_hub,
    make_lead,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def flanders() -> Region:
    region = make_region("flanders")
    make_region("west-flanders", parent="flanders")
    return region


def test_a_lead_of_a_region_leads_all_below_it(flanders: Region) -> None:
    lead = make_lead(flanders)

    assert may_publish(lead, make_firm(region="west-flanders"))
    assert may_publish(lead, make_firm(region=flanders))


def test_a_lead_of_a_part_does_not_lead_the_whole(flanders: Region) -> None:
    lead = make_lead("west-flanders")

    assert not may_edit(lead, make_firm(region=flanders))


def test_a_firm_without_region_belongs_to_the_coordinator() -> None:
    firm = make_firm(region=None)

    assert may_publish(make_coordinator(), firm)
    assert not may_edit(make_lead(), firm)


def test_an_editor_edits_and_does_not_publish() -> None:
    editor, firm = make_editor("kent"), make_firm(region="kent")

    assert may_edit(editor, firm)
    assert not may_publish(editor, firm)
    assert not may_decide(editor, firm)


def test_a_term_counts_on_its_first_and_its_last_day(clock: Any) -> None:
    make_hub("kent")
    lead = make_lead("kent", from_date=date(2026, 11, 24), to_date=date(2026, 11, 24))

    assert roles_of(lead).held == {Role.LEAD}
    clock.shift(24 * 3600)
    assert roles_of(again(lead)).held == frozenset()


def test_whoever_was_lead_holds_no_role() -> None:
    assert roles_of(make_ended_lead()).held == frozenset()


def test_somebody_who_is_not_active_holds_no_role() -> None:
    lead = make_lead()
    lead.is_active = False
    lead.save()

    assert roles_of(again(lead)).held == frozenset()
    assert not is_administrator(make_user(is_superuser=True, is_active=False))


def test_roles_are_asked_of_the_database_once(django_assert_num_queries: Any) -> None:
    lead, firm = make_lead(), make_firm(region="kent")

    with django_assert_num_queries(3):
        may_edit(lead, firm)
        may_publish(lead, firm)


@pytest.mark.parametrize(
    ("make", "wanted"),
    [
        (make_user, False),
        (make_editor, False),
        (make_lead, True),
        (make_deputy, True),
        (make_cluster_lead, True),
        (make_communicator, True),
        (make_coordinator, True),
        (make_administrator, True),
    ],
)
def test_everybody_above_editor_needs_a_second_factor(make: Any, wanted: bool) -> None:
    assert needs_second_factor(make()) is wanted


def test_a_coordinator_resets_everybody_but_administrators() -> None:
    coordinator, administrator, lead = make_coordinator(), make_administrator(), make_lead()

    assert may_reset_access(coordinator, lead)
    assert not may_reset_access(coordinator, administrator)
    assert may_reset_access(administrator, coordinator)
    assert not may_reset_access(lead, make_editor())


def test_a_coordinator_edits_vocabularies_and_not_the_ground() -> None:
    coordinator = make_coordinator()

    assert may_edit_vocabularies(coordinator)
    assert not may_edit_ground(coordinator)
    assert may_appoint(coordinator)


def test_a_lead_invites_editors_and_replaces_the_deputy_and_a_deputy_does_neither() -> None:
    lead, deputy = make_lead("kent"), make_deputy("kent")
    terms = {term.user: term for term in LeadTerm.objects.all()}

    assert may_invite_editors(lead, make_region("kent"))
    assert may_replace(lead, terms[deputy])
    assert not may_replace(lead, terms[lead])
    assert not may_invite_editors(deputy, make_region("kent"))
    assert not may_replace(deputy, terms[lead])


def test_administrators_stand_in_where_there_is_no_coordinator() -> None:
    administrator = make_administrator()
    assert list(coordinators()) == [administrator]

    coordinator = make_coordinator()
    assert list(coordinators()) == [coordinator]
    assert is_coordinator(administrator)


def test_communications_and_cluster_leads_reach_no_region() -> None:
    for person in (make_communicator(), make_cluster_lead()):
        assert regions_for(person, Right.EDIT) == frozenset()
        assert not may_edit(person, make_firm(region="kent"))


def test_rows_in_reach_are_those_of_own_regions() -> None:
    own, other = make_firm(region="kent"), make_firm(region="east-flanders")
    firms = type(own).objects.all()

    assert list(firms.filter(in_reach(make_lead("kent"), Right.EDIT))) == [own]
    assert set(firms.filter(in_reach(make_coordinator(), Right.EDIT))) == {own, other}


def test_groups_of_leads_follow_their_terms(clock: Any) -> None:
    flanders = make_region("flanders")
    hub = make_hub(make_region("west-flanders", parent="flanders"))
    lead = make_lead(flanders, to_date=date(2026, 11, 24))
    assert list(hub.leads_group.user_set.all()) == [lead]

    clock.shift(24 * 3600)
    assert keep_groups() == 2
    assert not hub.leads_group.user_set.exists()
