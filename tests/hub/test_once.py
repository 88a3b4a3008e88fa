"""Owns the proof that what is sent twice is done once, and that nothing else is taken for it."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, WorkflowState

from cluster_pages.actions.set_up_hub import keep_workflow_of_firms
from directory.models import Firm
from hub.models import LeadTerm, SentForm
from tests.directory.admin import draft_of, filled, url
from tests.directory.builders import NOW, make_firm
from tests.directory.walls import browser_of
from tests.hub.people import make_administrator, make_editor, make_lead
from tests.hub.stewards import make_change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def firm() -> Firm:
    """A firm of Kent whose changes are looked over."""
    keep_workflow_of_firms()
    return make_firm("Before", published=True)


def send(client: Client, firm: Firm, token: str = "first", **told: str) -> Any:
    """Sends the form of a firm as it was shown once; each showing has another token."""
    form = filled(**{"name": "After", "csrfmiddlewaretoken": token} | told)
    return client.post(url("edit", firm.pk), form | {"action-publish": "1"})


def said(answer: Any) -> str:
    """What stands above the page to which an answer leads."""
    return " ".join(str(each) for each in getattr(get_messages(answer.wsgi_request), "_queued_messages", ()))


def versions(firm: Firm) -> int:
    """How many versions of a firm there are."""
    return int(firm.revisions.count())


def test_the_same_form_sent_again_is_done_once_and_leads_where_it_led(firm: Firm) -> None:
    lead, before = browser_of(make_lead("kent")), versions(firm)

    answers = [send(lead, firm) for _each in range(3)]

    assert versions(firm) == before + 1
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert ["twice" in said(answer) for answer in answers] == [False, True, True]


@pytest.mark.parametrize("another", [{"token": "second"}, {"name": "Other"}])
def test_a_form_that_was_shown_again_or_says_something_else_is_done(
    firm: Firm, another: dict[str, str]
) -> None:
    lead, before = browser_of(make_lead("kent")), versions(firm)

    send(lead, firm)
    send(lead, firm, **another)

    assert versions(firm) == before + 2


def test_somebody_else_and_somewhere_else_are_not_the_same(firm: Firm) -> None:
    lead, other, neighbour = browser_of(make_lead("kent")), browser_of(make_lead("kent")), make_firm("Beside")
    before = versions(firm), versions(neighbour)

    send(lead, firm), send(other, firm), send(lead, neighbour)

    assert (versions(firm), versions(neighbour)) == (before[0] + 2, before[1] + 1)


def test_a_form_with_a_mistake_shows_it_however_often_it_is_sent(firm: Firm) -> None:
    lead = browser_of(make_lead("kent"))

    answers = [send(lead, firm, name="") for _each in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert all("This field is required" in answer.content.decode() for answer in answers)


def test_a_form_that_was_refused_is_refused_however_often_it_is_sent(firm: Firm) -> None:
    """Also when it saved itself a moment before, and nobody has seen that answer."""
    lead, before = browser_of(make_lead("kent")), versions(firm)
    LeadTerm.objects.update(to_date=NOW.date() - timedelta(days=1))

    answers = [send(lead, firm) for _each in range(2)]

    assert versions(firm) == before
    assert ["has ended" in said(answer) for answer in answers] == [True, True]
    assert not any("twice" in said(answer) for answer in answers)


def test_a_form_that_saves_itself_and_is_refused_leaves_no_word_for_the_next_page(firm: Firm) -> None:
    lead = browser_of(make_lead("kent"))
    LeadTerm.objects.update(to_date=NOW.date() - timedelta(days=1))

    saved_itself = lead.post(
        url("edit", firm.pk),
        filled(name="After", csrfmiddlewaretoken="first"),
        HTTP_ACCEPT="application/json",
    )

    assert saved_itself.status_code == 302 and said(saved_itself) == ""
    assert "has ended" in said(send(lead, firm))


def test_what_was_sent_is_forgotten_after_some_minutes(firm: Firm, clock: Any) -> None:
    lead = browser_of(make_lead("kent"))
    send(lead, firm)
    clock.shift(timedelta(minutes=6))

    send(lead, firm, token="second")

    assert SentForm.objects.count() == 1


def test_a_lead_who_submits_a_firm_that_waits_adds_to_its_change(firm: Firm) -> None:
    lead, editor = browser_of(make_lead("kent")), browser_of(make_editor("kent"))
    submitted = {"action-submit": "1"}
    editor.post(url("edit", firm.pk), filled(name="The editor's", **submitted))

    answer = lead.post(url("edit", firm.pk), filled(name="The lead's", **submitted))

    assert "waits for approval already" in said(answer)
    assert draft_of(firm).name == "The lead's"
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_IN_PROGRESS


def test_whoever_submits_a_page_that_waits_adds_to_its_change() -> None:
    page = make_change("kent", by=make_editor("kent")).content_object
    form = {"title": "More", "slug": page.slug, "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}

    answer = browser_of(make_administrator()).post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), form | {"action-submit": "1"}
    )

    assert "waits for approval already" in said(answer)
    assert Page.objects.get(pk=page.pk).get_latest_revision_as_object().title == "More"
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_IN_PROGRESS
