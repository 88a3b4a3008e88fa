"""Owns setting up a whole hub from what ships with it: locales, regions, clusters, vocabularies, pages."""

from dataclasses import dataclass

from django.conf import settings
from wagtail.models import Locale

from cluster_pages.actions.make_pages import MakePagesAction
from cluster_pages.actions.provision_region import ProvisionRegionAction, ProvisionRoleRightsAction
from directory.actions.loading import LoadVocabulariesAction
from directory.models.firm import FIRMS
from hub.actions import Action
from hub.actions.ground import LoadClustersAction, LoadRegionsAction
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
        mark_lexicon(FIRMS)
        return done

    def _hubs(self) -> int:
        regions = Region.objects.partners().order_by("pk")
        ran = [
            ProvisionRegionAction(region=region, actor=self.actor, now=self.now).run() for region in regions
        ]
        return sum(done.is_new_page for done in ran)
