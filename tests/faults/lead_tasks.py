"""Owns what the process of the test on leads appointed at once does: twenty threads, one office."""

from typing import Any

from .processes import Caller

MANY = 20


def appoint_together(caller: Caller, role: str, same: bool) -> dict[str, Any]:
    """How each of twenty appointments to one office went, of one person or of twenty; how many terms are."""
    from django.utils import timezone

    from hub.actions import SYSTEM, ActionRefused
    from hub.actions.leads import AppointLeadAction, Holder
    from hub.days import today
    from hub.models import LeadTerm
    from tests.directory.at_once import at_once
    from tests.directory.builders import make_region
    from tests.hub.people import make_hub, make_user

    region = make_hub(make_region("zeeland")).region
    people = [make_user(f"{role}-{number}") for number in range(1 if same else MANY)]
    turn = iter(people * (MANY // len(people)))

    def act() -> str:
        action = AppointLeadAction(
            holder=Holder(user=next(turn)),
            region=region,
            role=LeadTerm.Role(role),
            from_date=today(),
            actor=SYSTEM,
            now=timezone.now(),
        )
        try:
            action.run()
        except ActionRefused as refusal:
            return type(refusal).__name__
        return "appointed"

    told = at_once(MANY, act)
    group = region.hub.leads_group
    return {
        "told": {each: told.count(each) for each in set(told)},
        "terms": LeadTerm.objects.filter(region=region, role=role).count(),
        "members": group.user_set.filter(username__startswith=role).count(),
    }
