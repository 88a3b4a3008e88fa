"""Owns what the hubs of the demo say: a text, a page below it, a resource."""

from pathlib import Path
from typing import Any

from django.utils.text import slugify

from cluster_pages.models import HubSectionPage, RegionalHubPage, ResourcePage
from hub.actions import Action
from hub.actions.ground import shipped
from hub.pages import HubPage

HUBS = Path(__file__).parents[1] / "demo" / "hubs.toml"


class SeedHubsAction(Action):
    """Fills the hubs that nobody has written in yet."""

    def execute(self) -> int:
        """How many hubs were filled."""
        return sum(self._seed(row) for row in shipped(HUBS, "hub"))

    def _seed(self, row: dict[str, Any]) -> bool:
        page = RegionalHubPage.objects.filter(region__slug=row["region"]).order_by("path").first()
        if page is None or page.body or page.numchild:
            return False
        page.body = [{"type": "text", "value": row["body"]}]
        page.save_revision().publish()
        section = HubSectionPage(title=row["section_title"], body=[{"type": "text", "value": row["section"]}])
        _put_below(page, section)
        resource = ResourcePage(
            title=row["resource_title"],
            introduction=row["resource"],
            link=row["link"],
            written_in=page.language,
        )
        _put_below(page, resource)
        return True


def _put_below(above: RegionalHubPage, page: HubPage) -> None:
    page.locale, page.slug, page.live = above.locale, slugify(page.title), False
    above.refresh_from_db()
    above.add_child(instance=page)
    page.save_revision().publish()
