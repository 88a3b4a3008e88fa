"""Owns the proof that a sender who asks everything at once gets no more than one who takes turns."""

from directory.actions.proposing import PER_SENDER
from directory.actions.writing import SENDER

from . import flood_tasks
from .flood_tasks import MANY
from .processes import Site


def test_one_sender_who_proposes_about_many_firms_at_once_stays_within_the_limit(site: Site) -> None:
    firms = site.do(flood_tasks.make_ground)

    done = site.do(flood_tasks.propose_together, firms)

    assert done == {"taken": PER_SENDER, "refused": MANY - PER_SENDER}


def test_one_sender_who_writes_to_many_firms_at_once_stays_within_the_limit(site: Site) -> None:
    firms = site.do(flood_tasks.make_ground)

    done = site.do(flood_tasks.write_together, firms)

    most = SENDER[0].most
    assert done == {"taken": most, "refused": MANY - most}
