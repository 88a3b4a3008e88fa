"""Owns what a region needs to run a hub of its own, beside pages; and groups of roles without a region."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Collection, GroupCollectionPermission, Workflow

from hub.actions.base import Action, Actor, user_of
from hub.actions.reviewing import due_after
from hub.actions.rights import require
from hub.approval import keep_task
from hub.days import today
from hub.groups import keep_groups
from hub.languages import LANGUAGES, in_language
from hub.models import Cluster, Region, RegionalHub, RoleGroup
from hub.permissions import may_appoint
from hub.workflow_names import of_region

FILES = ("image", "document")
KEEP_FILES = tuple(f"{verb}_{kind}" for kind in FILES for verb in ("add", "change", "choose"))


class ProvisionHubAction(Action):
    """Gives a region a collection, its two groups and a workflow. Run again, it mends what is missing."""

    def __init__(self, *, region: Region, home_language: str = "", actor: Actor, now: datetime) -> None:
        super().__init__(actor=actor, now=now)
        self.region = region
        self.home_language = home_language or language_of(region)

    def check(self) -> None:
        """:raises NotAllowed: unless a coordinator acts, or the hub itself."""
        require(self.actor, may_appoint, _("Only the coordinator can give a region a hub."))

    def execute(self) -> RegionalHub:
        """The hub of the region; the home language of one that was there stays."""
        # Two runs at once would make two of each.
        Region.objects.select_for_update(no_key=True).get(pk=self.region.pk)
        hub = RegionalHub.objects.filter(region=self.region).first() or self._new()
        for group in (hub.leads_group, hub.editors_group):
            let_in(group)
            give_files(group, hub.collection, KEEP_FILES)
        _call_as_at_home(hub)
        keep_task(hub.workflow)
        keep_groups()
        return hub

    def _new(self) -> RegionalHub:
        name = self.region.name_en
        root: Any = Collection.get_first_root_node()
        hub = RegionalHub.objects.create(
            region=self.region,
            home_language=self.home_language,
            leads_group=new_group(f"Leads of {name}"),
            editors_group=new_group(f"Editors of {name}"),
            collection=root.add_child(
                instance=Collection(name=in_language(self.region, "name", self.home_language))
            ),
            workflow=Workflow.objects.create(name=of_region(self.region, self.home_language)),
            review_due_date=due_after(today(self.now), 6),
        )
        log(instance=hub, action="hub.hub.provision", user=user_of(self.actor))
        return hub


class ProvisionRolesAction(Action):
    """Makes the groups of roles that have no region: coordinators, communications, leads of each cluster."""

    def execute(self) -> int:
        """How many groups were made."""
        wanted: list[tuple[RoleGroup.Role, Cluster | None, str]] = [
            (RoleGroup.Role.COORDINATOR, None, "Coordinators"),
            (RoleGroup.Role.COMMUNICATIONS, None, "Communications team"),
            *(
                (RoleGroup.Role.CLUSTER_LEAD, cluster, f"Leads of the cluster {cluster.label('en')}")
                for cluster in Cluster.objects.order_by("pk")
            ),
        ]
        made = 0
        for role, cluster, name in wanted:
            row = RoleGroup.objects.filter(role=role, cluster=cluster).select_related("group").first()
            if row is None:
                made += 1
                row = RoleGroup.objects.create(role=role, cluster=cluster, group=new_group(name))
            let_in(row.group)
        coordinators = Group.objects.get(hub_role__role=RoleGroup.Role.COORDINATOR)
        root: Any = Collection.get_first_root_node()
        give_files(coordinators, root, [*KEEP_FILES, "add_collection", "change_collection"])
        keep_groups()
        return made


def _call_as_at_home(hub: RegionalHub) -> None:
    # Hubs were named in English at first; a name that somebody chose stays.
    region, language = hub.region, hub.home_language
    names: list[tuple[Any, str, str]] = [
        (hub.workflow, of_region(region, LANGUAGES[0]), of_region(region, language)),
        (hub.collection, region.name_en, in_language(region, "name", language)),
    ]
    for named, english, at_home in names:
        if named.name == english != at_home:
            named.name = at_home
            named.save(update_fields=["name"])


def new_group(name: str) -> Group:
    """A new group; one that has this name already is somebody's, and its members would get rights."""
    number, free = 1, name
    while Group.objects.filter(name=free).exists():
        number += 1
        free = f"{name} ({number})"
    return Group.objects.create(name=free)


def let_in(group: Group) -> None:
    """Lets the members enter the admin, and translate the pages that they may edit."""
    wanted = Permission.objects.filter(codename__in=["access_admin", "submit_translation"])
    group.permissions.add(*wanted.filter(content_type__app_label__in=["wagtailadmin", "simple_translation"]))


def give_files(group: Group, collection: Collection, codenames: Iterable[str]) -> None:
    """Rights on the images and documents of a collection and of all below it; those that are there stay."""
    apps = ("wagtailimages", "wagtaildocs", "wagtailcore")
    for permission in Permission.objects.filter(content_type__app_label__in=apps, codename__in=codenames):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )


def language_of(region: Region) -> str:
    """The language that is spoken there, if it is one of the hub's; else the first."""
    return next((code for code in region.languages if code in LANGUAGES), LANGUAGES[0])
