"""Owns the one world that all cells are asked in: its ground, its people, its things."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Locale, Page, Site, Workflow, WorkflowContentType

from cluster_pages.actions.provision_region import ProvisionRegionAction, ProvisionRoleRightsAction
from cluster_pages.models import ClusterIndexPage, ClusterPage, RegionIndexPage
from directory.models import Firm
from hub.actions import SYSTEM
from hub.approval import keep_task
from hub.models import RegionalHub
from tests.access.issue_table import Verb
from tests.access.roles import CLUSTER, OTHER_CLUSTER, REGION_OF, Asker, make_askers
from tests.access.things import Thing, World
from tests.access.things_of_people import add_log_ins, add_people
from tests.access.things_of_the_register import (
    NAME,
    add_firms,
    add_imports,
    add_mail,
    add_merges,
    add_transfers,
    add_twins,
)
from tests.access.things_on_pages import add_files, add_pages
from tests.cluster_pages.builders import home
from tests.directory.builders import NOW, make_capability, make_cluster, make_region, make_sector
from tests.hub import people


@dataclass(slots=True)
class Scene:
    """Everything that a cell needs."""

    world: World
    askers: dict[str, Asker]


def build() -> Scene:
    """The whole world; takes some seconds."""
    _regions()
    parents: dict[str, Page] = {"none": home(), "cluster": _cluster_page()}
    hubs = _hubs(parents)
    askers = make_askers()
    keeper = people.make_administrator("keeper")
    workflow = Workflow.objects.create(name="Approval")
    keep_task(workflow)
    WorkflowContentType.objects.update_or_create(
        content_type=ContentType.objects.get_for_model(Firm), defaults={"workflow": workflow}
    )
    world = World()
    add_firms(world, workflow, keeper)
    add_merges(world)
    add_twins(world)
    add_imports(
        world, {"A": askers["lead A"].user, "B": askers["lead B"].user, "none": askers["coordinator"].user}
    )
    add_mail(world)
    add_pages(world, parents, workflow, keeper)
    collections = {owner: hub.collection for owner, hub in hubs.items()}
    add_files(world, collections | {"none": Collection.get_first_root_node()})
    for owner, hub in hubs.items():
        thing = world.thing("hub", owner, "live")
        thing.row, thing.parts = hub, {"pk": hub.pk}
    add_transfers(world)
    add_people(world, hubs)
    add_log_ins(world)
    _add_ground(world, workflow)
    return Scene(world, askers)


def _regions() -> None:
    for code in ("en", "fr", "nl"):
        Locale.objects.get_or_create(language_code=code)
    top = make_region("top")
    for slug, above in (("region-a", top), ("region-b", top), ("below-a", "region-a")):
        make_region(slug, parent=above)
    make_cluster(CLUSTER)
    make_cluster(OTHER_CLUSTER, state="active")
    make_sector()
    make_capability()


def _cluster_page() -> Page:
    index: Any = home().add_child(instance=ClusterIndexPage(title="Clusters"))
    page: Page = index.add_child(instance=ClusterPage(title="Food", cluster=make_cluster(CLUSTER)))
    return page


def _hubs(parents: dict[str, Page]) -> dict[str, RegionalHub]:
    home().add_child(instance=RegionIndexPage(title="Regions"))
    hubs = {}
    for owner in ("A", "below A", "B"):
        region = make_region(REGION_OF[owner] or "")
        made = ProvisionRegionAction(region=region, home_language="en", actor=SYSTEM, now=NOW).run()
        hubs[owner], parents[owner] = made.hub, made.page
    ProvisionRoleRightsAction(actor=SYSTEM, now=NOW).run()
    return hubs


def _add_ground(world: World, workflow: Any) -> None:
    """One row of each setting, and a person of whom only administrators see the mail."""
    word = ground(world, "user", None, "id")
    user = people.make_user("somebody", email=f"{world.word(word, 'mail', Verb.APPOINT)}@people.example")
    word.row, word.parts = user, {"pk": user.pk}
    ground(world, "group", Group.objects.first())
    ground(world, "site", Site.objects.first())
    ground(world, "locale", Locale.objects.first())
    ground(world, "region", make_region("region-b"))
    ground(world, "cluster", make_cluster(CLUSTER))
    ground(world, "sector", make_sector(), is_vocabulary=True)
    ground(world, "capability", make_capability(), is_vocabulary=True)
    ground(world, "collection", RegionalHub.objects.first().collection, "collection_id")  # type: ignore[union-attr]
    ground(world, "workflow", workflow, "workflow_pk")
    task = workflow.workflow_tasks.first().task
    ground(world, "task", task, "task_id").parts |= {"app_label": "hub", "model_name": "approvaltask"}
    page = Page.objects.filter(title__startswith=NAME).first()
    for thing in world.of("workflow"):
        thing.parts["page_pk"] = page.pk if page else 0
    ground(world, "redirect", Redirect.objects.create(old_path="/old", redirect_link="/new"), "redirect_id")


def ground(world: World, kind: str, row: Any, *names: str, **about: bool) -> Thing:
    """A thing that belongs to no region."""
    thing = world.thing(kind, "none", "live", **about)
    thing.row = row
    thing.parts = dict.fromkeys(("pk", *names), row.pk if row is not None else 0)
    return thing
