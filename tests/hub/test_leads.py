"""Owns the proof of who may give a term of office to whom, and that it ends when it is said to end."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hub.actions import SYSTEM, ActionRefused, NotAllowed
from hub.actions.leads import (
    AppointLeadAction,
    Holder,
    ReplaceLeadAction,
    StandDownAction,
    TermOver,
    TermsOverlap,
    TooManyLeads,
)
from hub.groups import keep_groups
from hub.models import LeadTerm, Partner
from hub.permissions import may_edit, may_publish
from hub.roles import roles_of
from tests.directory.at_once import at_once
from tests.directory.builders import NOW, make_cluster, make_firm, make_region
from tests.hub.people import (
    again,
    make_coordinator,
    make_deputy,
    make_editor,
    make_ended_lead,
    make_hub,
    make_lead,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)


def appoint(who: Any, **given: Any) -> LeadTerm:
    """A term of Kent from today on, unless the test says otherwise."""
    holder = who if isinstance(who, Holder) else Holder(user=who)
    told = {"region": make_region("kent"), "from_date": TODAY, "actor": SYSTEM, "now": NOW} | given
    term: LeadTerm = AppointLeadAction(holder=holder, **told).run()
    return term


def stand_down(term: LeadTerm, last_day: date = TODAY, actor: Any = SYSTEM) -> LeadTerm:
    ended: LeadTerm = StandDownAction(term=term, last_day=last_day, actor=actor, now=NOW).run()
    return ended


def replace(term: LeadTerm, who: Any, from_date: date = TODAY, actor: Any = SYSTEM) -> LeadTerm:
    successor: LeadTerm = ReplaceLeadAction(
        term=term, holder=Holder(user=who), from_date=from_date, actor=actor, now=NOW
    ).run()
    return successor


def test_only_a_coordinator_appoints() -> None:
    for person in (make_user(), make_editor(), make_lead(), make_ended_lead()):
        before = LeadTerm.objects.count()
        with pytest.raises(NotAllowed):
            appoint(make_user(), actor=person)
        assert LeadTerm.objects.count() == before

    appoint(make_user(), actor=make_coordinator())
    assert LeadTerm.objects.on(TODAY).filter(region__slug="kent").count() == 2


def test_who_is_appointed_leads_at_once_also_in_the_session_that_is_open() -> None:
    hub, person, firm = make_hub("kent"), make_user(), make_firm(region="kent")
    assert not may_publish(person, firm)

    appoint(person)

    assert may_publish(person, firm)
    assert person in hub.leads_group.user_set.all()


def test_the_same_person_holds_the_same_office_once_at_a_time() -> None:
    person = make_user()
    appoint(person, to_date=TODAY + 10 * DAY)

    with pytest.raises(TermsOverlap):
        appoint(person, from_date=TODAY + 10 * DAY)
    appoint(person, from_date=TODAY + 11 * DAY)
    appoint(person, role=LeadTerm.Role.DEPUTY)
    appoint(person, cluster=make_cluster())


def test_a_name_is_the_same_however_it_is_written() -> None:
    appoint(Holder(name="Ada Byron"))

    with pytest.raises(TermsOverlap):
        appoint(Holder(name="ada byron"))


def test_organisations_hold_terms_too() -> None:
    council = Partner.objects.create(name="Kent County Council")

    term = appoint(Holder(partner=council))

    assert term.holder == "Kent County Council"
    with pytest.raises(TermsOverlap):
        appoint(Holder(partner=council))


def test_three_lead_a_region_for_a_cluster_and_no_fourth_on_any_day() -> None:
    for _each in range(3):
        appoint(make_user(), to_date=TODAY + 10 * DAY)

    with pytest.raises(TooManyLeads):
        appoint(make_user(), from_date=TODAY - 30 * DAY)
    with pytest.raises(TooManyLeads):
        appoint(make_user(), from_date=TODAY + 10 * DAY)
    appoint(make_user(), from_date=TODAY + 11 * DAY)
    appoint(make_user(), cluster=make_cluster())


def test_terms_that_only_follow_one_another_are_not_too_many() -> None:
    for week in range(4):
        first = TODAY + week * 7 * DAY
        appoint(make_user(), from_date=first, to_date=first + 6 * DAY)

    appoint(make_user())
    appoint(make_user())
    with pytest.raises(TooManyLeads):
        appoint(make_user())


def test_one_of_them_is_the_deputy() -> None:
    appoint(make_user(), role=LeadTerm.Role.DEPUTY)

    with pytest.raises(TooManyLeads):
        appoint(make_user(), role=LeadTerm.Role.DEPUTY, from_date=TODAY + 300 * DAY)


def test_a_last_day_before_the_first_is_refused() -> None:
    with pytest.raises(TermOver):
        appoint(make_user(), to_date=TODAY - DAY)


def test_a_term_that_begins_later_gives_nothing_until_then(clock: Any) -> None:
    hub, person, firm = make_hub("kent"), make_user(), make_firm(region="kent")
    appoint(person, from_date=TODAY + DAY)

    assert not may_edit(person, firm)
    assert not hub.leads_group.user_set.exists()
    clock.shift(24 * 3600)
    keep_groups()
    assert may_edit(again(person), firm)
    assert hub.leads_group.user_set.get() == person


def test_a_lead_whose_last_day_was_yesterday_is_one_no_more() -> None:
    lead, firm = make_lead("kent"), make_firm(region="kent")
    assert may_publish(lead, firm)

    stand_down(LeadTerm.objects.get(), TODAY - DAY)

    assert not may_publish(again(lead), firm)
    assert not lead.groups.exists()


def test_who_holds_a_term_may_end_it_and_who_holds_another_may_not() -> None:
    lead, other = make_lead("kent"), make_lead("east-flanders")
    term = LeadTerm.objects.get(user=lead)

    with pytest.raises(NotAllowed):
        stand_down(term, actor=other)
    assert stand_down(term, actor=lead).to_date == TODAY


def test_a_term_ends_no_earlier_than_it_began_and_no_later_than_it_ended() -> None:
    term = appoint(make_user(), to_date=TODAY + DAY)

    for day in (TODAY + 2 * DAY, TODAY - 2 * DAY):
        with pytest.raises(TermOver):
            stand_down(term, day)


def test_a_term_that_has_not_begun_can_be_taken_back_and_leaves_nothing() -> None:
    stand_down(appoint(make_user(), from_date=TODAY + 5 * DAY), TODAY + 4 * DAY)

    assert not LeadTerm.objects.exists()


def test_a_term_that_was_held_stays_on_record_whatever_is_asked() -> None:
    make_lead("kent")
    term = LeadTerm.objects.get()

    with pytest.raises(TermOver):
        stand_down(term, term.from_date - DAY)
    with pytest.raises(TermOver):
        replace(term, make_user(), term.from_date)
    with pytest.raises(TermOver):
        replace(term, make_user(), term.from_date - 30 * DAY)

    assert LeadTerm.objects.get() == term


def test_a_lead_replaces_the_deputy_and_is_replaced_by_the_coordinator() -> None:
    lead, deputy = make_lead("kent"), make_deputy("kent")
    terms = {term.user: term for term in LeadTerm.objects.all()}
    newcomer, firm = make_user(), make_firm(region="kent")

    for actor, left in ((deputy, lead), (lead, lead), (make_lead("zeeland"), deputy)):
        with pytest.raises(NotAllowed):
            replace(terms[left], newcomer, actor=actor)
    replace(terms[deputy], newcomer, actor=lead)

    assert may_publish(again(newcomer), firm)
    assert not may_publish(again(deputy), firm)
    replace(terms[lead], make_user("ada-new"), actor=make_coordinator())
    assert not roles_of(again(lead)).held


def test_a_successor_holds_the_same_office() -> None:
    left = appoint(make_user(), cluster=make_cluster(), role=LeadTerm.Role.DEPUTY, from_date=TODAY - DAY)

    successor = replace(left, make_user())

    left.refresh_from_db()
    assert (left.to_date, successor.from_date, successor.to_date) == (TODAY - DAY, TODAY, None)
    assert (successor.region, successor.cluster, successor.role) == (left.region, left.cluster, left.role)


def test_who_was_appointed_today_can_be_replaced_today() -> None:
    replace(appoint(make_user("first")), make_user("second"))

    assert [term.user.username for term in LeadTerm.objects.select_related("user") if term.user] == ["second"]


def test_a_replacement_that_is_refused_leaves_the_holder_in_office() -> None:
    lead = make_lead("kent")
    other = make_user()
    appoint(other)

    with pytest.raises(TermsOverlap):
        replace(LeadTerm.objects.get(user=lead), other)

    assert roles_of(again(lead)).held
    assert LeadTerm.objects.get(user=lead).to_date is None


def test_a_term_that_is_over_is_not_replaced() -> None:
    make_ended_lead("kent")

    with pytest.raises(TermOver):
        replace(LeadTerm.objects.get(), make_user())


def test_the_open_tab_of_a_lead_who_was_replaced_leads_nowhere(client: Client) -> None:
    lead, home = make_lead("kent"), reverse("wagtailadmin_home")
    client.force_login(lead)
    assert client.get(home).status_code == 200

    replace(LeadTerm.objects.get(), make_user())

    assert client.get(home).status_code == 302


def test_a_request_after_midnight_sees_no_group_of_yesterday(
    client: Client, clock: Any, django_assert_num_queries: Any
) -> None:
    hub = make_hub("kent")
    lead = make_lead("kent", to_date=TODAY)
    client.force_login(lead)
    assert client.get(reverse("wagtailadmin_home")).status_code == 200

    clock.shift(24 * 3600)

    assert client.get(reverse("wagtailadmin_home")).status_code == 302
    assert not hub.leads_group.user_set.exists()
    user = again(lead)
    with django_assert_num_queries(2):
        assert not roles_of(user).is_behind


def test_a_time_zone_of_ones_own_prolongs_no_term(clock: Any) -> None:
    from django.utils import timezone

    lead = make_lead("kent", to_date=TODAY)
    clock.shift(24 * 3600)

    with timezone.override("Pacific/Pago_Pago"):
        assert not roles_of(again(lead)).held


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_twenty_deputies_who_are_appointed_at_the_same_moment_one_is() -> None:
    region, people = make_region("kent"), iter([make_user() for _each in range(20)])

    def act() -> str:
        try:
            appoint(next(people), region=region, role=LeadTerm.Role.DEPUTY)
        except ActionRefused as refusal:
            return type(refusal).__name__
        return "appointed"

    assert sorted(at_once(20, act)) == ["TooManyLeads"] * 19 + ["appointed"]
