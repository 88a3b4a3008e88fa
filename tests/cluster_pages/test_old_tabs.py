"""Owns the proof that a form which was opened long ago neither does what its sender may not do any more, nor
loses what anybody wrote."""

import html
import logging
import re
from typing import Any

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision, WorkflowState

from cluster_pages.models import HubSectionPage
from hub.actions import SYSTEM
from hub.actions.leads import Holder, ReplaceLeadAction, StandDownAction
from hub.models import LeadTerm, RegionalHub
from tests.cluster_pages.builders import below, make_site, provision
from tests.directory.builders import NOW
from tests.directory.walls import browser_of
from tests.hub.people import make_deputy, make_editor, make_lead, make_user
from tests.hub.stewards import speak
from tests.once import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

ACTIONS = ["", "action-publish", "action-submit"]
HIDDEN = re.compile(r'<input type="hidden" name="(loaded_revision_\w+|decided)" value="([^"]*)"')


def make_hub_of_kent() -> None:
    with time_machine.travel(NOW, tick=False):  # as in the tests: no version is newer than theirs
        make_site(["home", "regions"])
        below(provision("kent"), HubSectionPage(title="Before"))


made_hub = made_once(make_hub_of_kent)


@pytest.fixture
def page(made_hub: None) -> HubSectionPage:
    """A page of Kent's hub whose changes are looked over."""
    return HubSectionPage.objects.get()


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> pytest.LogCaptureFixture:
    monkeypatch.setattr(logging.getLogger("hub"), "propagate", True)
    caplog.set_level(logging.INFO, logger="hub.refused")
    return caplog


class Tab:
    """A form of a page that somebody has open, as it was when it was opened."""

    def __init__(self, person: Any, page: HubSectionPage) -> None:
        self.client: Client = browser_of(person)
        self.url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        shown = self.client.get(self.url)
        assert shown.status_code == 200
        self.opened_with = dict(HIDDEN.findall(shown.content.decode()))
        assert self.opened_with
        self.slug = page.slug

    def send(self, title: str = "After", action: str = "", **more: Any) -> Any:
        comments = {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0, "body-count": 0}
        form = {"title": title, "slug": self.slug, **comments, **self.opened_with, **more}
        return self.client.post(self.url, form | ({action: "1"} if action else {}))


def above(answer: Any) -> str:
    """What stands above the screen to which an answer leads, or which it is."""
    if answer.status_code == 200:
        return html.unescape(answer.content.decode())
    said = getattr(get_messages(answer.wsgi_request), "_queued_messages", ())
    return " ".join(html.unescape(str(each)) for each in said)


def versions(page: HubSectionPage) -> tuple[str, str, int]:
    """The public title, that of the draft, and how many versions there are."""
    page = HubSectionPage.objects.get(pk=page.pk)
    draft = page.get_latest_revision_as_object()
    return page.title, draft.title, page.revisions.count()


def replaced(lead: Any) -> None:
    ReplaceLeadAction(
        term=LeadTerm.objects.get(user=lead),
        holder=Holder(user=make_user()),
        from_date=NOW.date(),
        actor=SYSTEM,
        now=NOW,
    ).run()


def stood_down(lead: Any) -> None:
    term = LeadTerm.objects.get(user=lead)
    StandDownAction(term=term, last_day=LeadTerm.objects.get().from_date, actor=SYSTEM, now=NOW).run()


def out_of_the_group(editor: Any) -> None:
    RegionalHub.objects.get().editors_group.user_set.remove(editor)


LOSSES = {
    "replaced lead": (make_lead, replaced),
    "replaced deputy": (make_deputy, replaced),
    "lead who stood down": (make_lead, stood_down),
    "editor out of the group": (make_editor, out_of_the_group),
}


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("loss", LOSSES)
def test_the_open_form_of_who_lost_the_role_changes_nothing_and_says_so(
    page: HubSectionPage, loss: str, action: str, lines: pytest.LogCaptureFixture
) -> None:
    make, lose = LOSSES[loss]
    person = make("kent")
    tab, before = Tab(person, page), versions(page)
    lose(person)

    answer = tab.send(action=action)

    assert versions(page) == before and not WorkflowState.objects.exists()
    assert "Nothing was changed" in above(answer)
    assert [vars(line)["action"] for line in lines.records] == ["wagtailadmin_pages:edit"]


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "Rien n’a été modifié"), ("nl", "Er is niets gewijzigd")]
)
def test_it_is_said_in_the_language_of_who_reads_it(page: HubSectionPage, language: str, said: str) -> None:
    lead = speak(make_lead("kent"), language)
    tab = Tab(lead, page)
    replaced(lead)

    assert said in above(tab.send(action="action-publish"))


def test_who_leads_elsewhere_still_reads_that_this_is_not_for_them(page: HubSectionPage) -> None:
    lead = make_lead("kent")
    make_editor("zeeland")
    RegionalHub.objects.get(region__slug="zeeland").editors_group.user_set.add(lead)
    tab, before = Tab(lead, page), versions(page)
    replaced(lead)

    answer = tab.send(action="action-publish")

    assert versions(page) == before
    assert "belongs to another region" in above(answer)


