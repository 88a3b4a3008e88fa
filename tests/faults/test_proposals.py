"""Owns the proof that twenty posts of one form at the same moment have one effect, whichever form it is."""

from typing import Any

import pytest

from . import proposal_tasks
from .processes import Site

WHO = {"sender_name": "Grace", "sender_email": "grace@sender.example"}
NEW = {
    "name": "Quite another",
    "sender_email": "new@sender.example",
    "town": "Deal",
    "region": "kent",
    "description": "We sail.",
}
RECEIVED, WAITING = "directory.proposal.received", "directory.proposal.waiting"

# What is sent to each form, and what there is more, or less, of afterwards.
FORMS: dict[str, tuple[dict[str, Any], dict[str, int]]] = {
    "correct": (
        WHO | {"town": "Margate"},
        {"proposals correct": 1, "waiting": 1, RECEIVED: 1, WAITING: 1},
    ),
    "mine": (WHO, {"proposals mine": 1, "sent": 1, RECEIVED: 1, "directory.firm.edit_link": 1}),
    "list": (NEW, {"proposals list": 1, "waiting": 1, RECEIVED: 1, WAITING: 1}),
    "join": (WHO | {"agrees": "on"}, {"proposals join": 1, "waiting": 1, RECEIVED: 1, WAITING: 1}),
    "withdraw": ({}, {"waiting": -1, "withdrawn": 1}),
    "own": (
        {"town": "Margate"},
        {"proposals correct": 1, "waiting": 1, "sent": -1, "confirmed": 1, RECEIVED: 1, WAITING: 1},
    ),
    "remove": (
        {},
        {"firms": -1, "sent": -1, "confirmed": 1, "removed": 1, "directory.proposal.confirmed": 1},
    ),
    "still": ({}, {"confirmed once": 1}),
    "accept": ({"way": "publish"}, {"waiting": -1, "accepted": 1, "directory.proposal.accepted": 1}),
    "return": ({"reason": "No."}, {"waiting": -1, "returned": 1, "directory.proposal.returned": 1}),
}


@pytest.fixture
def addresses(site: Site) -> dict[str, str]:
    """The address of every form."""
    found: dict[str, str] = site.do(proposal_tasks.make_ground)
    return found


def test_twenty_posts_of_one_form_at_once_have_one_effect(site: Site, addresses: dict[str, str]) -> None:
    assert addresses.keys() == FORMS.keys()
    for name, (told, more) in FORMS.items():
        before = site.do(proposal_tasks.effects)

        statuses = site.do(proposal_tasks.send_together, addresses[name], told)

        after = site.do(proposal_tasks.effects)
        assert {what: after[what] - before[what] for what in after if after[what] != before[what]} == more, (
            name
        )
        assert set(statuses) <= {200, 302, 410}, name
        assert 500 not in statuses, name
