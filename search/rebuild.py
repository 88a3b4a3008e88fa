"""Owns the rebuild of a whole index, from what is published."""

from . import registry
from .backends.base import Progress
from .pending import drain


def rebuild(index: str, progress: Progress | None = None) -> int:
    """Builds an index anew while it goes on answering; says how many documents it has then.

    `progress` is told how many documents are done, and of how many.

    :raises LookupError: if no app has registered the index.
    :raises Overtaken: if another rebuild of it began meanwhile.
    """
    search = registry.get(index)
    documents = search.store.rebuild(search, progress)
    drain(index)
    return documents
