"""Owns what is to be looked at again: marked in the transaction that changes it, so a crash loses nothing."""

import secrets
from collections.abc import Iterable

from .models import PendingChange


def mark(index: str, keys: Iterable[int]) -> None:
    """Asks the index to look at these things again, once the transaction in force commits."""
    PendingChange.objects.bulk_create(
        [PendingChange(index=index, key=key, token=secrets.randbits(62)) for key in sorted(set(keys))],
        update_conflicts=True,
        unique_fields=["index", "key"],
        update_fields=["token"],
    )
