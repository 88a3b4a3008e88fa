"""Owns the proof of what editors and leads are told and offered where they edit the pages of their hub."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail.rich_text import RichText

from cluster_pages.models import HubSectionPage, RegionalHubPage
from hub.models import RegionalHub
from hub.permissions import may_publish
from tests.cluster_pages.builders import below, make_site, provision
from tests.hub import people
from tests.hub.people import again
from tests.once import made_once

pytestmark = pytest.mark.django_db


def make_hub_of_kent() -> None:
    make_site(["home", "regions"])
    provision("kent")


made_hub = made_once(make_hub_of_kent)


@pytest.fixture
def kent(made_hub: None) -> RegionalHubPage:
    return RegionalHubPage.objects.get()


def as_person(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def edit(user: Any, page: Page) -> str:
    return as_person(user).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


def submit(user: Any, page: Any) -> None:
    page.title = "Changed by the editor"
    page.save_revision(user=user)
    page.get_workflow().start(page, user)


def test_an_editor_reads_who_has_the_change_and_the_lead_approves_it(kent: Any) -> None:
    lead, editor = people.make_lead("kent", "ann-baker"), people.make_editor("kent", "eve-dunn")
    submit(editor, kent)

    assert "this change waits for: Ann Baker" in edit(editor, kent)
    mine = edit(lead, kent)
    assert "this change waits for you." in mine and "See it field by field" in mine
    assert "Approve and Publish" in mine
    state = kent.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[kent.pk, "approve", state.pk])
    as_person(editor).post(url)
    kent.refresh_from_db()
    assert kent.title == "Kent"
    as_person(lead).post(url)
    kent.refresh_from_db()
    assert kent.title == "Changed by the editor"


def test_a_returned_change_tells_the_editor_why(kent: Any) -> None:
    lead, editor = people.make_lead("kent", "ann-baker"), people.make_editor("kent")
    submit(editor, kent)
    state = kent.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[kent.pk, "reject", state.pk])

    as_person(lead).post(url, {"comment": ""})
    kent.refresh_from_db()
    assert kent.workflow_in_progress, "nothing goes back without a reason"
    as_person(lead).post(url, {"comment": "The date is wrong."})

    assert "Ann Baker has returned this change: The date is wrong." in edit(editor, kent)


def test_a_lead_of_elsewhere_approves_nothing(kent: Any) -> None:
    provision("zeeland")
    editor, other = people.make_editor("kent"), people.make_lead("zeeland")
    submit(editor, kent)
    state = kent.current_workflow_task_state

    for action in ("approve", "reject"):
        url = reverse("wagtailadmin_pages:workflow_action", args=[kent.pk, action, state.pk])
        as_person(other).post(url, {"comment": "Taken."})

    kent.refresh_from_db()
    assert kent.title == "Kent" and kent.workflow_in_progress


def test_an_overdue_hub_is_confirmed_with_one_click_by_its_lead(kent: Any) -> None:
    RegionalHub.objects.update(review_due_date=date(2026, 1, 1))
    lead, editor = people.make_lead("kent", "ann-baker"), people.make_editor("kent")
    hub, before = RegionalHub.objects.get(), kent.latest_revision_id
    url = reverse("cluster_pages_review_hub", args=[hub.pk])

    assert "should have been looked through" in edit(editor, kent)
    assert "It is still right" not in edit(editor, kent)
    assert "It is still right" in edit(lead, kent)
    as_person(editor).post(url)
    assert not hub.reviews.exists()
    as_person(lead).post(url)

    assert hub.reviews.get().by_name == "Ann Baker"
    kent.refresh_from_db()
    assert kent.latest_revision_id == before
    assert "should have been looked through" not in edit(lead, kent)


def test_a_hub_is_reviewed_on_its_page_in_the_home_language_only(kent: Any) -> None:
    RegionalHub.objects.update(review_due_date=date(2026, 1, 1))
    lead = people.make_lead("kent")
    french = kent.copy_for_translation(Locale.objects.get(language_code="fr"))

    shown = edit(lead, french)

    assert "should have been looked through" not in shown and "Still right?" not in shown


@pytest.mark.parametrize("who", [lambda: people.make_lead("zeeland"), lambda: people.make_ended_lead("kent")])
def test_nobody_of_elsewhere_says_that_a_hub_is_right(kent: Any, who: Any) -> None:
    hub, client = RegionalHub.objects.get(region__slug="kent"), as_person(who())
    url = reverse("cluster_pages_review_hub", args=[hub.pk])

    client.get(url)
    client.post(url)

    assert not hub.reviews.exists()


def test_a_lead_translates_the_page_of_the_hub_and_publishes_the_translation(kent: Any) -> None:
    lead = people.make_lead("kent")
    french = Locale.objects.get(language_code="fr")
    url = reverse("simple_translation:submit_page_translation", args=[kent.pk])
    assert "Translate" in edit(lead, kent)

    as_person(lead).post(url, {"locales": [french.pk]})

    page = kent.get_translation(french)
    assert not page.live and page.get_parent().locale == french
    assert may_publish(again(lead), page) and page.get_workflow() == RegionalHub.objects.get().workflow
    assert not may_publish(again(people.make_lead("zeeland")), page)
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_page_is_translated_without_those_below_it_whatever_is_sent(kent: Any) -> None:
    lead, french = people.make_lead("kent"), Locale.objects.get(language_code="fr")
    below(kent, HubSectionPage(title="Meet us"))
    url = reverse("simple_translation:submit_page_translation", args=[kent.pk])
    assert "Include subtree" not in as_person(lead).get(url).content.decode()

    as_person(lead).post(url, {"locales": [french.pk], "include_subtree": "on"})

    page = kent.get_translation(french)
    assert page.numchild == 0 and not page.get_descendants().exists()
    assert Page.find_problems() == ([], [], [], [], [])


def test_an_editor_of_a_translation_is_told_that_the_original_has_changed(kent: Any) -> None:
    lead = people.make_lead("kent")
    french = kent.copy_for_translation(Locale.objects.get(language_code="fr"))
    french.save_revision().publish()
    assert "The original has changed" not in edit(lead, french)

    kent.save_revision().publish()

    assert "The original has changed" in edit(lead, french)


def test_the_region_of_a_hub_is_not_changed_by_its_form_and_no_form_makes_a_hub(kent: Any) -> None:
    """Groups and rights follow from it."""
    assert "region" not in kent.get_edit_handler().get_form_class()(instance=kent).fields
    assert type(kent) not in type(kent.get_parent().specific).creatable_subpage_models()


def compared(user: Any, page: Page, newest: str = "latest") -> str:
    url = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", newest])
    return as_person(user).get(url).content.decode()


def test_the_lead_is_led_to_what_is_new_and_answers_below_it(kent: Any) -> None:
    lead, editor = people.make_lead("kent"), people.make_editor("kent")
    submit(editor, kent)
    assert "See it field by field" in edit(lead, kent) and "See it field by field" not in edit(editor, kent)
    state = kent.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[kent.pk, "approve", state.pk])
    assert url in compared(lead, kent) and "Your answer" not in compared(editor, kent)

    answer = as_person(lead).post(url, {"next": reverse("wagtailadmin_home")}, follow=True)

    assert "Approved. The public sees it now." in answer.content.decode()
    assert "Your answer" not in compared(lead, kent)


def test_texts_are_compared_line_by_line_and_nothing_in_them_is_taken_for_code(kent: Any) -> None:
    lead, editor = people.make_lead("kent"), people.make_editor("kent")
    kent.body = [("text", RichText("<h2>Where we meet</h2><p>At the <b>quay</b>.</p><p>On Friday.</p>"))]
    kent.save_revision().publish()
    kent.body = [
        ("text", RichText("<h2>Where we meet</h2><p>At the <b>pier</b>.</p><p>&lt;i&gt; On Friday.</p>")),
        ("callout", {"title": "", "text": RichText("<ul><li>Bring ID</li><li>and a coat</li></ul>")}),
    ]
    submit(editor, kent)

    seen = compared(lead, kent)

    assert "Where we meet<br>At the " in seen and "Bring ID<br>and a coat" in seen
    assert "&lt;i" in seen and "<i> On Friday" not in seen


def test_no_answer_stands_below_an_older_version(kent: Any) -> None:
    lead, editor = people.make_lead("kent"), people.make_editor("kent")
    older = kent.latest_revision
    submit(editor, kent)

    assert "Your answer" not in compared(lead, kent, str(older.pk))
    assert "Your answer" in compared(lead, kent, str(kent.latest_revision.pk))


def test_what_is_returned_below_the_comparison_says_so_and_needs_a_reason(kent: Any) -> None:
    lead, editor = people.make_lead("kent", "ann-baker"), people.make_editor("kent")
    submit(editor, kent)
    state = kent.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[kent.pk, "reject", state.pk])
    as_person(lead).post(url, {"comment": ""})
    state.refresh_from_db()
    assert state.status == state.STATUS_IN_PROGRESS

    answer = as_person(lead).post(url, {"comment": "Too long."}, follow=True)

    assert "Returned. Its editor reads your reason." in answer.content.decode()
    assert "Ann Baker has returned this change: Too long." in edit(editor, kent)
