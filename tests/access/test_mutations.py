"""Owns the proof that the matrix can fail: each permission line that is loosened is noticed by its cells."""

import pytest

from tests.access.building import Scene, build
from tests.access.cells import problems_of, visits
from tests.access.mutations import Mutation, every
from tests.access.pending import PENDING
from tests.access.rules import RULES

AT_LEAST = 20
SHARES = 4  # so that every core has some to try
TRIED = [each for each in every() if set(each.notice) - set(PENDING)]


def test_there_are_enough_mutations_and_each_has_a_name_of_its_own() -> None:
    names = [mutation.name for mutation in every()]

    assert len(names) == len(set(names))
    assert len(TRIED) >= AT_LEAST
    assert {address for mutation in every() for address in mutation.notice} <= {r.address for r in RULES}


@pytest.mark.prove
@pytest.mark.django_db
@pytest.mark.parametrize("share", range(SHARES))
def test_every_loosened_line_is_noticed(share: int) -> None:
    scene, tried = build(), TRIED[share::SHARES]

    assert "; ".join(m.name for m in tried if is_noticed(m, scene, loosened=False)) == ""
    assert "; ".join(m.name for m in tried if not is_noticed(m, scene)) == ""


def is_noticed(mutation: Mutation, scene: Scene, *, loosened: bool = True) -> bool:
    """Whether a cell of the mutation's addresses disagrees while the line is loosened."""
    known = set(mutation.notice) - set(PENDING)
    asked = [rule for rule in RULES if rule.address in known]
    askers = {role: asker for role, asker in scene.askers.items() if role in mutation.roles}
    with pytest.MonkeyPatch.context() as patch:
        if loosened:
            mutation.apply(patch)
        found = (problems_of(visit, scene.world) for visit in visits(tuple(asked), askers, scene.world))
        return any(found)
