"""Owns the proof that two people who change one firm at a time lose nothing, and publish nothing unread."""

import html
import re
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import WorkflowState

from cluster_pages.actions.set_up_hub import keep_workflow_of_firms
from directory.models import Firm
from tests.directory.admin import NAMESPACE, draft_of, filled, url
from tests.directory.builders import make_firm
from tests.directory.walls import browser_of
from tests.hub.people import make_deputy, make_editor, make_lead

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

HIDDEN = re.compile(r'<input type="hidden" name="(loaded_revision_\w+|decided)" value="([^"]*)"')


@pytest.fixture
def firm() -> Firm:
    """A firm of Kent whose changes are looked over."""
    keep_workflow_of_firms()
    return make_firm("Before", published=True)


def opened(person: Any, firm: Firm) -> Any:
    """Sends the form of a firm as it is shown now, whenever it is sent."""
    client = browser_of(person)
    shown = dict(HIDDEN.findall(client.get(url("edit", firm.pk)).content.decode()))
    assert shown

    def send(name: str, action: str = "action-publish") -> str:
        answer = client.post(url("edit", firm.pk), filled(name=name) | shown | {action: "1"})
        said = getattr(get_messages(answer.wsgi_request), "_queued_messages", ())
        return " ".join(html.unescape(str(each)) for each in said)

    return send


def test_a_form_that_was_overtaken_is_kept_as_a_draft(firm: Firm) -> None:
    mine, others = opened(make_lead("kent"), firm), opened(make_deputy("kent", "bob-cole"), firm)
    others("The other's")

    said = mine("Mine")

    firm.refresh_from_db()
    assert (firm.name, draft_of(firm).name) == ("The other's", "Mine")
    assert "Bob Cole saved another version" in said and "/history/compare/" in said.replace(
        "revisions", "history"
    )


def test_a_change_that_was_overtaken_is_not_submitted(firm: Firm) -> None:
    mine, others = opened(make_editor("kent"), firm), opened(make_lead("kent"), firm)
    others("The other's")

    mine("Mine", "action-submit")

    assert draft_of(firm).name == "Mine" and not WorkflowState.objects.exists()


def test_an_editor_who_asks_to_publish_is_told_that_it_is_a_draft(firm: Firm) -> None:
    said = opened(make_editor("kent"), firm)("Mine")

    firm.refresh_from_db()
    assert (firm.name, draft_of(firm).name) == ("Before", "Mine")
    assert "You may not publish this" in said


def test_nobody_approves_what_was_changed_since_they_read_it(firm: Firm) -> None:
    lead = browser_of(make_lead("kent"))
    opened(make_editor("kent"), firm)("The editor's", "action-submit")
    shown = lead.get(reverse(f"{NAMESPACE}:revisions_compare", args=[firm.pk, "live", "latest"]))
    read = dict(HIDDEN.findall(shown.content.decode()))
    opened(make_deputy("kent"), firm)("The deputy's", "action-save")
    state = Firm.objects.get(pk=firm.pk).current_workflow_task_state
    assert state is not None
    approve = reverse(f"{NAMESPACE}:workflow_action", args=[firm.pk, "approve", state.pk])

    answer = lead.post(approve, read)

    firm.refresh_from_db()
    assert firm.name == "Before" and answer.headers["Location"].endswith("/live...latest/")
    again = dict(HIDDEN.findall(lead.get(answer.headers["Location"]).content.decode()))
    lead.post(approve, again)
    firm.refresh_from_db()
    assert firm.name == "The deputy's"
