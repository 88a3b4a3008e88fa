"""Owns the marks on what is to be looked at again: how they are set, and forgotten if nobody renewed them."""

import secrets
from collections.abc import Iterable, Mapping

from django.db import connection

from .models import PendingChange

# The key under which the labels of an index's facets are marked; things have greater ones.
LEXICON = 0


def note(index: str, keys: Iterable[int]) -> None:
    """Marks things without asking for a drain: whoever calls it drains, or leaves it to the worker."""
    # Sorted, so that two transactions that mark the same things wait for each other and do not lock up.
    PendingChange.objects.bulk_create(
        [PendingChange(index=index, key=key, token=secrets.randbits(62)) for key in sorted(set(keys))],
        update_conflicts=True,
        unique_fields=["index", "key"],
        update_fields=["token"],
    )


def marked(index: str, but: Iterable[int], size: int) -> list[int]:
    """The least keys that are marked, a few at most, those in `but` left aside."""
    marks = PendingChange.objects.filter(index=index).exclude(key__in=but).order_by("key")
    return list(marks.values_list("key", flat=True)[:size])


def every(index: str) -> set[int]:
    """The keys of everything that is marked."""
    return set(PendingChange.objects.filter(index=index).values_list("key", flat=True))


def waiting(index: str) -> int:
    """How many things are marked and not yet looked at again."""
    return PendingChange.objects.filter(index=index, key__gt=LEXICON).count()


def take(index: str, keys: Iterable[int]) -> dict[int, int]:
    """The tokens of those of the keys that are marked and that nobody is marking just now."""
    marks = PendingChange.objects.filter(index=index, key__in=keys)
    if connection.features.has_select_for_update_skip_locked:
        marks = marks.select_for_update(skip_locked=True)
    return dict(marks.values_list("key", "token"))


def forget(index: str, tokens: Mapping[int, int]) -> None:
    """Deletes marks. One that was renewed meanwhile has another token and stays."""
    marks = PendingChange.objects.filter(index=index, key__in=list(tokens))
    marks.filter(token__in=list(tokens.values())).delete()
