"""Owns giving a region its hub: what belongs to it (`hub`), its page, and who may do what there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.utils.text import slugify
from wagtail.models import GroupPagePermission, Locale, Page, WorkflowPage

from cluster_pages.models import ClusterPage, RegionalHubPage, RegionIndexPage
from cluster_pages.texts import hub_introduction
from hub.actions import Action, Actor
from hub.actions.provisioning import KEEP_FILES, ProvisionHubAction, ProvisionRolesAction, give_files
from hub.languages import in_language
from hub.models import Region, RegionalHub, RoleGroup
from hub.regions import RegionTree

EDITORS = ("add_page", "change_page")
LEADS = (*EDITORS, "publish_page", "lock_page", "unlock_page")
COORDINATORS = (*LEADS, "bulk_delete_page")
CLUSTER_LEADS = LEADS


@dataclass(frozen=True, slots=True)
class Provisioned:
    """The hub of a region; without a page where the site has no page of all regions in its home language."""

    hub: RegionalHub
    page: RegionalHubPage | None
    is_new_page: bool


class ProvisionRegionAction(Action):
    """Gives a region a hub with all that it needs. Run again, it mends what is missing and changes no more.

    The page is public at once: what it says by itself (firms, team, how to write to them) is right from the
    first day, and the map leads there. A draft would keep a visitor from a region for the sake of a sentence.
    """

    def __init__(self, *, region: Region, home_language: str = "", actor: Actor, now: datetime) -> None:
        super().__init__(actor=actor, now=now)
        self.region = region
        self.home_language = home_language

    def execute(self) -> Provisioned:
        """:raises NotAllowed: unless a coordinator acts, or the hub itself."""
        hub: RegionalHub = ProvisionHubAction(
            region=self.region, home_language=self.home_language, actor=self.actor, now=self.now
        ).run()
        page = _page_in(hub, hub.home_language)
        is_new = page is None
        page = page or _new_page(hub)
        keep_rights(hub)
        return Provisioned(hub, page, is_new and page is not None)


class ProvisionRoleRightsAction(Action):
    """Makes the groups of roles that have no region, and gives them their rights on pages."""

    def execute(self) -> int:
        """How many groups were made."""
        made: int = ProvisionRolesAction(actor=self.actor, now=self.now).run()
        root: Any = Page.get_first_root_node()
        for row in RoleGroup.objects.select_related("group"):
            if row.role == RoleGroup.Role.COORDINATOR:
                _permit(row.group, [root], COORDINATORS)
            elif row.role == RoleGroup.Role.CLUSTER_LEAD:
                _permit(row.group, ClusterPage.objects.filter(cluster=row.cluster_id), CLUSTER_LEADS)
        return made


def keep_rights(hub: RegionalHub) -> None:
    """The rights on the pages of a hub and of the hubs below it, in every language; and their workflows.

    What an editor of Flanders may do in Flanders they may do in East Flanders, too. Leads are in the groups
    of all hubs below theirs (`hub.groups`), so each group of leads needs its own hub only.
    """
    tree = RegionTree.load()
    hubs = {each.region_id: each for each in RegionalHub.objects.select_related("collection")}
    for region_id in tree.within([hub.region_id]) & hubs.keys():
        below = hubs[region_id]
        pages = list(RegionalHubPage.objects.filter(region=region_id))
        for over in tree.path(region_id):
            if over.pk in hubs:
                _permit(hubs[over.pk].editors_group, pages, EDITORS)
                give_files(hubs[over.pk].editors_group, below.collection, KEEP_FILES)
        _permit(below.leads_group, pages, LEADS)
        for page in pages:
            WorkflowPage.objects.get_or_create(page=page, defaults={"workflow": below.workflow})


def keep_rights_of_translation(source_obj: Any, target_obj: Any, **kwargs: Any) -> None:
    """A receiver: the translation of a hub's page belongs to the same people, from its first moment."""
    if isinstance(target_obj, RegionalHubPage):
        hub = RegionalHub.objects.filter(region=target_obj.region_id).first()
        if hub is not None:
            keep_rights(hub)
    elif isinstance(target_obj, ClusterPage):
        row = RoleGroup.objects.filter(cluster=target_obj.cluster_id).select_related("group").first()
        if row is not None:
            _permit(row.group, [target_obj], CLUSTER_LEADS)


def _permit(group: Group, pages: Iterable[Page], codenames: Iterable[str]) -> None:
    kinds = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames)
    for page in pages:
        for kind in kinds:
            GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=kind)


def _page_in(hub: RegionalHub, language: str) -> RegionalHubPage | None:
    pages = RegionalHubPage.objects.filter(region=hub.region_id)
    return pages.filter(locale__language_code=language).first()


def _new_page(hub: RegionalHub) -> RegionalHubPage | None:
    language = hub.home_language
    above: Any = RegionIndexPage.objects.filter(locale__language_code=language).order_by("path").first()
    if above is None:
        return None
    name = in_language(hub.region, "name", language)
    page = RegionalHubPage(
        locale=Locale.objects.get(language_code=language),
        region=hub.region,
        title=name,
        slug=_free_slug(above, slugify(name) or hub.region.slug),
        introduction=hub_introduction(language, name),
        live=False,
    )
    # A translation that was made before the page in the home language was taken away.
    twin = RegionalHubPage.objects.filter(region=hub.region_id).first()
    if twin is not None:
        page.translation_key = twin.translation_key
    above.add_child(instance=page)
    page.save_revision().publish()
    return page


def _free_slug(above: Page, slug: str) -> str:
    taken = set(above.get_children().filter(slug__startswith=slug).values_list("slug", flat=True))
    free, number = slug, 1
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    return free
