"""Owns what the tests of the walls between regions share: who stands where, and what a browser is told."""

from collections.abc import Callable
from typing import Any

from django.core import serializers
from django.test import Client

from directory.models import ContactPerson, Firm, Membership, Proposal
from hub.models import Region
from tests.directory.builders import make_region
from tests.hub.people import (
    make_administrator,
    make_cluster_lead,
    make_communicator,
    make_coordinator,
    make_deputy,
    make_editor,
    make_ended_lead,
    make_lead,
    make_user,
)

# Everybody whom a firm of Kent does not concern.
STRANGERS: dict[str, Callable[[], Any]] = {
    "somebody without a role": make_user,
    "lead of Zeeland": lambda: make_lead("zeeland"),
    "editor of Zeeland": lambda: make_editor("zeeland"),
    "former lead of Kent": lambda: make_ended_lead("kent"),
    "lead of a cluster": make_cluster_lead,
    "communications": make_communicator,
}
# Everybody who answers for a firm of Kent; the lead of England, too, because Kent lies in it.
KEEPERS: dict[str, Callable[[], Any]] = {
    "lead of Kent": lambda: make_lead("kent"),
    "deputy of Kent": lambda: make_deputy("kent"),
    "lead of England": lambda: make_lead(england()),
    "coordinator": make_coordinator,
    "administrator": make_administrator,
}


def england() -> Region:
    """The region in which Kent lies."""
    parent = make_region("england")
    Region.objects.filter(slug="kent").update(parent=parent)
    return parent


def kent() -> Region:
    """Kent, which lies in England."""
    return make_region("kent", parent="england")


def browser_of(person: Any) -> Client:
    """A browser in which somebody is logged in."""
    client = Client()
    client.force_login(person)
    return client


def said_to(client: Client, path: str, sent: dict[str, Any] | None = None) -> str:
    """All that an address says to a browser, also after it sent it elsewhere."""
    answer = client.get(path, follow=True) if sent is None else client.post(path, sent, follow=True)
    told = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return str(told.decode())


def register() -> str:
    """Every row of the register that people change, as text: equal if nothing changed."""
    rows = [
        row
        for model in (Firm, ContactPerson, Membership, Proposal)
        for row in model._default_manager.order_by("pk")
    ]
    return str(serializers.serialize("json", rows))
