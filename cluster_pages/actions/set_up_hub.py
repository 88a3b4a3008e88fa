"""Owns setting up a whole hub from what ships with it: locales, regions, clusters, vocabularies, pages."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from wagtail.models import GroupApprovalTask, Locale, Workflow, WorkflowContentType, WorkflowPage

from cluster_pages.actions.make_pages import MakePagesAction
from cluster_pages.actions.provision_region import ProvisionRegionAction, ProvisionRoleRightsAction
from directory.actions.loading import LoadVocabulariesAction
from directory.models import Firm
from directory.models.firm import FIRMS
from hub import workflow_names
from hub.actions import Action
from hub.actions.ground import LoadClustersAction, LoadRegionsAction
from hub.approval import keep_task
from hub.models import Region
from search.pending import mark_lexicon


@dataclass(frozen=True, slots=True)
class SetUp:
    """How many of each were missing and have been added."""

    locales: int
    regions: int
    clusters: int
    terms: int
    pages: int
    hubs: int
    roles: int


class SetUpHubAction(Action):
    """Adds whatever of the shipped ground is missing; run it as often as you like."""

    def execute(self) -> SetUp:
        locales = [Locale.objects.get_or_create(language_code=code)[1] for code, _name in settings.LANGUAGES]
        done = SetUp(
            locales=sum(locales),
            regions=LoadRegionsAction(actor=self.actor, now=self.now).run(),
            clusters=LoadClustersAction(actor=self.actor, now=self.now).run(),
            terms=LoadVocabulariesAction(actor=self.actor, now=self.now).run(),
            pages=MakePagesAction(actor=self.actor, now=self.now).run(),
            hubs=self._hubs(),
            roles=ProvisionRoleRightsAction(actor=self.actor, now=self.now).run(),
        )
        keep_workflow_of_firms()
        keep_workflow_of_pages()
        mark_lexicon(FIRMS)
        return done

    def _hubs(self) -> int:
        regions = Region.objects.partners().order_by("pk")
        ran = [
            ProvisionRegionAction(region=region, actor=self.actor, now=self.now).run() for region in regions
        ]
        return sum(done.is_new_page for done in ran)


def keep_workflow_of_firms() -> None:
    """The workflow in which a change of a firm waits for whoever may publish that firm."""
    kind = ContentType.objects.get_for_model(Firm)
    found = WorkflowContentType.objects.filter(content_type=kind).select_related("workflow").first()
    if found is None:
        workflow = Workflow.objects.create(name=workflow_names.FIRMS)
        found = WorkflowContentType.objects.create(content_type=kind, workflow=workflow)
    keep_task(found.workflow)


def keep_workflow_of_pages() -> None:
    """Pages outside the hubs wait for whoever may publish them, not for Wagtail's own group of moderators.

    Nobody is in that group: whoever submitted the page of a cluster would lock themselves out. A site that
    uses the group keeps it.
    """
    given = WorkflowPage.objects.filter(page__depth=1).select_related("workflow").first()
    tasks = [task.specific for task in given.workflow.tasks] if given else []
    if given is None or not all(isinstance(task, GroupApprovalTask) for task in tasks):
        return
    if get_user_model().objects.filter(groups__groupapprovaltask__in=tasks).exists():
        return
    workflow = Workflow.objects.create(name=workflow_names.PAGES)
    keep_task(workflow)
    given.workflow = workflow
    given.save()
