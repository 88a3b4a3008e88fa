"""Owns the words that things of an index are called by, kept for the corrections of misspelt ones."""

from pyroaring import BitMap

from search.analysis import plain, tokens
from search.correction import Spelling
from search.snapshot import Snapshot

from . import reading


class SpellingOfIndex:
    """The spelling of the newest snapshot it was asked for; kept, as it costs as much as many searches."""

    def __init__(self) -> None:
        self._kept: tuple[int, int, Spelling] | None = None

    def of(self, snapshot: Snapshot) -> Spelling:
        """The words of names, labels and places at the moment of a snapshot, or a later one."""
        kept = self._kept
        if kept is None or kept[:2] != (snapshot.identity, snapshot.change):
            kept = self._kept = (snapshot.identity, snapshot.change, Spelling(_counts(snapshot)))
        return kept[2]


def _counts(snapshot: Snapshot) -> dict[str, int]:
    counts: dict[str, int] = {}
    for term, documents in reading.vocabulary(snapshot.generation):
        counts[term] = max(counts.get(term, 0), len(BitMap.deserialize(bytes(documents))))
    # A label's words as they are written: so a correction keeps its accents.
    for word, number in snapshot.lines.words():
        counts[word] = max(counts.get(word, 0), number)
    for label in snapshot.labels.words():
        for token in tokens(label):
            count = counts.get(plain(token.surface), 0)
            if count:
                counts[token.surface.casefold()] = count
    return counts
