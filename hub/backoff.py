"""Owns how long a mail that could not be sent waits for its next try."""

from datetime import timedelta

# After the first try, the second and so on; after the last of these the mail has failed.
DELAYS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(hours=24),
)
MOST_TRIES = len(DELAYS) + 1


def delay_after(tries: int) -> timedelta | None:
    """How long to wait after so many tries (1 and up); None if that was the last one.

    >>> delay_after(1)
    datetime.timedelta(seconds=60)
    >>> delay_after(8) is None
    True
    """
    return DELAYS[tries - 1] if tries <= len(DELAYS) else None
