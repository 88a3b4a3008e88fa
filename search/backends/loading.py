"""Owns how a process comes by its snapshot of an index, and what is added to it at need."""

from collections.abc import Sequence

from search.facets import Facet
from search.labels import Labels
from search.lines import Lines
from search.query import Phrase, Query
from search.records import Records, unpack
from search.snapshot import Snapshot, facets_of, lines_of, snapshots

from . import reading


def newest(index: str, facets: Sequence[Facet]) -> Snapshot:
    """The snapshot that this process has, or else one loaded now."""
    return snapshots.get(index) or load(index, facets)


def load(index: str, facets: Sequence[Facet]) -> Snapshot:
    """A snapshot made from nothing. What is written meanwhile comes, maybe again, with the next read.

    Of an index that was never written it is empty, and is not kept.
    """
    found = reading.index_row(index)
    if found is None:
        return Snapshot(0, 0, 0, 0, Labels.read(facets), {}, Lines({}), Records.of(unpack(b"")))
    state, lexicon = found
    postings = reading.kept_postings(state.generation)
    snapshot = Snapshot(
        identity=state.identity,
        generation=state.generation,
        change=state.change,
        lexicon_change=state.lexicon_change,
        labels=Labels.loads(facets, lexicon),
        facets=facets_of(postings),
        lines=Lines(lines_of(postings)),
        records=Records.of(unpack(reading.records(state.generation))),
    )
    snapshots.put(index, snapshot)
    return snapshot


def relabelled(snapshot: Snapshot, index: str, facets: Sequence[Facet]) -> Snapshot:
    """The snapshot with the labels that the index has now."""
    found = reading.index_row(index)
    if found is None:
        return snapshot
    state, lexicon = found
    return snapshot.with_labels(Labels.loads(facets, lexicon), state.lexicon_change)


def ready(snapshot: Snapshot, query: Query) -> Snapshot:
    """The snapshot with what phrases need, if the query has any."""
    phrases = any(isinstance(part, Phrase) for part in (*query.positive, *query.negative))
    if snapshot.pairs is None and phrases:
        return snapshot.with_pairs(dict(reading.pairs(snapshot.generation)))
    return snapshot
