"""Owns what the limits index: the terms that our index keeps, so that all contenders see the same words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from benchmarks.answers import FACETS
from search.analysis import Position
from search.postings import LETTERS, MENTIONS, VALUES

# Stands between two texts, so that no phrase crosses them; `_` is in no term of ours.
GAP = "_"
COLUMNS = ("name", "label", "place", "tagline", "text")
PREFIXED = ("name", "label", "place")
TAGGED = ("sector", "capability")
_COLUMNS = {letter: column for column, letter in LETTERS.items()}


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

        The first terms of a text's words stand together, then the second ones, and so on: in a name, for
        example, the unstemmed words before the stemmed ones.
        """
        return f" {GAP} ".join(" ".join(way) for text in self.columns[column] for way in _ways(text))


def row_of(key: int, name: str, quality: int, words: str) -> Row:
    """The row of a firm whose words are as `search.postings` keeps them, one line per text."""
    row = Row(key, name, quality)
    for line in words.splitlines():
        letter, places = line[:1], line[2:].split()
        if letter == MENTIONS:
            row.mentions = list(map(concept_term, map(unquote, places)))
        elif letter == VALUES:
            row.values = [pair for pair in map(_pair, places) if pair[0] in FACETS]
        else:
            _add(row, _COLUMNS[letter], [tuple(place[1:-1].split("|")) for place in places])
    row.tags = [concept_term(":".join(pair)) for pair in row.values if pair[0] in TAGGED]
    return row


def _add(row: Row, column: str, text: list[Position]) -> None:
    row.columns[column].append(text)
    if column in PREFIXED:
        row.plain[column] += [terms[0] for terms in text]


def _pair(term: str) -> tuple[str, str]:
    facet, value = term.split(":", 1)
    return facet, unquote(value)


def concept_term(concept: str) -> str:
    """A concept as one word that no tokeniser takes apart.

    >>> concept_term("capability:3d-printing")
    'c_capability_3d_printing'
    """
    return "c_" + concept.replace(":", "_").replace("-", "_")


def _ways(text: Sequence[Position]) -> Iterator[list[str]]:
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
