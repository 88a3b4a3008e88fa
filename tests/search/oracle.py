"""Owns what the right answer is: the rules of the search as a loop over all documents, slow and obvious."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.analysis import Position, analyse, name_key, plain, tokens
from search.concepts import Lexicon, Pair
from search.concepts import Phrase as Label
from search.documents import Document
from search.facets import Facet
from search.query import (
    EXACT,
    PREFIX_FIELDS,
    WEIGHTS,
    ConceptGroup,
    Negative,
    Phrase,
    Positive,
    Prefix,
    Query,
    ScoredWord,
    Word,
    parse,
)
from search.results import PAGE_SIZE, Hit, Results
from search.state import SearchState


@dataclass(frozen=True, slots=True)
class _Read:
    """A document as the loop reads it: the places of each text, the plain words of each field."""

    document: Document
    texts: tuple[tuple[str, tuple[Position, ...]], ...]
    plain_words: dict[str, frozenset[str]]
    mentions: frozenset[Pair]
    name_key: bytes

    def stands_in(self, field: str, terms: Iterable[str]) -> bool:
        wanted = set(terms)
        return any(wanted & set(place) for name, places in self.texts if name == field for place in places)

    def begins_in(self, field: str, prefix: str) -> bool:
        return any(word.startswith(prefix) for word in self.plain_words.get(field, ()))

    def is_tagged(self, concepts: Iterable[Pair]) -> bool:
        return any(value in self.document.values.get(facet, ()) for facet, value in concepts)

    def is_mentioning(self, concepts: Iterable[Pair]) -> bool:
        return any(pair in self.mentions for pair in concepts)


class Oracle:
    """Answers searches over documents as every store must."""

    def __init__(self, documents: Iterable[Document], facets: Sequence[Facet]) -> None:
        self.facets = facets
        self.lexicon = Lexicon.build((facet, facet.values()) for facet in facets)
        self._documents = [_read(document, self.lexicon) for document in documents]

    def search(self, state: SearchState, *, typing: bool = False) -> Results:
        """The page of hits, the total, the counts, and what dropping each filter would give."""
        query = parse(state.text, self.lexicon, typing)
        matching = [read for read in self._documents if _matches(read, query)]
        hits = self._chosen(matching, state)
        scores = {read.document.key: _score(read, query, state) for read in hits}
        ordered = sorted(hits, key=lambda read: _order(read, scores[read.document.key], query, state))
        page = ordered[(state.page - 1) * PAGE_SIZE : state.page * PAGE_SIZE]
        return Results(
            total=len(hits),
            hits=tuple(_hit(read, scores[read.document.key], query) for read in page),
            counts={
                facet.name: self._counts(matching, facet, state) for facet in self.facets if not facet.hidden
            },
            without={
                facet.name: len(self._chosen(matching, state.without_facet(facet.name)))
                for facet in self.facets
                if state.chosen.get(facet.name)
            },
            places=query.places,
        )

    def keys(self, text: str, *, typing: bool = False) -> frozenset[int]:
        """Everything that a text finds, on whatever page."""
        query = parse(text, self.lexicon, typing)
        return frozenset(read.document.key for read in self._documents if _matches(read, query))

    def _chosen(self, matching: Iterable[_Read], state: SearchState) -> list[_Read]:
        return [read for read in matching if all(_has(read, facet, state) for facet in self.facets)]

    def _counts(self, matching: Iterable[_Read], facet: Facet, state: SearchState) -> dict[str, int]:
        counts: dict[str, int] = {}
        for read in self._chosen(matching, state.without_facet(facet.name)):
            for value in _values(read, facet, state):
                counts[value] = counts.get(value, 0) + 1
        return counts


def _read(document: Document, lexicon: Lexicon) -> _Read:
    plain_words: dict[str, frozenset[str]] = {}
    for text in document.texts:
        words = tokens(text.words)[:2_000]
        found = frozenset(plain(word.surface) for word in words)
        plain_words[text.field] = plain_words.get(text.field, frozenset()) | found
    return _Read(
        document=document,
        texts=tuple((text.field, tuple(analyse(text))) for text in document.texts),
        plain_words=plain_words,
        mentions=lexicon.mentions(document.texts),
        name_key=name_key(document.name),
    )


def _values(read: _Read, facet: Facet, state: SearchState) -> frozenset[str]:
    values = frozenset(read.document.values.get(facet.name, ()))
    if facet.widened_by and facet.name in state.widened:
        return values | frozenset(read.document.values.get(facet.widened_by, ()))
    return values


def _has(read: _Read, facet: Facet, state: SearchState) -> bool:
    chosen = state.chosen.get(facet.name)
    return not chosen or bool(chosen & _values(read, facet, state))


def _matches(read: _Read, query: Query) -> bool:
    return all(_meets(read, part) for part in query.positive) and not any(
        _meets(read, part) for part in query.negative
    )


def _meets(read: _Read, part: Positive | Negative) -> bool:
    if isinstance(part, Word):
        return _has_word(read, part.terms)
    if isinstance(part, Prefix):
        begun = any(read.begins_in(field, part.word.plain) for field in PREFIX_FIELDS)
        return begun or _has_word(read, part.word.terms)
    if isinstance(part, Phrase):
        return any(_has_phrase(read, reading) for reading in part.readings)
    return _meets_concepts(read, part)


def _has_word(read: _Read, terms: Iterable[str]) -> bool:
    return any(read.stands_in(field, terms) for field, _ in read.texts)


def _has_phrase(read: _Read, reading: Sequence[Position]) -> bool:
    return any(
        all(set(terms) & set(place) for terms, place in zip(reading, places[start:], strict=False))
        for _, places in read.texts
        for start in range(len(places) - len(reading) + 1)
    )


def _meets_concepts(read: _Read, group: ConceptGroup) -> bool:
    if read.is_tagged(group.concepts) or read.is_mentioning(group.concepts):
        return True
    typed: Label = tuple(word.terms for word in group.words)
    return any(all(_has_word(read, terms) for terms in label) for label in (typed, *group.labels))


def _score(read: _Read, query: Query, state: SearchState) -> int:
    if state.sort != "relevance":
        return 0
    return sum(max(_weights(read, scored).values(), default=0) for scored in query.scored())


def _weights(read: _Read, scored: ScoredWord) -> dict[str, int]:
    """What a word is worth in each field in which it stands."""
    word = scored.word
    weights = {
        field: WEIGHTS[field]
        for field in ("name", "label", "place", "tagline", "text")
        if read.stands_in(field, word.terms)
        or (scored.is_prefix and field in PREFIX_FIELDS and read.begins_in(field, word.plain))
    }
    if word.plain in read.plain_words.get("name", ()):
        weights["name"] = EXACT
    if read.is_tagged(scored.concepts):
        weights["tagged"] = WEIGHTS["tagged"]
    if read.is_mentioning(scored.concepts):
        weights["mention"] = WEIGHTS["mention"]
    return weights


def _order(read: _Read, score: int, query: Query, state: SearchState) -> tuple[object, ...]:
    document = read.document
    by_name = (read.name_key, document.key)
    if state.sort == "name":
        return by_name
    if state.sort == "confirmed":
        return (-document.confirmed, *by_name)
    if state.sort == "newest":
        return (-document.created, *by_name)
    is_the_name = bool(query.name_key) and query.name_key == read.name_key
    return (-score, not is_the_name, -document.quality, *by_name)


def _hit(read: _Read, score: int, query: Query) -> Hit:
    standing = {field for scored in query.scored() for field in _weights(read, scored)}
    found = tuple(field for field in WEIGHTS if field in standing)
    return Hit(key=read.document.key, score=score, found=found, card=read.document.card)
