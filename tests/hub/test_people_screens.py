"""Owns the proof of the screens about people: what each shows and to whom, and that each does one thing."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from hub import desk
from hub.approval import approvers_of
from hub.models import Invitation, LeadTerm, OutgoingMail, Partner
from hub.people.overview import places
from hub.permissions import may_review
from hub.roles import roles_of
from tests.directory.builders import NOW, make_region
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
from tests.hub.stewards import make_change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TODAY = date(2026, 11, 24)


def page(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(name, args=args))
    return answer.content.decode() if answer.status_code == 200 else ""


def send(client: Client, screen: str, /, *args: Any, **told: Any) -> Any:
    given = {"language": "en", "from_date": TODAY.isoformat(), "when": "day", "last_day": TODAY.isoformat()}
    return client.post(reverse(screen, args=args), given | told)


def entered(client: Client, person: Any) -> Client:
    client.force_login(person)
    return client


def test_a_lead_sees_the_people_of_the_own_region_and_of_no_other(client: Client) -> None:
    lead = make_lead("kent", "ada-kent")
    make_deputy("kent", "bob-kent"), make_editor("kent", "eva-kent")
    make_lead("zeeland", "zoe-zeeland"), make_editor("zeeland", "yves-zeeland")

    seen = page(entered(client, lead), "hub_people")

    assert all(name in seen for name in ("Ada Kent", "Bob Kent", "Eva Kent"))
    assert not any(name in seen for name in ("Zoe", "Yves", "Zeeland"))


def test_a_coordinator_sees_every_region_and_where_nobody_leads_first(client: Client) -> None:
    make_lead("kent"), make_hub("zeeland"), make_ended_lead("artois")

    seen = page(entered(client, make_coordinator()), "hub_people")

    assert seen.count("Nobody leads") == 2
    assert seen.index("Artois") < seen.index("Zeeland") < seen.index("Kent")


@pytest.mark.parametrize("make", [make_deputy, make_editor, make_ended_lead, lambda: make_user()])
def test_others_see_no_list_of_people(client: Client, make: Any) -> None:
    make_lead("kent", "ada-kent")

    assert "Ada" not in page(entered(client, make()), "hub_people")


def test_what_wants_a_look_is_said_of_each_term() -> None:
    coordinator = make_coordinator()
    soon = make_lead("kent", to_date=TODAY + timedelta(days=30))
    fresh = make_lead("kent", from_date=TODAY - timedelta(days=59))
    later = make_lead("kent", role=LeadTerm.Role.DEPUTY, from_date=TODAY + timedelta(days=1))
    get_user_model().objects.filter(pk=soon.pk).update(last_login=NOW - timedelta(days=61))

    [kent] = places(coordinator, NOW)

    rows = {row.term.user: (row.ends_soon, row.is_inactive, row.is_later) for row in kent.terms}
    assert rows == {soon: (True, True, False), fresh: (False, False, False), later: (False, False, True)}


def test_the_list_asks_as_often_for_many_as_for_few(django_assert_max_num_queries: Any) -> None:
    coordinator = make_coordinator()
    for number in range(8):
        make_lead(f"region-{number}"), make_editor(f"region-{number}")

    with django_assert_max_num_queries(12):
        assert len(places(coordinator, NOW)) == 8


def test_a_coordinator_appoints_somebody_who_has_an_account(client: Client) -> None:
    make_hub("kent")
    ada, kent = make_user("ada"), make_region("kent")

    send(entered(client, make_coordinator()), "hub_appoint", region=kent.pk, role="lead", email=ada.email)

    assert LeadTerm.objects.get().user == ada
    assert roles_of(again(ada)).held


def test_a_coordinator_appoints_an_organisation_or_a_name(client: Client) -> None:
    kent, council = make_region("kent"), Partner.objects.create(name="Kent County Council")
    entered(client, make_coordinator())

    send(client, "hub_appoint", region=kent.pk, role="lead", partner=council.pk)
    send(client, "hub_appoint", region=kent.pk, role="deputy", name="Ada Byron")

    assert [term.holder for term in LeadTerm.objects.order_by("pk")] == ["Kent County Council", "Ada Byron"]


def test_whoever_has_no_account_is_invited_and_nothing_changes_yet(client: Client) -> None:
    kent = make_region("kent")
    entered(client, make_coordinator())
    new = {"email": "new@people.example", "name": "Ada Byron"}

    send(client, "hub_appoint", region=kent.pk, role="lead", **new, language="fr")

    assert not LeadTerm.objects.exists()
    assert OutgoingMail.objects.get().language == "fr"
    assert Invitation.objects.get().role == "lead"


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"email": "new@people.example"},
        {"name": "Ada", "partner": "council"},
        {"name": "Ada", "region": ""},
        {"name": "Ada", "from_date": "soon"},
        {"name": "Ada", "to_date": "2020-01-01"},
    ],
)
def test_who_and_where_must_be_clear(client: Client, told: dict[str, Any]) -> None:
    kent, council = make_region("kent"), Partner.objects.create(name="Kent County Council")
    told = {"region": kent.pk, "role": "lead"} | told
    told |= {"partner": council.pk} if "partner" in told else {}

    answer = send(entered(client, make_coordinator()), "hub_appoint", **told)

    assert answer.status_code == 200 and answer.context["form"].errors
    assert not LeadTerm.objects.exists() and not Invitation.objects.exists()


def test_only_a_coordinator_opens_the_screen_to_appoint(client: Client) -> None:
    kent = make_region("kent")
    entered(client, make_lead("kent"))

    assert page(client, "hub_appoint") == ""
    send(client, "hub_appoint", region=kent.pk, role="lead", name="Ada")
    assert LeadTerm.objects.count() == 1


def test_a_lead_replaces_her_deputy_and_nobody_else(client: Client) -> None:
    lead, deputy, other = make_lead("kent"), make_deputy("kent"), make_deputy("zeeland")
    terms = {term.user: term.pk for term in LeadTerm.objects.all()}
    newcomer = make_user("new")
    entered(client, lead)

    for pk in (terms[lead], terms[other]):
        assert page(client, "hub_replace", pk) == ""
        send(client, "hub_replace", pk, email=newcomer.email)
    assert not roles_of(again(newcomer)).held
    assert page(client, "hub_replace", terms[deputy])
    send(client, "hub_replace", terms[deputy], email=newcomer.email)

    assert roles_of(again(newcomer)).held and not roles_of(again(deputy)).held
    assert roles_of(again(other)).held


def test_a_term_that_has_just_ended_says_so_to_whoever_had_a_say_in_it(client: Client) -> None:
    lead, other = make_lead("kent"), make_lead("zeeland")
    term = LeadTerm.objects.get(user=make_deputy("kent"))
    LeadTerm.objects.filter(pk=term.pk).update(to_date=TODAY - timedelta(days=1))

    for person, is_told in ((lead, True), (other, False)):
        answer = entered(client, person).get(reverse("hub_replace", args=[term.pk]), follow=True)
        assert ("This term has ended already." in answer.content.decode()) == is_told


def test_a_term_that_ends_while_its_screen_opens_is_not_missing(client: Client) -> None:
    lead = make_lead("kent")
    term = LeadTerm.objects.get(user=make_deputy("kent"))
    ended: list[int] = []

    def end_after_the_first_look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = execute(sql, params, many, context)
        if "WHERE" in sql and "hub_leadterm" in sql and term.pk in params and not ended:
            ended.append(term.pk)
            LeadTerm.objects.filter(pk=term.pk).update(to_date=TODAY - timedelta(days=1))
        return found

    entered(client, lead)
    with connection.execute_wrapper(end_after_the_first_look):
        answer = client.get(reverse("hub_replace", args=[term.pk]), follow=True)

    assert ended and answer.status_code == 200


def test_a_successor_is_invited_in_the_language_of_the_hub_unless_somebody_chooses(client: Client) -> None:
    make_hub("east-flanders", home_language="nl")
    deputy = make_deputy("east-flanders")
    browser = entered(client, make_coordinator())

    screens = [
        page(browser, "hub_replace", deputy.lead_terms.get().pk),
        browser.get(f"{reverse('hub_appoint')}?region={make_region('east-flanders').pk}").content.decode(),
    ]

    assert all('<option value="nl" selected>' in shown for shown in screens)


def test_a_term_does_not_end_before_it_began_and_the_screen_says_when_that_was(client: Client) -> None:
    deputy = make_deputy("kent")
    term = deputy.lead_terms.get()
    before = term.from_date - timedelta(days=7)

    told = send(entered(client, make_coordinator()), "hub_stand_down", term.pk, last_day=before.isoformat())

    assert "A term cannot end before its first day" in told.content.decode()


def test_a_term_is_written_with_the_colon_of_each_language() -> None:
    term = make_deputy("kent", "bob-kent").lead_terms.get()

    with override("fr"):
        assert str(term) == "Adjoint\u00a0: Bob Kent"


def test_a_deputy_who_must_be_invited_first_replaces_nobody_yet(client: Client) -> None:
    lead, deputy = make_lead("kent"), make_deputy("kent")
    term = LeadTerm.objects.get(user=deputy)

    send(entered(client, lead), "hub_replace", term.pk, email="new@people.example", name="Ada Byron")

    assert roles_of(again(deputy)).held
    assert Invitation.objects.get().replaces == term


def test_the_screen_to_end_a_term_says_what_waits_and_who_answers_then(client: Client) -> None:
    make_coordinator("cora-coordinator")
    lead = make_lead("kent")
    make_change("kent"), make_change("zeeland")
    entered(client, make_coordinator())

    seen = page(client, "hub_stand_down", LeadTerm.objects.get(user=lead).pk)
    assert "One thing waits" in seen and "Cora Coordinator" in seen

    make_deputy("kent", "dan-deputy")
    assert "Dan Deputy" in page(client, "hub_stand_down", LeadTerm.objects.get(user=lead).pk)

    make_lead("kent", "sue-successor")
    assert "Sue Successor" in page(client, "hub_stand_down", LeadTerm.objects.get(user=lead).pk)


def test_who_stands_down_at_once_has_no_rights_any_more(client: Client) -> None:
    lead = make_lead("kent")
    term = LeadTerm.objects.get()

    send(entered(client, lead), "hub_stand_down", term.pk, when="at-once")

    term.refresh_from_db()
    assert term.to_date == TODAY - timedelta(days=1)
    assert not roles_of(again(lead)).held


def test_nobody_ends_the_term_of_a_stranger(client: Client) -> None:
    make_lead("kent")
    term = LeadTerm.objects.get()
    for person in (make_lead("zeeland"), make_deputy("kent"), make_editor("kent")):
        entered(client, person)
        assert page(client, "hub_stand_down", term.pk) == ""
        send(client, "hub_stand_down", term.pk)

    term.refresh_from_db()
    assert term.to_date is None


def test_what_waits_and_what_is_due_passes_to_the_successor(client: Client) -> None:
    left, successor = make_lead("kent"), make_user("successor")
    hub, thing = make_hub("kent"), make_change("kent", by=make_editor("kent")).content_object
    before = [errand.key for errand in desk.waiting(frozenset({hub.region_id}))]
    entered(client, make_coordinator())

    send(client, "hub_replace", LeadTerm.objects.get(user=left).pk, email=successor.email)

    left, successor = again(left), again(successor)
    assert [errand.key for errand in desk.waiting(roles_of(successor).reach_of_office)] == before
    assert may_review(successor, hub) and not may_review(left, hub)
    assert left not in approvers_of(thing)


def test_a_lead_invites_an_editor_to_the_own_region_and_takes_that_back(client: Client) -> None:
    kent, zeeland = make_hub("kent").region, make_hub("zeeland").region
    entered(client, make_lead("kent"))
    new = {"email": "new@people.example", "name": "Ada Byron"}

    send(client, "hub_invite_editor", zeeland.pk, **new)
    assert not Invitation.objects.exists()
    send(client, "hub_invite_editor", kent.pk, **new)
    invitation = Invitation.objects.get()
    assert "Ada Byron" in page(client, "hub_people")

    send(client, "hub_withdraw", invitation.pk)
    invitation.refresh_from_db()
    assert invitation.withdrawn_at and "Ada Byron" not in page(client, "hub_people")


def test_a_lead_of_another_region_neither_sees_nor_withdraws_an_invitation(client: Client) -> None:
    kent = make_hub("kent").region
    send(entered(client, make_lead("kent")), "hub_invite_editor", kent.pk, email="a@b.example", name="Ada B")
    invitation = Invitation.objects.get()
    entered(client, make_lead("zeeland"))

    assert "Ada" not in page(client, "hub_withdraw", invitation.pk) + page(client, "hub_people")
    send(client, "hub_withdraw", invitation.pk)

    invitation.refresh_from_db()
    assert invitation.withdrawn_at is None


def test_a_lead_ends_the_work_of_an_own_editor(client: Client) -> None:
    own, other = make_editor("kent"), make_editor("zeeland")
    entered(client, make_lead("kent"))

    for hub in (make_hub("kent"), make_hub("zeeland")):
        for person in (own, other):
            send(client, "hub_end_editor", hub.pk, person.pk)

    assert not roles_of(again(own)).held and roles_of(again(other)).held


def test_only_coordinators_keep_the_organisations(client: Client) -> None:
    told = {"name": "Kent County Council", "region": "", "website": ""}

    client.force_login(make_lead("kent"))
    client.post(reverse("hub_partner:add"), told)
    assert not Partner.objects.exists()
    client.force_login(make_coordinator())
    client.post(reverse("hub_partner:add"), told)

    assert Partner.objects.get().name == "Kent County Council"


def test_an_organisation_that_holds_a_term_is_not_deleted_and_the_screen_says_why(client: Client) -> None:
    partner = Partner.objects.create(name="Scheldt Agency")
    LeadTerm.objects.create(
        partner=partner, region=make_region("zeeland"), role=LeadTerm.Role.LEAD, from_date=date(2025, 1, 1)
    )
    client.force_login(make_coordinator())

    page = client.post(reverse("hub_partner:delete", args=[partner.pk]), follow=True).content.decode()

    assert Partner.objects.filter(pk=partner.pk).exists()
    assert "Scheldt Agency holds or held a term" in page


def test_an_organisation_without_a_term_is_deleted(client: Client) -> None:
    partner = Partner.objects.create(name="Scheldt Agency")
    client.force_login(make_coordinator())

    client.post(reverse("hub_partner:delete", args=[partner.pk]))

    assert not Partner.objects.exists()
