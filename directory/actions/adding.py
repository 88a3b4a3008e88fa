"""Owns adding a firm by hand: five facts make a draft, once those that may be the same were looked at."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _
from wagtail.log_actions import log

from directory.models import Firm, Sector
from directory.twins import twins_of
from hub.actions import Action, ActionRefused, Actor, System, user_of
from hub.actions.rights import require
from hub.models import Region
from hub.permissions import in_sight, may_add_firms


class TwinsUnseen(ActionRefused):
    """Firms that may be the same one were not looked at."""


class AddFirmAction(Action):
    """Adds a firm as a draft. `seen` are the firms of which somebody said that it is none of them."""

    def __init__(
        self,
        *,
        name: str,
        region: Region,
        town: str = "",
        website: str = "",
        sector: Sector | None = None,
        seen: Collection[int] = (),
        actor: Actor,
        now: datetime,
    ) -> None:
        super().__init__(actor=actor, now=now)
        self.name = name
        self.region = region
        self.town = town
        self.website = website
        self.sector = sector
        self.seen = seen

    def check(self) -> None:
        """:raises NotAllowed: if the actor may not add firms in this region.
        :raises TwinsUnseen: if a firm of which the actor may know could be the same one and was not seen.
        """
        words = _("You may not add firms in %(region)s. Its lead can, or you can propose the firm there.")
        require(self.actor, lambda user: may_add_firms(user, self.region), words % {"region": self.region})
        # Whoever sends the same form at the same moment waits here, and then sees what was just added.
        Region.objects.select_for_update(no_key=True).get(pk=self.region.pk)
        # Nobody can look at the drafts of others; these two meet when one of them is published.
        among = None if isinstance(self.actor, System) else in_sight(self.actor)
        twins = twins_of(self.name, website=self.website, among=among)
        if not {twin.firm.pk for twin in twins} <= set(self.seen):
            raise TwinsUnseen(
                _("Look at the firms below first: one of them may be this one. If none is, say so.")
            )

    def execute(self) -> Firm:
        """The new firm."""
        firm = Firm(
            name=self.name,
            slug=Firm.objects.free_slug(self.name),
            region=self.region,
            town=self.town,
            website=self.website,
            live=False,
            has_unpublished_changes=True,
        )
        if self.sector:
            firm.sectors.add(self.sector)
        firm.save()
        user = user_of(self.actor)
        log(instance=firm, action="wagtail.create", user=user)
        firm.save_revision(user=user)
        return firm
