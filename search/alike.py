"""Owns which documents are like something: those that have the most of certain facet values, best first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from pyroaring import BitMap

from .matching import as_numbers
from .snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Trait:
    """A value of a facet that makes a document worth showing, and how much it does."""

    facet: str
    value: str
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Alike:
    """What to look for: `traits`, in documents without the (facet, value) `unlike`, never that of `key`."""

    traits: Sequence[Trait]
    unlike: tuple[str, str] | None = None
    key: int = 0
    limit: int = 4


@dataclass(frozen=True, slots=True)
class Likeness:
    """A document that is like it, and in what: at least one trait, in the order in which they were asked."""

    key: int
    traits: tuple[Trait, ...]
    card: Mapping[str, Any] = field(default_factory=dict)


def alike(snapshot: Snapshot, asked: Alike) -> list[tuple[int, tuple[Trait, ...]]]:
    """The numbers of the documents with the most weight of traits, and the traits that each has.

    Of those that weigh the same, the one comes first that a search for nothing shows first.
    """
    having = {trait: snapshot.values(trait.facet).get(trait.value, BitMap()) for trait in asked.traits}
    found = BitMap.union(BitMap(), *having.values()) & snapshot.documents
    if asked.unlike:
        found -= snapshot.values(asked.unlike[0]).get(asked.unlike[1], BitMap())
    weights = np.zeros(len(snapshot.records.rows), np.int64)
    for trait, documents in having.items():
        weights[as_numbers(documents & found)] += trait.weight
    numbers = as_numbers(found)
    numbers = numbers[snapshot.records.rows["key"][numbers] != asked.key]
    places = snapshot.records.order("relevance").places[numbers].astype(np.int64)
    keys = places - (weights[numbers] << 32)
    if asked.limit < len(keys):
        # Only the first few need be sorted.
        first = np.argpartition(keys, asked.limit)[: asked.limit]
        numbers, keys = numbers[first], keys[first]
    best = numbers[np.argsort(keys)].tolist()
    return [(number, tuple(trait for trait in having if number in having[trait])) for number in best]
