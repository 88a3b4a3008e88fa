"""Owns what is to be looked at again: marked in the transaction that changes it, so a crash loses nothing."""

import logging
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import connection, transaction

from . import marks, registry
from .backends import writing
from .backends.base import Looked
from .labels import Labels
from .marks import LEXICON

logger = logging.getLogger("search")

BATCH = 200  # things looked at in one transaction, so that the lock is held for a moment only
# Things that a request looks at itself after it committed. A renamed term can mark thousands; nobody shall
# wait for those: they stay marked for the worker, or for whoever commits next.
AT_ONCE = BATCH

_postponed: ContextVar[set[str] | None] = ContextVar("search_postponed", default=None)


def mark(index: str, keys: Iterable[int]) -> None:
    """Asks the index to look at these things again, once the transaction in force commits: `AT_ONCE` of what
    is marked then, whatever is more later."""
    marks.note(index, keys)
    waiting = _postponed.get()
    if waiting is not None:
        waiting.add(index)
    else:
        _schedule(index)


def mark_lexicon(index: str) -> None:
    """Asks the index to read its facets' values and labels again, once the transaction in force commits."""
    mark(index, [LEXICON])


@contextmanager
def postponed() -> Iterator[None]:
    """Within it, marks are kept and not acted on; at its end everything is looked at in batches.

    For imports that mark thousands of things, one transaction each. If the process dies within, the marks
    stand, and the worker acts on them.
    """
    if _postponed.get() is not None:
        yield
        return
    waiting: set[str] = set()
    token = _postponed.set(waiting)
    try:
        yield
    finally:
        _postponed.reset(token)
        for index in sorted(waiting):
            transaction.on_commit(_DrainOnCommit(index, most=None))


def drain(index: str, most: int | None = None) -> int:
    """Brings an index up to date with what is marked, `most` things at most; says how many it looked at.

    A thing that cannot be read is logged, stays marked, and does not keep the others waiting.
    """
    looked, size, passed_over = 0, BATCH, set[int]()
    while (most is None or looked < most) and (keys := marks.marked(index, passed_over, size)):
        try:
            seen = _look_again(index, keys)
        except Exception:
            if len(keys) == 1:
                logger.exception("look again failed", extra={"index": index, "key": keys[0]})
                passed_over.update(keys)
            size = 1
            continue
        looked += len(seen)
        # What another process took, or holds just now, it brings up to date itself.
        passed_over.update(set(keys) - seen)
        size = min(BATCH, size * 2)
    return looked


@dataclass(frozen=True)
class _DrainOnCommit:
    """A drain after a commit. Whatever happens in it, what was committed stands and stays marked."""

    index: str
    most: int | None = AT_ONCE

    def __call__(self) -> None:
        try:
            drain(self.index, self.most)
        except Exception:
            logger.exception("drain failed", extra={"index": self.index})


def _schedule(index: str) -> None:
    """One drain when the transaction commits, however much is marked in it."""
    inside = set(connection.savepoint_ids)
    for savepoints, callback, *_ in connection.run_on_commit:
        # One that was asked for in a savepoint still open runs whenever this one would.
        if callback == _DrainOnCommit(index) and set(savepoints) <= inside:
            return
    transaction.on_commit(_DrainOnCommit(index))


def _look_again(index: str, keys: Collection[int]) -> set[int]:
    """Looks at these things under the lock and forgets their marks; the keys of those it looked at."""
    search = registry.get(index)
    with transaction.atomic(durable=True):
        row = writing.lock(index)
        tokens = marks.take(index, keys)
        if LEXICON in tokens or not row.lexicon_change:
            reworded = writing.relabel(row, Labels.read(search.facets), search.facets)
            # What is marked is looked at after this, in this batch or a later one.
            marks.note(index, set(reworded) - marks.every(index))
        things = tokens.keys() - {LEXICON}
        documents = list(search.documents(sorted(things))) if things else []
        gone = things - {document.key for document in documents}
        search.store.apply(Looked(documents, sorted(gone)))
        marks.forget(index, tokens)
    return set(tokens)
