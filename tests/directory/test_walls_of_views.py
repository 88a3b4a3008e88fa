"""Owns that no view of Wagtail's own shows or changes a firm of another region."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models import Model
from django.urls import URLPattern, reverse
from wagtail.models import ModelLogEntry, Revision, TaskState

from directory.models import Firm, FirmProfile
from directory.viewsets import FirmViewSet
from hub.approval import keep_task
from tests.directory.admin import filled, url
from tests.directory.builders import make_firm, make_region
from tests.directory.walls import browser_of
from tests.hub.people import (
    again,
    make_administrator,
    make_cluster_lead,
    make_communicator,
    make_coordinator,
    make_editor,
    make_ended_lead,
    make_hub,
    make_lead,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SECRET = "zqdraftcanary"
# What each pattern of the viewset is asked with, beside the firm itself.
PARTS = {"action_name": "approve"}


def firm_with_draft(region: str = "east-flanders", *, live: bool = True) -> Firm:
    """A firm with a draft that nobody outside its region may read, in the approval of its region."""
    firm = make_firm(f"Brasserie {region}", region=region, texts={"en": "As it is."}, live=live)
    firm.profiles.set([FirmProfile(language="en", description=SECRET)])
    firm.save_revision()
    firm.refresh_from_db()
    return firm


def submit(firm: Firm, editor: Any) -> TaskState:
    """The firm's draft waits for approval."""
    make_hub(firm.region or "kent")
    workflow = make_hub(make_region("kent")).workflow
    keep_task(workflow)
    workflow.start(firm, editor)
    return Firm.objects.get(pk=firm.pk).current_workflow_task_state


def rows() -> dict[str, list[Any]]:
    """Everything that a view could have changed."""
    models: list[type[Model]] = [Firm, FirmProfile, Revision, ModelLogEntry, TaskState]
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}


def patterns() -> Iterator[URLPattern]:
    """Every address of the firm's viewset that is about one firm."""
    for pattern in FirmViewSet().get_urlpatterns():
        if "pk" in pattern.pattern.converters:
            yield pattern


def address(pattern: URLPattern, firm: Firm, state: TaskState) -> str:
    """Where the pattern leads for a firm, with whatever else it asks for being of the same firm."""
    parts: dict[str, Any] = {}
    for name, converter in pattern.pattern.converters.items():
        known = {
            "pk": firm.pk,
            "revision_id": firm.latest_revision_id,
            "revision_id_a": "live",
            "revision_id_b": firm.latest_revision_id,
            "workflow_state_id": state.workflow_state_id,
            "task_state_id": state.pk,
            "task_id": state.task_id,
            **PARTS,
        }
        parts[name] = known.get(name, 1)
        assert converter
    return reverse(f"{FirmViewSet().url_namespace}:{pattern.name}", kwargs=parts)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", sorted({str(pattern.name) for pattern in patterns()}))
def test_a_lead_neither_sees_nor_changes_a_firm_of_another_region(name: str, method: str) -> None:
    firm = firm_with_draft()
    state = submit(firm, make_editor("east-flanders"))
    client = browser_of(make_lead("kent"))
    before = rows()

    for pattern in (each for each in patterns() if each.name == name):
        answer = getattr(client, method)(address(pattern, firm, state), filled(name="Taken over"))
        body = answer.content.decode()
        assert SECRET not in body
        assert firm.name not in body

    assert rows() == before


@pytest.mark.parametrize(
    "make", [make_user, make_ended_lead, make_cluster_lead, make_communicator], ids=lambda make: make.__name__
)
def test_whoever_has_no_region_sees_no_firm(make: Any) -> None:
    firm = firm_with_draft("kent")
    client = browser_of(make())

    for name in ("edit", "history", "preview_on_edit", "usage", "delete"):
        assert SECRET not in client.get(url(name, firm.pk)).content.decode()
    assert firm.name not in client.get(url("list")).content.decode()


def test_the_list_shows_what_is_in_reach() -> None:
    own, other = make_firm("Own firm"), make_firm("Foreign firm", region="east-flanders", live=False)

    body = browser_of(make_lead("kent")).get(url("list")).content.decode()
    assert own.name in body
    assert other.name not in body
    assert other.name in browser_of(make_coordinator()).get(url("list")).content.decode()


def test_a_lead_of_a_region_edits_and_publishes_its_firm() -> None:
    firm = make_firm(region="kent", texts={"en": "As it is."})

    browser_of(make_lead("kent")).post(
        url("edit", firm.pk), filled(name="Better name", **{"action-publish": "yes"})
    )

    firm.refresh_from_db()
    assert firm.name == "Better name"


def test_an_editor_saves_a_draft_and_never_publishes() -> None:
    firm = make_firm("As it was", region="kent", texts={"en": "As it is."})
    client = browser_of(make_editor("kent"))

    client.post(url("edit", firm.pk), filled(name="Proposed", **{"action-publish": "yes"}))
    client.post(url("unpublish", firm.pk))

    firm.refresh_from_db()
    assert (firm.name, firm.live) == ("As it was", True)
    client.post(url("edit", firm.pk), filled(name="Proposed"))
    assert Firm.objects.get(pk=firm.pk).get_latest_revision_as_object().name == "Proposed"