def test_a_lead_who_only_edits_now_keeps_the_text_and_publishes_nothing(
    page: HubSectionPage, lines: pytest.LogCaptureFixture
) -> None:
    lead = make_lead("kent")
    RegionalHub.objects.get().editors_group.user_set.add(lead)
    tab = Tab(lead, page)
    replaced(lead)

    answer = tab.send(action="action-publish")

    assert versions(page)[:2] == ("Before", "After")
    assert "You may not publish this any more." in above(answer)
    assert [vars(line)["reason"] for line in lines.records] == ["NotAllowed"]


@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
def test_whoever_sends_a_form_that_was_overtaken_keeps_a_draft_and_the_public_sees_the_other(
    page: HubSectionPage, action: str
) -> None:
    old, other = Tab(make_lead("kent"), page), Tab(make_deputy("kent", "bob-cole"), page)
    other.send("The other's", action="action-publish")
    public = page.revisions.latest("pk")

    answer = old.send("Mine", action=action)

    assert versions(page)[:2] == ("The other's", "Mine")
    assert not WorkflowState.objects.exists()
    assert "Bob Cole saved another version" in above(answer) and "kept as a draft" in above(answer)
    assert reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, public.pk, "latest"]) in above(
        answer
    )
    assert Revision.objects.get(pk=public.pk).content["title"] == "The other's"


def test_having_read_both_they_publish_with_the_second_click(page: HubSectionPage) -> None:
    lead = make_lead("kent")
    old = Tab(lead, page)
    Tab(make_deputy("kent"), page).send("The other's", action="action-publish")
    old.send("Mine", action="action-publish")

    Tab(lead, page).send("Of both", action="action-publish")

    assert versions(page)[:2] == ("Of both", "Of both")


def test_a_draft_over_a_draft_says_whose_is_in_the_history(page: HubSectionPage) -> None:
    old, other = Tab(make_editor("kent"), page), Tab(make_editor("kent", "eve-dunn"), page)
    other.send("The other's")

    answer = old.send("Mine")

    assert versions(page) == ("Before", "Mine", 3)
    assert "Eve Dunn saved another version" in above(answer)


def test_what_saves_itself_does_not_go_over_a_newer_version(page: HubSectionPage) -> None:
    old, other = Tab(make_lead("kent"), page), Tab(make_deputy("kent"), page)
    other.send("The other's")
    before = versions(page)

    answer = old.client.post(
        old.url,
        {"title": "Mine", "slug": page.slug, **old.opened_with},
        headers={"accept": "application/json"},
    )

    assert versions(page) == before
    assert answer.json()["error_code"] == "invalid_revision"


def test_who_went_on_from_what_was_saved_by_itself_is_not_behind(page: HubSectionPage) -> None:
    tab = Tab(make_lead("kent"), page)
    tab.send("Mine")

    tab.send("Mine, too", "action-publish", overwrite_revision_id=page.revisions.latest("pk").pk)

    assert versions(page)[:2] == ("Mine, too", "Mine, too")


def test_a_form_that_was_overtaken_and_has_a_mistake_stays_open_with_its_text(page: HubSectionPage) -> None:
    old, other = Tab(make_lead("kent"), page), Tab(make_deputy("kent"), page)
    other.send("The other's")
    before = versions(page)

    answer = old.send("", action="action-publish", introduction="My long text")

    assert versions(page) == before
    assert "not saved yet" in above(answer) and "My long text" in above(answer)


def decide(person: Any, page: HubSectionPage, action: str = "approve") -> tuple[Client, str, dict[str, str]]:
    """The answer below a comparison that somebody has open: browser, address and form."""
    client = browser_of(person)
    shown = client.get(reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", "latest"]))
    state = HubSectionPage.objects.get(pk=page.pk).current_workflow_task_state
    assert state is not None
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    assert url in shown.content.decode()
    return client, url, dict(HIDDEN.findall(shown.content.decode()))


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_nobody_decides_about_what_was_changed_since_they_read_it(page: HubSectionPage, action: str) -> None:
    lead, deputy = make_lead("kent"), make_deputy("kent", "bob-cole")
    Tab(make_editor("kent"), page).send("The editor's", action="action-submit")
    client, url, read = decide(lead, page, action)
    Tab(deputy, page).send("The deputy's")

    answer = client.post(url, {**read, "comment": "Why not."})

    assert versions(page)[:2] == ("Before", "The deputy's")
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_IN_PROGRESS
    assert "Bob Cole saved another version" in above(answer) and "Nothing was decided" in above(answer)


def test_what_a_deputy_added_to_a_change_that_waits_is_answered_below_what_is_new(
    page: HubSectionPage,
) -> None:
    Tab(make_editor("kent"), page).send("The editor's", action="action-submit")
    Tab(make_deputy("kent"), page).send("The deputy's")

    client, url, read = decide(make_lead("kent"), page)
    client.post(url, read)

    assert versions(page)[:2] == ("The deputy's", "The deputy's")
