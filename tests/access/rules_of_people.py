"""Owns the rules of the screens on which people are appointed, replaced, invited and let go."""

from tests.access.issue_table import Verb
from tests.access.rule import Anywhere, Rule, rules
from tests.access.things import Thing

LIVE = frozenset({"live"})


def _nothing(thing: Thing) -> dict[str, str]:
    return {}


RULES = [
    Rule("hub_people", Anywhere(Verb.INVITE), lists=("invitation", "editor")),
    Rule("hub_appoint", Verb.APPOINT),
    *rules("hub_", "replace stand_down", Verb.INVITE, names=("term",)),
    Rule("hub_invite_editor", Verb.INVITE, ("place",)),
    Rule("hub_withdraw", Verb.INVITE, ("invitation",), sends=_nothing, works_in=LIVE),
    Rule("hub_end_editor", Verb.INVITE, ("editor",), sends=_nothing, works_in=LIVE),
    *rules("hub_partner:", "index index_results add", Verb.APPOINT, shows=False),
    *rules("hub_partner:", "edit delete usage history history_results", Verb.APPOINT, names=("partner",)),
]
