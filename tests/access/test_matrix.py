"""Owns the proof that the walls stand: every address, as everybody, about everybody's things."""

import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

import pytest

from tests.access.building import Scene, build
from tests.access.cells import Cell, Visit, problems_of, visits
from tests.access.pending import PENDING
from tests.access.rule import Rule
from tests.access.rules import RULES, addresses_without_rule, rules_without_address

ENOUGH = 10_000
SHARES = 8  # of all cells, so that every core has some of them to ask


def test_every_address_has_a_rule() -> None:
    assert addresses_without_rule() == []
    assert rules_without_address() == []


def test_what_is_pending_is_an_address() -> None:
    assert set(PENDING) - {rule.address for rule in RULES} == set()


@pytest.mark.django_db
def test_the_walls_stand_wherever_somebody_looks() -> None:
    scene = build()
    every = list(visits(RULES, scene.askers, scene.world))
    cells, holes = walked(spread(every), scene)

    assert len({cell for visit in every for cell in visit.cells(scene.world)}) >= ENOUGH
    assert {(cell.address, cell.role) for cell in cells} >= every_address_and_role(scene)
    assert not unexpected(holes), "\n".join(unexpected(holes))


@pytest.mark.prove
@pytest.mark.django_db
@pytest.mark.parametrize("share", range(SHARES))
def test_the_walls_stand_everywhere(share: int, record_property: Any) -> None:
    scene, mine, begun = build(), rules_of(share), time.monotonic()
    cells, holes = walked(visits(mine, scene.askers, scene.world), scene)
    # `tests/conftest.py` adds them up at the end of the run.
    record_property("cells", len(cells))
    record_property("seconds", time.monotonic() - begun)

    assert not unexpected(holes), "\n".join(unexpected(holes))
    pending = set(PENDING) & {rule.address for rule in mine}
    assert pending - set(holes) == set(), "There is no hole any more: take it out of pending.py."


def rules_of(share: int) -> tuple[Rule, ...]:
    """The rules of every eighth address; all rules of an address are in one share, so no cell is in two."""
    addresses = sorted({rule.address for rule in RULES})[share::SHARES]
    return tuple(rule for rule in RULES if rule.address in addresses)


def spread(every: Iterable[Visit]) -> Iterator[Visit]:
    """Of each address and role one visit; which owner and state is another one at the next address."""
    groups: dict[tuple[str, str, bool], list[Visit]] = defaultdict(list)
    for visit in every:
        groups[visit.rule.address, visit.asker.role, visit.rule.looks].append(visit)
    for number, group in enumerate(groups.values()):
        # 7 has no factor in common with the numbers of owners and states, so all of them have their turn.
        yield group[number * 7 % len(group)]


def walked(chosen: Iterable[Visit], scene: Scene) -> tuple[set[Cell], dict[str, list[str]]]:
    """The cells that these visits filled, and what was wrong, by address."""
    cells: set[Cell] = set()
    holes: dict[str, list[str]] = defaultdict(list)
    for visit in chosen:
        cells.update(visit.cells(scene.world))
        problems = problems_of(visit, scene.world)
        if problems:
            holes[visit.rule.address] += problems
    return cells, holes


def unexpected(holes: dict[str, list[str]], known: Collection[str] = PENDING) -> list[str]:
    """What is wrong at addresses where nothing is known to be."""
    return [problem for address, found in holes.items() if address not in known for problem in found]


def every_address_and_role(scene: Scene) -> set[tuple[str, str]]:
    """Each address with each role."""
    return {(rule.address, role) for rule in RULES for role in scene.askers}
