"""Owns the comparison of an index in the database with what is published, every posting included."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from pyroaring import BitMap

from search.facets import Facet
from search.models import Content, Document, Posting, SearchIndex
from search.postings import posted

from . import writing
from .base import Looked, Published
from .writer import Writer

BATCH = 500  # things compared at a time


@dataclass(frozen=True, slots=True)
class Differences:
    """How an index differs from what is published.

    `missing`, `outdated` and `surplus` are keys of things: those that are not in the index, those that are in
    it otherwise than they are published, and those that are in it and not published. `postings` counts the
    terms whose documents are not those in whose words they stand. `is_unbuilt`: there is no index yet.
    """

    missing: tuple[int, ...] = ()
    outdated: tuple[int, ...] = ()
    surplus: tuple[int, ...] = ()
    postings: int = 0
    is_unbuilt: bool = False

    def __bool__(self) -> bool:
        return bool(self.things or self.postings or self.is_unbuilt)

    @property
    def things(self) -> tuple[int, ...]:
        """The keys of all things to look at again."""
        return (*self.missing, *self.outdated, *self.surplus)


def differences(index: str, facets: Sequence[Facet], published: Published) -> Differences:
    """Compares every document and every posting; writes nothing. Takes about as long as a rebuild."""
    row = SearchIndex.objects.filter(name=index).first()
    if row is None:
        return Differences(is_unbuilt=True)
    writer = Writer(row.generation, row.change, row.next_number, writing.labels_of(row, facets).lexicon)
    rows = Document.objects.filter(generation=row.generation, gone=False)
    indexed = set(rows.values_list("key", flat=True))
    found, differing = set[int](), list[int]()
    for keys in _batches(published.keys()):
        documents = list(published.documents(keys))
        found.update(document.key for document in documents)
        # What a writer would write is what differs.
        differing += [key for _generation, _number, key, *_ in writer.prepare(Looked(documents)).documents]
    return Differences(
        missing=tuple(key for key in differing if key not in indexed),
        outdated=tuple(key for key in differing if key in indexed),
        surplus=tuple(sorted(indexed - found)),
        postings=_wrong_postings(row.generation),
    )


def _wrong_postings(generation: int) -> int:
    """How many terms are not posted for exactly the documents in whose words they stand."""
    expected: dict[tuple[int, str], array[int]] = defaultdict(lambda: array("I"))
    contents = Content.objects.filter(generation=generation).values_list("number", "words", "terms")
    for number, words, kept in contents.iterator(chunk_size=BATCH):
        for field, terms in posted(f"{words}\n{kept}").items():
            for term in terms:
                expected[int(field), term].append(number)
    wrong = 0
    rows = Posting.objects.filter(generation=generation).values_list("field", "term", "documents")
    for field, term, documents in rows.iterator(chunk_size=BATCH):
        wrong += BitMap.deserialize(bytes(documents)) != BitMap(expected.pop((field, term), array("I")))
    return wrong + len(expected)


def _batches(keys: Iterable[int]) -> Iterator[list[int]]:
    remaining = iter(keys)
    while batch := list(islice(remaining, BATCH)):
        yield batch
