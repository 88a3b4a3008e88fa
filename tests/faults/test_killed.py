"""Owns the proof that a process killed at any moment loses nothing, and the next drain makes all right."""

import random

import pytest

from tests.directory.importing import make_csv, make_row

from . import tasks
from .processes import Site, Task

# Once in every run of the tests, often in `make prove`.
often = pytest.mark.parametrize("kills", [1, pytest.param(25, marks=pytest.mark.prove)])

IMPORTED = 10
MAPPING = """
source.name = "chamber"
key.columns = ["id"]
[fields]
name = "firm"
region = "country"
town = "town"
[[tags]]
column = "tags"
[tags.means]
brewery = { sectors = ["food-drink"], capabilities = ["brewing"] }
"""


def places(site: Site, kills: int, task: Task, *words: object) -> list[int]:
    """Where in the life of a process to kill it, as numbers of statements, spread over the whole of it.

    The process lives once to its end, so that its life is known.
    """
    life = site.statements(task, *words)
    chance = random.Random(life)
    return [
        chance.randint(number * life // kills + 1, (number + 1) * life // kills) for number in range(kills)
    ]


@often
def test_what_was_published_before_the_kill_stands_and_nothing_is_half_published(
    site: Site, kills: int
) -> None:
    firms = sorted(site.do(tasks.found, "bake"))[:3]

    for number, place in enumerate(places(site, kills, tasks.publish, firms, "weave")):
        word = f"spin{number}"
        said = site.followed(tasks.publish, firms, word).kill_at(place)

        site.do(tasks.drain)
        assert site.do(tasks.differences) == []
        # The last may have been committed just before it could be said.
        assert site.do(tasks.found, word) in (set(said), set(firms[: len(said) + 1]))


@often
def test_what_was_withdrawn_before_the_kill_is_found_no_more(site: Site, kills: int) -> None:
    [first, *others] = sorted(site.do(tasks.found, "bake"))
    kills = min(kills, len(others))

    for firm, place in zip(others, places(site, kills, tasks.withdraw, [first]), strict=False):
        said = site.followed(tasks.withdraw, [firm]).kill_at(place)

        site.do(tasks.drain)
        assert site.do(tasks.differences) == []
        assert not site.do(tasks.found, "bake") & {first, *said}


@often
def test_a_renamed_capability_is_found_under_its_new_name_though_its_process_was_killed(
    site: Site, kills: int
) -> None:
    firms = site.do(tasks.found, "bake")

    for number, place in enumerate(places(site, kills, tasks.rename, ["Soldering"])):
        name = f"Brazing{number}"
        said = site.followed(tasks.rename, [name]).kill_at(place)

        site.do(tasks.drain)
        assert site.do(tasks.differences) == []
        assert site.do(tasks.found, name) in ((firms,) if said else (firms, set()))


@often
def test_a_killed_drain_is_made_good_by_the_next(site: Site, kills: int) -> None:
    firms = site.do(tasks.found, "bake")
    site.do(tasks.mark_all, "weave")

    for number, place in enumerate(places(site, kills, tasks.drain)):
        word = f"spin{number}"
        site.do(tasks.mark_all, word)
        site.followed(tasks.drain).kill_at(place)

        site.do(tasks.drain)
        assert site.do(tasks.differences) == []
        assert site.do(tasks.found, word) == firms


@often
def test_a_killed_rebuild_leaves_the_index_right_and_the_next_one_clears_what_it_left(
    site: Site, kills: int
) -> None:
    firms = site.do(tasks.found, "bake")

    for place in places(site, kills, tasks.rebuild):
        site.followed(tasks.rebuild).kill_at(place)

        assert site.do(tasks.differences) == []
        assert site.do(tasks.found, "bake") == firms
        site.do(tasks.publish, sorted(firms)[:1], "bake and weave")
        assert site.do(tasks.differences) == []

    site.do(tasks.rebuild)
    assert site.do(tasks.differences) == []
    assert site.do(tasks.generations) == 1


@often
def test_a_killed_import_leaves_no_firm_half_done_and_the_next_goes_on_where_it_stopped(
    site: Site, kills: int
) -> None:
    def file(life: int) -> bytes:
        return make_csv(
            *(make_row(id=f"{life}-{row}", firm=f"Brouwerij {life} {row}") for row in range(IMPORTED))
        )

    for life, place in enumerate(places(site, kills, tasks.import_file, file(-1), MAPPING)):
        site.followed(tasks.import_file, file(life), MAPPING).kill_at(place)

        assert site.do(tasks.half_imported) == 0
        site.do(tasks.drain)
        assert site.do(tasks.differences) == []

        rest = site.do(tasks.import_file, file(life), MAPPING)
        assert rest["new"] + rest["unchanged"] == rest["rows"] == IMPORTED
        assert site.do(tasks.import_file, file(life), MAPPING)["unchanged"] == IMPORTED
        assert site.do(tasks.half_imported) == 0
        assert site.do(tasks.differences) == []
