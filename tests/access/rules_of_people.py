"""Owns the rules of the screens on which people are appointed, replaced, invited and let go."""

from collections.abc import Mapping
from typing import Any

from hub.days import today
from tests.access.issue_table import Verb
from tests.access.rule import Anywhere, Rule, rules
from tests.access.things import Thing

LIVE = frozenset({"live"})


def _nothing(thing: Thing) -> dict[str, str]:
    return {}


def _successor(thing: Thing) -> Mapping[str, Any]:
    return {"name": "Successor", "language": "en", "from_date": today()}


def _office(thing: Thing) -> Mapping[str, Any]:
    # Long over: nobody of the world held the office then, so it is free.
    days = {"from_date": "2001-01-01", "to_date": "2001-12-31"}
    return {**_successor(thing), **days, "region": thing.parts["pk"], "role": "lead"}


def _guest(thing: Thing) -> Mapping[str, Any]:
    return {"email": "guest@new.example", "name": "Guest", "language": "en"}


def _organisation(thing: Thing) -> Mapping[str, Any]:
    return {"name": "Chamber of B"}


RULES = [
    Rule("hub_people", Anywhere(Verb.INVITE), lists=("invitation", "editor")),
    Rule("hub_appoint", Verb.APPOINT, ("place",), sends=_office, works_in=LIVE),
    Rule("hub_replace", Verb.INVITE, ("term",), sends=_successor, works_in=LIVE),
    Rule("hub_stand_down", Verb.INVITE, ("term",), sends=lambda term: {"when": "at-once"}, works_in=LIVE),
    Rule("hub_invite_editor", Verb.INVITE, ("place",), sends=_guest, works_in=LIVE),
    Rule("hub_withdraw", Verb.INVITE, ("invitation",), sends=_nothing, works_in=LIVE),
    Rule("hub_end_editor", Verb.INVITE, ("editor",), sends=_nothing, works_in=LIVE),
    *rules("hub_partner:", "index index_results", Verb.APPOINT, shows=False),
    *rules("hub_partner:", "usage history history_results", Verb.APPOINT, names=("partner",)),
    *rules("hub_partner:", "add edit", Verb.APPOINT, names=("partner",), sends=_organisation, works_in=LIVE),
    Rule("hub_partner:delete", Verb.APPOINT, ("partner",), sends=_nothing, works_in=LIVE),
]
