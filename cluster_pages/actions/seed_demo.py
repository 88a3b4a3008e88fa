"""Owns the demo: 133 invented firms in the five partner regions, and people to log in as."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from cluster_pages.actions.fill_drafts import FillDraftsAction
from cluster_pages.actions.seed_hubs import SeedHubsAction
from cluster_pages.actions.seed_people import SeedPeopleAction
from directory.models import (
    Capability,
    CaseStudy,
    Confirmation,
    Firm,
    FirmProfile,
    Membership,
    Sector,
)
from directory.models.firm import FIRMS
from hub.actions import Action
from hub.actions.ground import shipped
from hub.languages import LANGUAGES
from hub.models import Cluster, Region
from hub.regions import RegionTree
from search.pending import mark

DEMO = Path(__file__).parents[1] / "demo"
SOURCE = "demo"
# The firms of the demo were last heard of when the programme reported.
REPORTED = date(2020, 7, 1)
PLAIN = (
    *("name", "trading_name", "kind", "town", "postcode", "website", "email", "phone", "size", "languages"),
    *("offers", "looks_for"),
)


class SeedDemoAction(Action):
    """Adds the demo's firms and people that are missing; the same every time."""

    def execute(self) -> int:
        SeedPeopleAction(actor=self.actor, now=self.now).run()
        SeedHubsAction(actor=self.actor, now=self.now).run()
        FillDraftsAction(actor=self.actor, now=self.now).run()
        regions = {region.slug: region for region in RegionTree.load().by_pk.values()}
        known = set(Firm.objects.filter(source=SOURCE).values_list("import_key", flat=True))
        rows = [row for path in sorted(DEMO.glob("firms_*.toml")) for row in shipped(path, "firm")]
        missing = [row for row in rows if row["slug"] not in known]
        for number, row in enumerate(missing):
            with transaction.atomic():
                self._seed_firm(row, regions, number)
        return len(missing)

    def _seed_firm(self, row: dict[str, Any], regions: dict[str, Region], number: int) -> None:
        firm = Firm(
            slug=row["slug"],
            region=regions[row["region"]],
            source=SOURCE,
            import_key=row["slug"],
            is_demo=True,
            founded=row["founded"] or None,
            nace_codes=row["nace"],
            live=False,
            **{name: row[name] for name in PLAIN},
        )
        firm.profiles = [_profile(language, row[language]) for language in LANGUAGES if language in row]
        firm.case_studies = [
            CaseStudy(language=study["lang"], title=study["title"], text=study["text"], sort_order=order)
            for order, study in enumerate(row.get("case_study", ()))
        ]
        firm.sectors.set(Sector.objects.filter(slug__in=row["sectors"]))
        firm.capabilities.set(Capability.objects.filter(slug__in=row["capabilities"]))
        firm.serves.set([regions[slug] for slug in row["serves"]])
        firm.save()
        log(instance=firm, action="wagtail.create")
        firm.save_revision().publish(skip_permission_checks=True)
        self._seed_rows_beside(firm, row, number)
        mark(FIRMS, [firm.pk])

    def _seed_rows_beside(self, firm: Firm, row: dict[str, Any], number: int) -> None:
        Membership.objects.bulk_create(
            Membership(firm=firm, cluster=cluster, from_date=row["joined"], source=SOURCE)
            for cluster in Cluster.objects.filter(slug__in=row["clusters"])
        )
        # Two firms of three were asked again when the programme ended, on different days.
        if number % 3:
            at = datetime.combine(REPORTED.replace(day=1 + number % 28), time(9), UTC)
            Confirmation.objects.create(firm=firm, at=at, by=None)


def _profile(language: str, said: dict[str, str]) -> FirmProfile:
    return FirmProfile(
        language=language,
        tagline=said.get("tagline", ""),
        description=said.get("description", "").strip(),
        offers_text=said.get("offers", ""),
        looks_for_text=said.get("looks_for", ""),
    )
