"""Owns the terms, invitations and editors of the matrix: of each region that runs a hub."""

from collections.abc import Mapping
from datetime import date, timedelta

from hub.models import Invitation, LeadTerm, Partner, RegionalHub
from tests.access.issue_table import Verb
from tests.access.roles import CLUSTER
from tests.access.things import World
from tests.directory.builders import NOW, make_cluster
from tests.hub import people


def add_people(world: World, hubs: Mapping[str, RegionalHub]) -> None:
    """A deputy, an invited editor and an editor for each hub; leads of the region may replace or end them."""
    for owner, hub in hubs.items():
        place = world.thing("place", owner, "live")
        place.row, place.parts = hub.region, {"pk": hub.region.pk}
        term = world.thing("term", owner, "live")
        # Who leads is said on the page of the hub.
        name = f"Deputy {world.word(term, 'name', None)}"
        # For one cluster: for all of them, region A has the deputy who asks.
        term.row = LeadTerm.objects.create(
            name=name,
            region=hub.region,
            cluster=make_cluster(CLUSTER),
            role=LeadTerm.Role.DEPUTY,
            from_date=date(2026, 1, 1),
        )
        term.parts = {"pk": term.row.pk}
        _invited(world, owner, hub)
        _editor(world, owner, hub)
    partner = world.thing("partner", "none", "live")
    partner.row = Partner.objects.create(name="Council of A")
    partner.parts = {"pk": partner.row.pk}


def add_log_ins(world: World) -> None:
    """Somebody whom coordinators may help out, and an administrator, whom they may not."""
    for is_administrator in (False, True):
        thing = world.thing("log-in", "none", "live", is_an_administrator=is_administrator)
        name = world.word(thing, "user name", Verb.RESET)
        mail = f"{world.word(thing, 'mail of a log-in', Verb.RESET)}@private.example"
        thing.row = people.make_user(
            name, email=mail, first_name="", last_name="", is_superuser=is_administrator
        )
        thing.parts = {"pk": thing.row.pk}


def _invited(world: World, owner: str, hub: RegionalHub) -> None:
    thing = world.thing("invitation", owner, "live")
    thing.row = Invitation.objects.create(
        email=f"{world.word(thing, 'mail of the invited', Verb.INVITE)}@private.example",
        name=f"Guest {world.word(thing, 'name of the invited', Verb.INVITE)}",
        language="en",
        role=Invitation.Role.EDITOR,
        region=hub.region,
        at=NOW,
        expires_at=NOW + timedelta(days=3650),
    )
    thing.parts = {"pk": thing.row.pk}


def _editor(world: World, owner: str, hub: RegionalHub) -> None:
    thing = world.thing("editor", owner, "live")
    mail = f"{world.word(thing, 'mail of the editor', Verb.APPOINT)}@private.example"
    user = people.make_user(
        f"editor-of-{hub.pk}", email=mail, first_name=world.word(thing, "name", Verb.INVITE)
    )
    hub.editors_group.user_set.add(user)
    thing.row, thing.parts = user, {"pk": hub.pk, "person": user.pk}
