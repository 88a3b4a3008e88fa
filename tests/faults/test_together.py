"""Owns the proof that processes that write and read at once lose nothing and see what was written."""

import pytest

from . import tasks
from .processes import Site

ROUNDS = [1, pytest.param(10, marks=pytest.mark.prove)]


@pytest.mark.parametrize("rounds", ROUNDS)
def test_two_processes_that_write_to_the_same_firms_lose_nothing(site: Site, rounds: int) -> None:
    firms = sorted(site.do(tasks.found, "bake"))
    assert site.do(tasks.counted, "cluster", tasks.CLUSTER) == 0

    for number in range(rounds):
        writing = site.begin(tasks.publish, firms, f"spin{number}")
        joining = site.begin(tasks.join, firms[number::rounds])
        writing.answer()
        joining.answer()

        assert site.do(tasks.differences) == []
        assert site.do(tasks.found, f"spin{number}") == set(firms)

    assert site.do(tasks.counted, "cluster", tasks.CLUSTER) == len(firms)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_what_is_published_during_a_rebuild_is_in_the_new_index(site: Site, rounds: int) -> None:
    firms = sorted(site.do(tasks.found, "bake"))

    for number in range(rounds):
        writing = site.begin(tasks.publish, firms, f"spin{number}")
        writing.hear()
        site.do(tasks.rebuild)
        writing.answer()

        assert site.do(tasks.differences) == []
        assert site.do(tasks.found, f"spin{number}") == set(firms)


def test_a_reader_in_another_process_sees_every_change_on_its_next_request(site: Site) -> None:
    [first, second, *_others] = sorted(site.do(tasks.found, "bake"))
    reader = site.begin(tasks.read_on)

    def seen(text: str) -> set[str]:
        reader.tell(text)
        return reader.hear()

    assert len(seen("bake")) == tasks.FIRMS
    site.do(tasks.publish, [first], "weave")
    assert seen("weave") == {"firm-0"}
    assert len(seen("bake")) == tasks.FIRMS - 1
    site.do(tasks.rebuild)
    assert seen("weave") == {"firm-0"}
    site.do(tasks.publish, [second], "weave")
    assert seen("weave") == {"firm-0", "firm-1"}
    site.do(tasks.withdraw, [first])
    assert seen("weave") == {"firm-1"}
    site.do(tasks.rename, ["Brazing"])
    assert len(seen("brazing")) == tasks.FIRMS - 1

    reader.tell("")
    reader.answer()