def test_an_editor_does_not_publish_by_a_date() -> None:
    firm = make_firm("As it was", region="kent", texts={"en": "As it is."})

    browser_of(make_editor("kent")).post(
        url("edit", firm.pk), filled(name="Timed", go_live_at="2026-11-25 10:00", **{"action-publish": "yes"})
    )

    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_the_form_offers_to_publish_to_those_who_may() -> None:
    firm = make_firm(region="kent")

    assert "action-publish" in browser_of(make_lead("kent")).get(url("edit", firm.pk)).content.decode()
    assert "action-publish" not in browser_of(make_editor("kent")).get(url("edit", firm.pk)).content.decode()


def test_an_administrator_is_offered_to_publish_once() -> None:
    body = browser_of(make_administrator()).get(url("edit", make_firm().pk)).content.decode()

    assert body.count('name="action-publish"') == 1


def test_several_at_once_reach_only_own_firms() -> None:
    own, other = make_firm("Own firm"), make_firm("Foreign firm", region="east-flanders")
    client = browser_of(make_lead("kent"))
    bulk = reverse("wagtail_bulk_action", args=["directory", "firm", "delete"])

    body = client.get(bulk, {"id": [own.pk, other.pk]}).content.decode()
    assert other.name not in body
    client.post(f"{bulk}?id={own.pk}&id={other.pk}")
    client.post(f"{bulk}?id=all")

    assert list(Firm.objects.all()) == [other]


def test_an_editor_deletes_nothing_at_once() -> None:
    firm = make_firm(region="kent")
    bulk = reverse("wagtail_bulk_action", args=["directory", "firm", "delete"])

    browser_of(make_editor("kent")).post(f"{bulk}?id={firm.pk}")

    assert Firm.objects.filter(pk=firm.pk).exists()


def test_the_chooser_offers_what_is_in_reach() -> None:
    own, other = make_firm("Own firm"), make_firm("Foreign firm", region="east-flanders")
    client = browser_of(make_lead("kent"))
    names = [
        reverse(f"wagtailsnippetchoosers_directory_firm:{name}") for name in ("choose", "choose_results")
    ]

    for name in names:
        body = client.get(name).content.decode()
        assert own.name in body
        assert other.name not in body
    chosen = reverse("wagtailsnippetchoosers_directory_firm:chosen", args=[other.pk])
    assert other.name not in client.get(chosen).content.decode()
    several = reverse("wagtailsnippetchoosers_directory_firm:chosen_multiple")
    assert other.name not in client.get(several, {"id": [other.pk]}).content.decode()


def test_a_change_elsewhere_is_not_approved_through_an_own_firm() -> None:
    own, other = firm_with_draft("kent"), firm_with_draft("east-flanders")
    lead = make_lead("kent")
    submit(own, make_editor("kent"))
    foreign = submit(other, make_editor("east-flanders"))

    browser_of(lead).post(url("workflow_action", own.pk, "approve", foreign.pk))

    assert Firm.objects.get(pk=other.pk).profiles.get().description == "As it is."
    assert TaskState.objects.get(pk=foreign.pk).status == TaskState.STATUS_IN_PROGRESS


def test_a_lead_approves_what_an_editor_submitted() -> None:
    firm = firm_with_draft("kent")
    state = submit(firm, make_editor("kent"))

    browser_of(make_lead("kent")).post(url("workflow_action", firm.pk, "approve", state.pk))

    assert Firm.objects.get(pk=firm.pk).profiles.get().description == SECRET


def test_an_editor_does_not_approve_the_own_change() -> None:
    firm, editor = firm_with_draft("kent"), make_editor("kent")
    state = submit(firm, editor)

    browser_of(again(editor)).post(url("workflow_action", firm.pk, "approve", state.pk))

    assert Firm.objects.get(pk=firm.pk).profiles.get().description != SECRET


@pytest.mark.parametrize("namespace", ["directory_sector", "directory_capability"])
def test_vocabularies_are_for_coordinators(namespace: str) -> None:
    place = reverse(f"wagtailsnippets_{namespace}:add")

    assert browser_of(make_coordinator()).get(place).status_code == 200
    assert 'name="slug"' not in browser_of(make_lead()).get(place).content.decode()


@pytest.mark.parametrize("namespace", ["hub_region", "hub_cluster"])
def test_the_ground_is_for_administrators(namespace: str) -> None:
    place = reverse(f"wagtailsnippets_{namespace}:add")

    assert browser_of(make_administrator()).get(place).status_code == 200
    assert 'name="slug"' not in browser_of(make_coordinator()).get(place).content.decode()


def test_an_editor_reads_who_has_the_change_and_why_it_came_back() -> None:
    firm, editor, lead = firm_with_draft("kent"), make_editor("kent"), make_lead("kent", "ada-lead")
    state = submit(firm, editor)
    assert "It is with: Ada Lead" in " ".join(
        browser_of(editor).get(url("edit", firm.pk)).content.decode().split()
    )
    assert "See it field by field" in browser_of(lead).get(url("edit", firm.pk)).content.decode()

    answer = {"comment": "Say which year."}
    browser_of(lead).post(url("workflow_action", firm.pk, "reject", state.pk), answer)

    body = browser_of(again(editor)).get(url("edit", firm.pk)).content.decode()
    assert "Say which year." in body
    assert "Ada Lead has returned this change" in body
