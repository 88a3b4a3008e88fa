"""Owns the store `database`: searches over postings in the database in use, SQLite and PostgreSQL alike."""

import json
from collections.abc import Mapping, Sequence

from pyroaring import BitMap

from search.alike import Alike, Likeness, alike
from search.analysis import all_terms, tokens
from search.facets import Facet
from search.labels import Labels
from search.matching import Matching, as_numbers, needed_terms
from search.models import Document, SearchIndex
from search.ordering import in_order, page_of
from search.query import parse
from search.results import Hit, Results
from search.selection import Selection
from search.snapshot import snapshots
from search.state import SearchState

from . import reading, writing
from .base import Looked, Progress, Published
from .building import Building, clear_rubbish
from .loading import load, newest, ready, relabelled
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
            results, is_whole = self._answer(self._ask(state, typing), state)
            if is_whole or attempt + 1 == _ATTEMPTS:
                break
        return results

    def keys_in_order(self, state: SearchState) -> list[int]:
        """The keys of all hits, whatever the page, best first; of one moment.

        :raises BadSearch: if the text has too many words.
        """
        for _ in range(_ATTEMPTS):
            matching = self._ask(state, typing=False)
            selection = Selection(self._facets, state, matching.snapshot)
            matches, _cards, is_whole = self._matches(matching, state, selection)
            if is_whole:
                break
        numbers = in_order(matching, state, selection.passing(matches))
        keys: list[int] = matching.snapshot.records.rows["key"][numbers].tolist()
        return keys

    def is_written(self) -> bool:
        """Whether the index was ever written; asked anew each time, as another process may write it."""
        return SearchIndex.objects.filter(name=self._index).exists()

    def labels(self) -> Labels:
        """The labels that this process knows; read from the index if it has not searched yet."""
        return newest(self._index, self._facets).labels

    def count(self, facet: str, value: str) -> int:
        """How many documents have a value; asks no query."""
        return len(newest(self._index, self._facets).values(facet).get(value, ()))

    def alike(self, asked: Alike) -> tuple[Likeness, ...]:
        """The documents that are most like what is asked; two statements, as for a search without words."""
        snapshot = self._ask(SearchState(), typing=False).snapshot
        found = alike(snapshot, asked)
        cards = reading.cards(snapshot.generation, [number for number, _ in found])
        # One without a card was withdrawn between the two statements.
        return tuple(
            Likeness(int(snapshot.records.rows["key"][number]), traits, json.loads(cards[number]))
            for number, traits in found
            if number in cards
        )

    def corrected(self, text: str) -> str:
        """The text with misspelt words replaced; empty if nothing is better."""
        terms = {term for word in tokens(text) for term in all_terms(word.surface)}
        if not terms:
            return ""
        snapshot = newest(self._index, self._facets)
        standing = reading.standing(snapshot.generation, terms) | snapshot.lines.standing(terms)
        spelling = self._spelling.of(snapshot)
        return spelling.corrected(text, lambda word: not standing.isdisjoint(all_terms(word)))

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

    def _ask(self, state: SearchState, typing: bool) -> Matching:
        """The query with all that is needed to answer it, of one moment."""
        snapshot = newest(self._index, self._facets)
        for _ in range(_ATTEMPTS):
            query = parse(state.text, snapshot.labels.lexicon, typing)
            asked = reading.Asked(needed_terms(query), query.prefixes())
            answer = reading.read(self._index, snapshot.generation, snapshot.change, asked)
            identity = answer.state.identity if answer.state else 0
            if identity != snapshot.identity:
                snapshot = load(self._index, self._facets)
                continue
            if answer.state is None:
                return Matching(query, {}, snapshot)
            snapshot = ready(snapshot.updated(answer.changes), query)
            snapshots.put(self._index, snapshot)
            if answer.state.lexicon_change == snapshot.lexicon_change:
                return Matching(query, answer.postings, snapshot)
            snapshot = relabelled(snapshot, self._index, self._facets)
        raise RuntimeError(f"The index {self._index!r} is replaced faster than it can be read.")

    def _answer(self, matching: Matching, state: SearchState) -> tuple[Results, bool]:
        """The results, and whether all was still there that they are made of."""
        selection = Selection(self._facets, state, matching.snapshot)
        matches, cards, is_whole = self._matches(matching, state, selection)
        hits = selection.passing(matches)
        page = page_of(matching, state, hits)
        if not cards.keys() >= set(page):
            cards |= reading.cards(matching.snapshot.generation, page)
        results = Results(
            total=len(hits),
            hits=tuple(_hit(matching, number, cards, state.sort == "relevance") for number in page),
            counts=selection.counts(matches),
            without=selection.without(matches),
            places=matching.query.places,
        )
        return results, is_whole and cards.keys() >= set(page)

    def _matches(
        self, matching: Matching, state: SearchState, selection: Selection
    ) -> tuple[BitMap, dict[int, str], bool]:
        """The documents that match; if words had to be read to see that a phrase stands there, the cards of
        those likely to be shown, and whether all words were still there."""
        if not matching.phrases:
            return matching.candidates(), {}, True
        candidates = selection.nearly_passing(matching.candidates())
        doubtful = as_numbers(matching.unconfirmed(candidates)).tolist()
        likely = page_of(matching, state, selection.passing(candidates), _SPARE_CARDS)
        words, cards = reading.words_and_cards(matching.snapshot.generation, doubtful, likely)
        return matching.confirmed(candidates, words), cards, len(words) == len(doubtful)


def _hit(matching: Matching, number: int, cards: Mapping[int, str], is_scored: bool) -> Hit:
    return Hit(
        key=int(matching.snapshot.records.rows["key"][number]),
        score=matching.score(number) if is_scored else 0,
        found=matching.found(number),
        card=json.loads(cards.get(number, "{}")),
    )
