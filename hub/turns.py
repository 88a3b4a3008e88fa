"""Owns taking turns: whoever does something for a key waits until nobody else does it for the same one.

What is counted before it is allowed (so many messages a day for a sender) has no row of its own that could be
locked. A row for each sender would have to be made, kept and forgotten again; so keys share a fixed number of
rows, and two that meet in one only wait for each other a little.
"""

import zlib

from hub.models import Turn

ROWS = 64


def take_turns(*keys: str) -> None:
    """Holds the keys until the transaction in force ends. Empty keys are nobody's.

    Always in one order, so that no two wait for each other. On SQLite, where one transaction writes at a
    time, there is nothing to hold.
    """
    numbers = sorted({zlib.crc32(key.encode()) % ROWS for key in keys if key})
    if _held(numbers) < len(numbers):
        Turn.objects.bulk_create([Turn(number=number) for number in range(ROWS)], ignore_conflicts=True)
        _held(numbers)


def _held(numbers: list[int]) -> int:
    return len(Turn.objects.select_for_update().filter(number__in=numbers).order_by("number"))
