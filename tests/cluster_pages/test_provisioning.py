"""Owns the proof that a region gets its hub whole, and that a second run mends it and changes no more."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    PageLogEntry,
    Workflow,
    WorkflowPage,
)

from cluster_pages.actions.provision_region import ProvisionRegionAction, ProvisionRoleRightsAction
from cluster_pages.models import RegionalHubPage
from hub.actions import SYSTEM, NotAllowed
from hub.models import RegionalHub, RoleGroup
from tests.cluster_pages.builders import make_site, provision
from tests.directory.builders import make_region
from tests.hub import people
from tests.hub.people import again
from tests.once import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("made_pages")]

PAGES = ("home", "regions", "clusters", "cluster_food-drink", "cluster_mechatronics")
made_pages = made_once(lambda: make_site(PAGES))


def rows() -> dict[str, int]:
    models: list[Any] = [
        *(Page, Group, Collection, Workflow, WorkflowPage, RegionalHub, PageLogEntry),
        *(GroupPagePermission, GroupCollectionPermission),
    ]
    return {model.__name__: model.objects.count() for model in models}


def test_a_region_gets_a_page_a_collection_two_groups_and_a_workflow() -> None:
    page = provision("east-flanders")

    hub = RegionalHub.objects.get()
    assert (page.live, page.language, page.title) == (True, "nl", "East Flanders")
    assert page.get_url() == "/nl/regios/east-flanders/"
    assert {hub.leads_group.name, hub.editors_group.name} == {
        "Leads of East Flanders",
        "Editors of East Flanders",
    }
    assert page.get_workflow() == hub.workflow
    assert hub.collection.name == "East Flanders"


def test_leads_publish_there_and_editors_do_not() -> None:
    page, elsewhere = provision("east-flanders"), provision("kent")
    lead, editor = people.make_lead("east-flanders"), people.make_editor("east-flanders")

    may = {who: page.permissions_for_user(again(who)) for who in (lead, editor)}

    assert [may[who].can_edit() for who in (lead, editor)] == [True, True]
    assert [may[who].can_publish() for who in (lead, editor)] == [True, False]
    assert [may[who].can_unpublish() for who in (lead, editor)] == [True, False]
    assert [may[who].can_lock() for who in (lead, editor)] == [True, False]
    assert not elsewhere.permissions_for_user(again(lead)).can_edit()


def test_the_page_of_a_hub_is_deleted_and_moved_by_coordinators_only() -> None:
    page = provision("kent")
    ProvisionRoleRightsAction(actor=SYSTEM, now=timezone.now()).run()

    may = {
        kind: page.permissions_for_user(again(make()))
        for kind, make in (
            ("lead", lambda: people.make_lead("kent")),
            ("coordinator", people.make_coordinator),
        )
    }

    assert {kind: (each.can_delete(), each.can_move()) for kind, each in may.items()} == {
        "lead": (False, False),
        "coordinator": (True, True),
    }


def test_a_second_run_changes_nothing() -> None:
    provision("kent")
    before = rows()

    provision("kent")

    assert rows() == before


def test_a_second_run_mends_what_is_missing_and_leaves_what_somebody_wrote() -> None:
    page, hub = provision("kent"), RegionalHub.objects.get()
    before = rows()
    page.introduction = "Ours."
    page.save_revision().publish()
    hub.leads_group.permissions.clear()
    GroupPagePermission.objects.filter(group=hub.leads_group, permission__codename="publish_page").delete()
    GroupCollectionPermission.objects.filter(group=hub.editors_group).delete()
    WorkflowPage.objects.filter(page=page).delete()
    hub.workflow.workflow_tasks.all().delete()

    again_page = provision("kent")

    assert again_page.pk == page.pk and again_page.introduction == "Ours."
    assert {**rows(), "PageLogEntry": 0} == {**before, "PageLogEntry": 0}
    assert hub.leads_group.permissions.filter(codename="access_admin").exists()
    assert hub.workflow.tasks.exists()


def test_a_group_of_the_same_name_is_left_alone() -> None:
    """Its members would get rights that nobody gave them."""
    somebodys = Group.objects.create(name="Leads of Kent")

    provision("kent")

    assert RegionalHub.objects.get().leads_group.name == "Leads of Kent (2)"
    assert not somebodys.permissions.exists()


@pytest.mark.parametrize("who", [lambda: people.make_lead("kent"), people.make_communicator])
def test_only_a_coordinator_gives_a_region_a_hub(who: Any) -> None:
    person = who()

    with pytest.raises(NotAllowed):
        ProvisionRegionAction(region=make_region("zeeland"), actor=person, now=timezone.now()).run()

    assert not RegionalHubPage.objects.exists()


def test_the_groups_of_roles_are_made_once_and_a_coordinator_may_everything_with_pages() -> None:
    first = ProvisionRoleRightsAction(actor=SYSTEM, now=timezone.now()).run()
    second = ProvisionRoleRightsAction(actor=SYSTEM, now=timezone.now()).run()

    coordinator = people.make_coordinator()
    anywhere = Page.objects.filter(depth=3).first()
    may = anywhere.permissions_for_user(coordinator)  # type: ignore[union-attr]
    assert (first, second) == (6, 0) and RoleGroup.objects.count() == 6
    assert may.can_edit() and may.can_publish() and may.can_delete()


def test_a_cluster_lead_publishes_the_pages_of_the_cluster_and_of_no_other() -> None:
    ProvisionRoleRightsAction(actor=SYSTEM, now=timezone.now()).run()
    lead = people.make_cluster_lead("food-drink")

    publishes = {
        f"{page.locale.language_code} {page.slug}"
        for page in Page.objects.filter(depth__gt=1)
        if page.permissions_for_user(lead).can_publish()
    }

    assert publishes == {"en food-drink", "fr agroalimentaire", "nl voeding-drank"}


def test_a_cluster_lead_adds_pages_below_the_page_of_the_cluster() -> None:
    ProvisionRoleRightsAction(actor=SYSTEM, now=timezone.now()).run()
    lead = people.make_cluster_lead("food-drink")

    adds = {page.slug for page in Page.objects.all() if page.permissions_for_user(lead).can_add_subpage()}

    assert adds == {"food-drink", "agroalimentaire", "voeding-drank"}
