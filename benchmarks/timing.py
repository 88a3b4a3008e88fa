"""Owns how times are taken: p50 and p95 by the clock and in processor time, contenders in turn."""

import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

WARM_UP = 5
REPETITIONS = 200
LEAST = 5  # repetitions, however long they take


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds over `runs` repetitions.

    By the clock, and in processor time, which is what the clock would show if nothing else ran on the machine
    (waiting for a disk apart; nothing here waits for one once it is warm).
    """

    p50: float
    p95: float
    cpu50: float
    cpu95: float
    runs: int

    @classmethod
    def of(cls, taken: list[tuple[float, float]]) -> "Times":
        """The percentiles (nearest rank) of durations in seconds, each by the clock and in processor time.

        >>> Times.of([(0.002, 0.001)] * 19 + [(0.010, 0.001)])
        Times(p50=2.0, p95=2.0, cpu50=1.0, cpu95=1.0, runs=20)
        """
        ordered = [sorted(seconds) for seconds in zip(*taken, strict=True)]
        last = len(taken) - 1
        ranks = (last // 2, int(last * 0.95))
        p50, p95, cpu50, cpu95 = (round(each[rank] * 1000, 3) for each in ordered for rank in ranks)
        return cls(p50, p95, cpu50, cpu95, len(taken))

    def as_json(self) -> dict[str, float]:
        """What the report keeps."""
        return asdict(self)


class Stopwatch:
    """Takes the time of calls, those of a database server on this machine included."""

    def __init__(self, server: int | None = None) -> None:
        """`server` is the process that serves our connection; without one, only this thread counts."""
        statistics = Path(f"/proc/{server}/schedstat")
        self._server = statistics if server and statistics.exists() else None

    def take(self, call: Callable[[], Any]) -> tuple[float, float]:
        """How long one call takes, in seconds by the clock and of processor time."""
        server, own, start = self._served(), time.thread_time(), time.perf_counter()
        call()
        elapsed, spent = time.perf_counter() - start, time.thread_time() - own
        return elapsed, spent + self._served() - server

    def repeat(self, call: Callable[[], Any], repetitions: int) -> Times:
        """The times of one call on its own."""
        return Times.of([self.take(call) for _again in range(repetitions)])

    def interleaved(
        self, calls: Mapping[str, Callable[[], Any]], *, repetitions: int = REPETITIONS, budget: float = 3.0
    ) -> dict[str, Times]:
        """The times of several calls, taken in turn so that a busy moment of the machine hits all alike.

        The first one runs `repetitions` times; each other one as often, or until its `budget` in seconds is
        spent (but five times).
        """
        first = next(iter(calls))
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in calls}
        for call in calls.values():
            _warm_up(call, budget / 4)
        gc.collect()
        spent = dict.fromkeys(calls, 0.0)
        for _again in range(repetitions):
            for name, call in calls.items():
                if name == first or len(taken[name]) < LEAST or spent[name] < budget:
                    taken[name].append(self.take(call))
                    spent[name] += taken[name][-1][0]
        return {name: Times.of(each) for name, each in taken.items()}

    def _served(self) -> float:
        # The first number is the nanoseconds that the process ran.
        return int(self._server.read_text().split()[0]) / 1e9 if self._server else 0.0


def _warm_up(call: Callable[[], Any], budget: float) -> None:
    start = time.perf_counter()
    for _again in range(WARM_UP):
        call()
        if time.perf_counter() - start > budget:
            return
