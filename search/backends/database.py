"""Owns the store `database`: searches over postings in the database in use, SQLite and PostgreSQL alike."""

import json
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap

from search.analysis import all_terms, tokens
from search.facets import Facet
from search.labels import Labels
from search.matching import Matching, as_numbers, needed_terms
from search.models import Document, SearchIndex
from search.query import Phrase, Query, parse
from search.records import Numbers, Records, unpack
from search.results import PAGE_SIZE, Hit, Results
from search.selection import Selection
from search.snapshot import Snapshot, facets_of, snapshots
from search.state import SearchState

from . import reading, writing
from .base import Looked, Progress, Published
from .building import Building, clear_rubbish
from .spelling import SpellingOfIndex

# Another process may change the index between two statements of a search: then it starts over, so often.
_ATTEMPTS = 5
# Cards that are read together with words before it is known whether a phrase stands there.
_SPARE_CARDS = 100


class DatabaseStore:
    """An index in the database. Two statements answer a search: one for the postings, one for the cards."""

    def __init__(self, index: str, facets: Sequence[Facet]) -> None:
        self._index = index
        self._facets = tuple(facets)
        self._spelling = SpellingOfIndex()

    def search(self, state: SearchState, *, typing: bool = False) -> Results:
        """One page of hits, the total and all counts.

        :raises BadSearch: if the text has too many words.
        """
        for attempt in range(_ATTEMPTS):
            matching = self._ask(state, typing)
            if matching is None:
                return self._nothing()
            results = self._answer(matching, state, is_last=attempt + 1 == _ATTEMPTS)
            if results is not None:
                return results
        raise AssertionError("the last attempt answers")

    def labels(self) -> Labels:
        """The labels that this process knows; read from the index if it has not searched yet."""
        snapshot = snapshots.get(self._index) or self._load()
        return snapshot.labels if snapshot else Labels(self._facets, {})

    def count(self, facet: str, value: str) -> int:
        """How many documents have a value; asks no query."""
        snapshot = snapshots.get(self._index) or self._load()
        return len(snapshot.values(facet).get(value, ())) if snapshot else 0

    def corrected(self, text: str) -> str:
        """The text with misspelt words replaced; empty if nothing is better."""
        snapshot = snapshots.get(self._index) or self._load()
        if snapshot is None or not text:
            return ""
        standing = reading.standing(
            snapshot.generation, {term for word in tokens(text) for term in all_terms(word.surface)}
        )
        return self._spelling.of(snapshot).corrected(
            text, lambda word: not standing.isdisjoint(all_terms(word))
        )

    def apply(self, looked: Looked) -> None:
        """Makes the index say what was seen; in the transaction that locked it and forgets the marks."""
        writing.apply(SearchIndex.objects.get(name=self._index), looked, self._facets)

    def rebuild(self, published: Published, progress: Progress | None = None) -> int:
        """Builds the index anew beside the one that answers, and puts it in its place; how many documents.

        :raises Overtaken: if another rebuild of the index began meanwhile.
        """
        building = Building(self._index, self._facets, published)
        clear_rubbish(self._index)
        building.fill(progress)
        while not building.finish():
            pass
        clear_rubbish(self._index)
        return Document.objects.filter(generation=building.generation, gone=False).count()

    def _ask(self, state: SearchState, typing: bool) -> Matching | None:
        """The query with all that is needed to answer it, of one moment; None if there is no index."""
        snapshot = snapshots.get(self._index) or self._load()
        for _ in range(_ATTEMPTS):
            if snapshot is None:
                return None
            query = parse(state.text, snapshot.labels.lexicon, typing)
            asked = reading.Asked(needed_terms(query), query.prefixes())
            answer = reading.read(self._index, snapshot.generation, snapshot.change, asked)
            if answer.state is None or answer.state.identity != snapshot.identity:
                snapshot = self._load()
                continue
            snapshot = self._ready(snapshot.updated(answer.changes), query)
            snapshots.put(self._index, snapshot)
            if answer.state.lexicon_change == snapshot.lexicon_change:
                return Matching(query, answer.postings, snapshot)
            snapshot = self._relabelled(snapshot)
        raise RuntimeError(f"The index {self._index!r} is replaced faster than it can be read.")

    def _answer(self, matching: Matching, state: SearchState, is_last: bool) -> Results | None:
        """The results; None if something went missing meanwhile and there may be another attempt."""
        selection = Selection(self._facets, state, matching.snapshot)
        matches = matching.candidates()
        cards: dict[int, str] = {}
        if matching.phrases:
            matches, cards = self._confirm(matching, state, selection, matches)
        hits = selection.passing(matches)
        page = self._page(matching, state, hits)
        if not cards.keys() >= set(page):
            cards |= reading.cards(matching.snapshot.generation, page)
        if not is_last and not cards.keys() >= set(page):
            return None
        return Results(
            total=len(hits),
            hits=tuple(_hit(matching, number, cards) for number in page),
            counts=selection.counts(matches),
            without=selection.without(matches),
            places=matching.query.places,
        )

    def _confirm(
        self, matching: Matching, state: SearchState, selection: Selection, candidates: BitMap
    ) -> tuple[BitMap, dict[int, str]]:
        """The candidates whose words bear the phrases out, and the cards of those likely to be shown."""
        candidates = selection.nearly_passing(candidates)
        doubtful = as_numbers(matching.unconfirmed(candidates)).tolist()
        likely = self._page(matching, state, selection.passing(candidates), _SPARE_CARDS)
        words, cards = reading.words_and_cards(matching.snapshot.generation, doubtful, likely)
        return matching.confirmed(candidates, words), cards

    def _page(self, matching: Matching, state: SearchState, hits: BitMap, spare: int = 0) -> list[int]:
        """The numbers of one page of hits, in order."""
        start = (state.page - 1) * PAGE_SIZE
        if start >= len(hits):
            return []
        numbers = as_numbers(hits)
        keys = self._order(matching, state.sort, hits, numbers)
        end = start + PAGE_SIZE + spare
        if end < len(keys):
            first = np.argpartition(keys, end)[:end]
            numbers, keys = numbers[first], keys[first]
        return [int(number) for number in numbers[np.argsort(keys)][start:end]]

    def _order(self, matching: Matching, sort: str, hits: BitMap, numbers: Numbers) -> npt.NDArray[np.int64]:
        """A key for each hit; no two are equal, the least comes first."""
        places = matching.snapshot.records.order(sort).places[numbers].astype(np.int64)
        if sort != "relevance" or not matching.query.positive:
            return places
        named = matching.snapshot.records.named(matching.query.name_key, numbers)
        return places - ((matching.scores(hits) * 2 + named) << 32)

    def _nothing(self) -> Results:
        return Results(
            total=0, hits=(), counts={facet.name: {} for facet in self._facets if not facet.hidden}
        )

    def _load(self) -> Snapshot | None:
        """A snapshot made from nothing. What is written meanwhile comes, maybe again, with the next read."""
        found = reading.index_row(self._index)
        if found is None:
            return None
        state, lexicon = found
        snapshot = Snapshot(
            identity=state.identity,
            generation=state.generation,
            change=state.change,
            lexicon_change=state.lexicon_change,
            labels=Labels.loads(self._facets, lexicon),
            facets=facets_of(reading.facet_postings(state.generation)),
            records=Records.of(unpack([reading.records(state.generation)])),
        )
        snapshots.put(self._index, snapshot)
        return snapshot

    def _ready(self, snapshot: Snapshot, query: Query) -> Snapshot:
        """The snapshot with what phrases need, if the query has any."""
        phrases = any(isinstance(part, Phrase) for part in (*query.positive, *query.negative))
        if snapshot.pairs is None and phrases:
            return snapshot.with_pairs(dict(reading.pairs(snapshot.generation)))
        return snapshot

    def _relabelled(self, snapshot: Snapshot) -> Snapshot | None:
        """The snapshot with the labels that the index has now."""
        found = reading.index_row(self._index)
        if found is None:
            return None
        state, lexicon = found
        return snapshot.with_labels(Labels.loads(self._facets, lexicon), state.lexicon_change)


def _hit(matching: Matching, number: int, cards: Mapping[int, str]) -> Hit:
    return Hit(
        key=int(matching.snapshot.records.rows["key"][number]),
        score=matching.score(number),
        found=matching.found(number),
        card=json.loads(cards.get(number, "{}")),
    )
