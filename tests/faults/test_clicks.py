"""Owns the proof that a button which is pressed in twenty windows at the same moment has one effect."""

from typing import Any

import pytest

from . import click_tasks
from .processes import Site

SAVED = {"Revision": 1, "log wagtail.edit": 1}
APPROVED = {"log wagtail.workflow.approve": 1, "log wagtail.publish": 1, "mail hub.change.approved": 1}
TWICE = "This was sent twice; it was done once."
OVER = "is not currently awaiting moderation"
# What there is more of afterwards, and what those read who came too late.
BUTTONS: dict[str, tuple[dict[str, int], str]] = {
    "submit a firm": (
        {**SAVED, "WorkflowState": 1, "log wagtail.workflow.start": 1, "mail hub.change.submitted": 1},
        TWICE,
    ),
    "publish a firm": ({**SAVED, "log wagtail.publish": 1, "log wagtail.rename": 1}, TWICE),
    "unpublish a firm": ({"log wagtail.unpublish": 1}, TWICE),
    "firm still right": ({"Confirmation": 1, "log directory.firm.confirm": 1}, ""),
    "approve a firm": ({**APPROVED, "log wagtail.rename": 1}, TWICE),
    "return a firm": ({"log wagtail.workflow.reject": 1, "mail hub.change.returned": 1}, TWICE),
    "publish a page": ({**SAVED, "log wagtail.publish": 1}, TWICE),
    "approve a page": (APPROVED, TWICE),
    "appoint": ({"LeadTerm": 1, "log hub.lead.appoint": 1}, "holds this office already"),
    "replace": ({"LeadTerm": 1, "log hub.lead.appoint": 1, "log hub.lead.stand_down": 1}, "already"),
    "invite": (
        {"Invitation": 1, "log hub.invitation.send": 1, "mail hub.invitation.sent": 1},
        "This person is invited to that already.",
    ),
    "accept invitation": (
        {
            "User": 1,
            "LeadTerm": 1,
            "log hub.lead.appoint": 1,
            "log hub.invitation.accept": 1,
            "mail hub.invitation.accepted": 1,
        },
        "This invitation was accepted already.",
    ),
    "still right": ({"HubReview": 1, "log hub.hub.review": 1}, ""),
    "accept transfer": (
        {
            "log directory.firm.move": 1,
            "log directory.transfer.accept": 1,
            "mail directory.transfer.answered": 2,  # both administrators answer for Kent
        },
        "This offer is closed",
    ),
}


@pytest.fixture
def buttons(site: Site) -> dict[str, Any]:
    """The address of every button, and its form."""
    found: dict[str, Any] = site.do(click_tasks.make_ground)
    return found


def pressed(site: Site, button: Any, *by: str) -> tuple[dict[str, int], list[str]]:
    """What twenty clicks together have changed, and what each was told."""
    before = site.do(click_tasks.effects)
    told = site.do(click_tasks.press_together, *button, by)
    more = site.do(click_tasks.effects)
    more.subtract(before)
    assert max(told["statuses"]) < 500
    return {what: number for what, number in more.items() if number}, told["said"]


def test_twenty_clicks_at_once_have_one_effect_and_the_late_ones_are_told(
    site: Site, buttons: dict[str, Any]
) -> None:
    assert buttons.keys() == BUTTONS.keys()
    for name, (effect, late) in BUTTONS.items():
        found, said = pressed(site, buttons[name], "presses")

        assert found == effect, name
        assert sum(late in words for words in said) >= click_tasks.MANY - 1, name


@pytest.mark.parametrize("name", ["approve a firm", "approve a page", "return a firm"])
def test_of_two_people_who_answer_at_the_same_moment_one_does(
    site: Site, buttons: dict[str, Any], name: str
) -> None:
    found, said = pressed(site, buttons[name], "presses", "presses-too")

    assert found == BUTTONS[name][0]
    assert sum(OVER in words or TWICE in words for words in said) == click_tasks.MANY - 1
