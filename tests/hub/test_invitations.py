"""Owns the proof that an invitation takes effect once, in time, and only for whom it is meant."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import translation

from hub import links
from hub.actions import ActionRefused, NotAllowed
from hub.actions.leads import AppointLeadAction, Holder, StandDownAction
from hub.invitations import (
    EndEditorAction,
    InviteAction,
    Invited,
    InvitedTwice,
    NoHub,
    WithdrawInvitationAction,
    link_of,
)
from hub.models import Invitation, LeadTerm, OutgoingMail, RoleGroup
from hub.permissions import may_edit, may_publish
from hub.rights import Role
from hub.roles import roles_of
from tests.directory.builders import NOW, make_cluster, make_firm, make_region
from tests.hub.people import (
    PASSWORD,
    again,
    make_administrator,
    make_communicator,
    make_coordinator,
    make_deputy,
    make_editor,
    make_hub,
    make_lead,
    make_user,
    role_group,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
ADA, NEW = "ada@new.example", "twelve green bottles"


def invite(by: Any, role: str = "editor", region: str | None = "kent", **given: Any) -> Invitation:
    """Ada is invited by somebody to edit the hub of Kent, unless the test says otherwise."""
    asked = {"email": ADA, "name": "Ada Byron", "language": "en"} | given
    place = make_region(region) if region else None
    invited = Invited(role=Invitation.Role(role), region=place, **asked)
    invitation: Invitation = InviteAction(invited=invited, actor=by, now=NOW).run()
    return invitation


def path_of(invitation: Invitation) -> str:
    return link_of(invitation).removeprefix("http://testserver")


def accept(client: Client, invitation: Invitation, **changed: Any) -> Any:
    told = {"name": "Ada Byron", "language": "nl", "password": NEW} | changed
    return client.post(path_of(invitation), told)


def people(email: str = ADA) -> Any:
    return get_user_model().objects.filter(email=email)


def test_an_invited_editor_makes_an_account_and_edits_own_firms_and_no_others(client: Client) -> None:
    invitation = invite(make_lead("kent"))
    [mail] = OutgoingMail.objects.filter(kind="hub.invitation.sent")
    assert link_of(invitation) in mail.body and mail.to == ADA

    assert "Ada Byron" in client.get(path_of(invitation)).content.decode()
    assert not people().exists()
    answer = accept(client, invitation)

    ada = people().get()
    assert "Welcome" in answer.content.decode()
    assert (ada.get_full_name(), ada.wagtail_userprofile.preferred_language) == ("Ada Byron", "nl")
    assert may_edit(ada, make_firm(region="kent")) and not may_publish(ada, make_firm(region="kent"))
    assert not may_edit(ada, make_firm(region="zeeland"))
    assert client.login(username=ada.username, password=NEW)


@pytest.mark.parametrize(
    ("role", "region", "wanted"),
    [
        ("lead", "kent", Role.LEAD),
        ("deputy", "kent", Role.DEPUTY),
        ("cluster-lead", None, Role.CLUSTER_LEAD),
        ("communications", None, Role.COMMUNICATIONS),
        ("coordinator", None, Role.COORDINATOR),
    ],
)
def test_every_role_takes_effect(client: Client, role: str, region: str | None, wanted: Role) -> None:
    make_hub("kent")
    for each in (RoleGroup.Role.COMMUNICATIONS, RoleGroup.Role.COORDINATOR):
        role_group(each)
    cluster = make_cluster() if role == "cluster-lead" else None

    accept(client, invite(make_administrator(), role, region, cluster=cluster))

    assert roles_of(people().get()).held == {wanted}


@pytest.mark.parametrize(
    ("make", "may"),
    [
        (lambda: make_lead("kent"), {"editor"}),
        (lambda: make_coordinator(), {"editor", "lead", "deputy"}),
        (lambda: make_administrator(), {"editor", "lead", "deputy", "communications", "coordinator"}),
        (lambda: make_deputy("kent"), set()),
        (lambda: make_editor("kent"), set()),
        (lambda: make_lead("zeeland"), set()),
        (lambda: make_communicator(), set()),
        (lambda: make_user(), set()),
    ],
)
def test_nobody_gives_a_role_that_is_not_theirs_to_give(make: Any, may: set[str]) -> None:
    make_hub("kent")
    person = make()

    for role in ("editor", "lead", "deputy", "communications", "coordinator"):
        region = "kent" if role in ("editor", "lead", "deputy") else None
        if role in may:
            invite(person, role, region)
        else:
            with pytest.raises(NotAllowed):
                invite(person, role, region)
    assert set(Invitation.objects.values_list("role", flat=True)) == may


def test_a_link_works_once(client: Client) -> None:
    invitation = invite(make_lead("kent"))
    accept(client, invitation)

    again_told = accept(client, invitation, password="quite another phrase")

    assert again_told.status_code == 410 and "accepted already" in again_told.content.decode()
    assert "For a new one" not in again_told.content.decode()
    assert people().count() == 1 and people().get().check_password(NEW)


def test_a_link_that_is_withdrawn_too_old_or_cut_short_says_so_and_how_to_get_another(
    client: Client, clock: Any
) -> None:
    lead = make_lead("kent")
    withdrawn = invite(lead)
    WithdrawInvitationAction(invitation=withdrawn, actor=lead, now=NOW).run()
    old, cut = invite(lead, email="old@new.example"), invite(lead, email="cut@new.example")
    told = [client.get(path) for path in (path_of(withdrawn), path_of(cut)[:-9] + "/")]
    path = path_of(old)
    clock.shift(timedelta(days=14, seconds=1))
    told.append(client.get(path))

    for answer, word in zip(told, ("withdrawn", "not complete", "too old"), strict=True):
        page = answer.content.decode()
        assert answer.status_code == 410 and word in page and "For a new one" in page
    for each in (withdrawn, old, cut):
        accept(client, each)
    assert not people().exists() and not people("old@new.example").exists()


def test_a_link_made_for_something_else_invites_nobody(client: Client) -> None:
    invitation = invite(make_lead("kent"))
    token = links.sign("another purpose", invitation=invitation.pk)

    client.post(reverse("hub_invitation", args=[token]), {"name": "Eve", "language": "en", "password": NEW})

    assert not people().exists()


def test_who_holds_the_link_never_reaches_an_account_that_exists(client: Client) -> None:
    ada = make_user("ada", email=ADA.upper())
    invitation = invite(make_lead("kent"))
    stranger = make_user("eve")

    page = client.get(path_of(invitation)).content.decode()
    assert "Log in" in page and 'name="password"' not in page
    accept(client, invitation, password="stolen by a stranger")
    client.force_login(stranger)
    accept(client, invitation, password="stolen by a stranger")

    ada, invitation = again(ada), Invitation.objects.get()
    assert ada.check_password(PASSWORD) and not roles_of(ada).held and not roles_of(again(stranger)).held
    assert invitation.accepted_at is None


def test_who_has_an_account_accepts_it_logged_in_and_keeps_everything_of_it(client: Client) -> None:
    ada = make_user("ada", email=ADA)
    invitation = invite(make_lead("kent"))
    client.force_login(ada)

    assert "Accept" in client.get(path_of(invitation)).content.decode()
    accept(client, invitation, name="Somebody else", password="never this one")

    ada = again(ada)
    assert roles_of(ada).held == {Role.EDITOR}
    assert ada.check_password(PASSWORD) and ada.username == "ada" and people().count() == 1


@pytest.mark.parametrize("password", ["short", "password1234", "ada@new.example", "123456789012", ""])
def test_a_password_that_anybody_could_guess_makes_no_account(client: Client, password: str) -> None:
    answer = accept(client, invite(make_lead("kent")), password=password)

    assert answer.status_code == 400
    assert not people().exists()


def test_an_invitation_does_not_outlast_the_rights_of_whoever_sent_it(client: Client) -> None:
    lead = make_lead("kent")
    invitation = invite(lead)
    StandDownAction(
        term=LeadTerm.objects.get(), last_day=date(2026, 11, 23), actor=make_coordinator(), now=NOW
    ).run()

    answer = accept(client, invitation)

    assert "cannot do so any more" in answer.content.decode()
    assert not people().exists()


def test_a_role_that_cannot_be_taken_up_now_makes_no_account(client: Client) -> None:
    coordinator = make_coordinator()
    invitation = invite(coordinator, "deputy")
    make_deputy("kent")

    answer = accept(client, invitation)

    assert answer.status_code == 400 and "There is a deputy already" in answer.content.decode()
    assert not people().exists() and Invitation.objects.get().accepted_at is None


def test_a_deputy_can_be_replaced_by_somebody_who_is_still_invited(client: Client) -> None:
    lead, deputy = make_lead("kent"), make_deputy("kent")
    term = LeadTerm.objects.get(user=deputy)

    invitation = invite(lead, "deputy", replaces=term)
    assert roles_of(again(deputy)).held
    accept(client, invitation)

    assert roles_of(people().get()).held == {Role.DEPUTY}
    assert not roles_of(again(deputy)).held


def test_a_term_that_begins_later_begins_then(client: Client) -> None:
    make_hub("kent")
    accept(client, invite(make_coordinator(), "lead", from_date=date(2027, 1, 1), to_date=date(2027, 12, 31)))

    term = LeadTerm.objects.get()
    assert (term.from_date, term.to_date) == (date(2027, 1, 1), date(2027, 12, 31))
    assert not roles_of(people().get()).held


def test_the_same_person_is_invited_to_the_same_role_once_at_a_time() -> None:
    lead = make_lead("kent")
    first = invite(lead)

    with pytest.raises(InvitedTwice):
        invite(lead, email=ADA.title())
    WithdrawInvitationAction(invitation=first, actor=lead, now=NOW).run()
    invite(lead)

    assert Invitation.objects.count() == 2


def test_a_region_without_a_hub_has_no_editors() -> None:
    with pytest.raises(NoHub):
        invite(make_coordinator(), region="normandy")


def test_whoever_invited_hears_that_it_was_accepted(client: Client) -> None:
    lead = make_lead("kent", "lead-kent")
    make_lead("kent", "other-kent")

    accept(client, invite(lead))

    [mail] = OutgoingMail.objects.filter(kind="hub.invitation.accepted")
    assert mail.to == "lead-kent@people.example" and "Ada Byron" in mail.subject


def test_only_who_could_have_invited_withdraws() -> None:
    invitation = invite(make_lead("kent"))

    for person in (make_lead("zeeland"), make_deputy("kent"), make_editor("kent")):
        with pytest.raises(NotAllowed):
            WithdrawInvitationAction(invitation=invitation, actor=person, now=NOW).run()
    assert Invitation.objects.open(NOW).count() == 1


def test_a_lead_ends_the_work_of_an_editor_of_the_own_region_only() -> None:
    editor, hub, firm = make_editor("kent"), make_hub("kent"), make_firm(region="kent")

    for person in (make_lead("zeeland"), make_deputy("kent"), make_editor("kent")):
        with pytest.raises(NotAllowed):
            EndEditorAction(hub=hub, person=editor, actor=person, now=NOW).run()
    assert may_edit(again(editor), firm)
    EndEditorAction(hub=hub, person=editor, actor=make_lead("kent"), now=NOW).run()

    assert not may_edit(again(editor), firm)


@pytest.mark.parametrize("language", ["en", "fr", "nl"])
def test_the_mail_and_its_page_speak_the_language_of_whoever_is_invited(
    client: Client, language: str
) -> None:
    invitation = invite(make_lead("kent"), language=language)

    mail = OutgoingMail.objects.get(kind="hub.invitation.sent")
    page = client.get(path_of(invitation)).content.decode()

    with translation.override(language):
        assert translation.gettext("Editor") in mail.body
        assert translation.gettext("You are invited") in page
    assert f"/{language}/invitation/" in mail.body


def test_an_account_made_meanwhile_is_not_made_twice(client: Client) -> None:
    lead = make_lead("kent")
    first, second = invite(lead), invite(make_coordinator(), "lead")
    accept(client, first)

    answer = accept(client, second, password="the second password")

    assert answer.status_code in (200, 400)
    assert people().count() == 1 and people().get().check_password(NEW)


def test_what_robots_send_makes_no_account(client: Client) -> None:
    accept(client, invite(make_lead("kent")), headline="Buy now")

    assert not people().exists()


def test_an_office_refused_to_a_holder_is_refused_to_the_invited_too(client: Client) -> None:
    ada = make_user("ada", email=ADA)
    coordinator = make_coordinator()
    invitation = invite(coordinator, "lead")
    AppointLeadAction(
        holder=Holder(user=ada), region=make_region("kent"), from_date=NOW.date(), actor=coordinator, now=NOW
    ).run()
    client.force_login(ada)

    assert accept(client, invitation).status_code == 400
    assert LeadTerm.objects.count() == 1
    with pytest.raises(ActionRefused):
        links.read("invitation", "x", timedelta(days=1))
