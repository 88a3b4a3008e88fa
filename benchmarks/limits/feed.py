"""Owns what the limits index: our documents' terms, so that all contenders see the same words."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from benchmarks.answers import FACETS
from search.analysis import Position, analyse, plain, terms, tokens
from search.documents import LANGUAGES, Document, Text

# Stands between two texts, so that no phrase crosses them; `_` is in no term of ours.
GAP = "_"
COLUMNS = ("name", "label", "place", "tagline", "text")
PREFIXED = ("name", "label", "place")


@dataclass(slots=True)
class Row:
    """One firm: per column its texts, each a list of places with the terms that stand there."""

    key: int
    name: str
    quality: int
    columns: dict[str, list[list[Position]]] = field(default_factory=lambda: {name: [] for name in COLUMNS})
    plain: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in PREFIXED})
    tags: list[str] = field(default_factory=list)
    mentions: list[str] = field(default_factory=list)
    values: list[tuple[str, str]] = field(default_factory=list)

    def words(self, column: str) -> str:
        """A column as one string of terms for engines that keep one term per place.

        Each way to write a text (unstemmed, or in one language) stands after the other, apart; so do the
        second terms of its words.
        """
        return f" {GAP} ".join(" ".join(way) for text in self.columns[column] for way in _ways(text))


def row_of(document: Document, mentions: list[str]) -> Row:
    """The row of a document; `mentions` are concepts as `facet:value`."""
    row = Row(document.key, document.name, document.quality, mentions=[concept_term(m) for m in mentions])
    for text in document.texts:
        row.columns[text.field].append(_positions(text))
        if text.field in PREFIXED:
            row.plain[text.field] += [plain(token.surface) for token in tokens(text.words)]
    for facet in FACETS:
        row.values += [(facet, value) for value in sorted(document.values.get(facet, ()))]
    row.tags = [
        concept_term(f"{facet}:{value}") for facet, value in row.values if facet in ("sector", "capability")
    ]
    return row


def concept_term(concept: str) -> str:
    """A concept as one word that no tokeniser takes apart.

    >>> concept_term("capability:3d-printing")
    'c_capability_3d_printing'
    """
    return "c_" + concept.replace(":", "_").replace("-", "_")


def _positions(text: Text) -> list[Position]:
    if text.language:
        return analyse(text)
    # Columns of one way after the other: unstemmed, then the languages; see `_ways`.
    words = [token.surface for token in tokens(text.words)]
    return [
        tuple([plain(word)] + [terms(word, language)[0] for language in LANGUAGES] + _seconds(word))
        for word in words
    ]


def _seconds(word: str) -> list[str]:
    return [term for language in LANGUAGES for term in terms(word, language)[1:]]


def _ways(text: list[Position]) -> Iterator[list[str]]:
    several = max((len(position) for position in text), default=0)
    seen: set[tuple[str, ...]] = set()
    for way in range(several):
        run: list[str] = []
        for position in text:
            run.append(position[way] if way < len(position) else GAP)
        key = tuple(run)
        if key not in seen:
            seen.add(key)
            yield run
