"""Owns the proof that twenty appointments to one office at the same moment give it no lead too many."""

import pytest

from . import lead_tasks
from .processes import Site


@pytest.mark.parametrize(
    ("role", "same", "appointed", "refused"),
    [
        ("deputy", False, 1, "TooManyLeads"),
        ("lead", False, 3, "TooManyLeads"),
        ("lead", True, 1, "TermsOverlap"),
    ],
)
def test_twenty_appointments_at_once_are_no_lead_too_many(
    site: Site, role: str, same: bool, appointed: int, refused: str
) -> None:
    found = site.do(lead_tasks.appoint_together, role, same)

    assert found == {
        "told": {"appointed": appointed, refused: lead_tasks.MANY - appointed},
        "terms": appointed,
        "members": appointed,
    }
