"""Owns how times are taken: milliseconds, p50 and p95, contenders in turn."""

import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

WARM_UP = 5
REPETITIONS = 200


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds over `runs` repetitions."""

    p50: float
    p95: float
    runs: int

    @classmethod
    def of(cls, seconds: list[float]) -> "Times":
        """The percentiles (nearest rank) of some durations.

        >>> Times.of([0.001] * 19 + [0.010]).p95
        1.0
        """
        ordered = sorted(seconds)
        last = len(ordered) - 1
        return cls(
            round(ordered[last // 2] * 1000, 3), round(ordered[int(last * 0.95)] * 1000, 3), len(ordered)
        )

    def as_json(self) -> dict[str, float]:
        """What the report keeps."""
        return {"p50": self.p50, "p95": self.p95, "runs": self.runs}


def seconds_of(call: Callable[[], Any]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def interleaved(
    calls: Mapping[str, Callable[[], Any]], *, repetitions: int = REPETITIONS, budget: float = 4.0
) -> dict[str, Times]:
    """The times of several calls, taken in turn so that a busy moment of the machine hits all alike.

    The first one runs `repetitions` times; each other one as often, or until its `budget` in seconds is spent
    (at least three times).
    """
    first = next(iter(calls))
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for call in calls.values():
        start = time.perf_counter()
        for _again in range(WARM_UP):
            call()
            if time.perf_counter() - start > budget / 4:
                break
    gc.collect()
    for _again in range(repetitions):
        for name, call in calls.items():
            spent = taken[name]
            if name == first or len(spent) < 3 or sum(spent) < budget:
                spent.append(seconds_of(call))
    return {name: Times.of(spent) for name, spent in taken.items()}
