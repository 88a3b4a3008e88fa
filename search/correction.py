"""Owns how a misspelt word is corrected: to the nearest word that things are really called by."""

from collections import defaultdict
from collections.abc import Callable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .analysis import is_stop, plain, tokens

MIN_LETTERS = 4  # shorter words have too many neighbours
FAR_LETTERS = 6  # from here on two slips are forgiven, before one


class Spelling:
    """The words that are known, with the number of documents in which each stands.

    A slip is a letter too many, one missing, a wrong one, or two neighbours exchanged.
    """

    def __init__(self, counts: Mapping[str, int]) -> None:
        """`counts` maps words, with or without accents, to numbers of documents."""
        self._best: dict[str, tuple[int, str]] = {}
        for word, count in counts.items():
            if count > 0:
                folded = plain(word)
                self._best[folded] = max(self._best.get(folded, (0, "")), (count, word))
        by_length: dict[int, list[str]] = defaultdict(list)
        for folded in self._best:
            by_length[len(folded)].append(folded)
        self._by_length = dict(by_length)

    def corrected(self, text: str, is_known: Callable[[str], bool] | None = None) -> str:
        """The text with misspelt words replaced and all else as it was; empty if nothing better is known.

        `is_known` may know more words than these, such as inflections that the search finds; they are left
        alone, as are stop words, words with digits and words under four letters.

        >>> Spelling({"brewery": 12, "brewer": 3}).corrected('"brewrey" Kent')
        '"brewery" Kent'
        """
        pieces, done = [], 0
        for surface, start, end in tokens(text):
            better = "" if is_known and is_known(surface) else self.nearest(surface)
            if better:
                pieces += [text[done:start], better]
                done = end
        return "".join([*pieces, text[done:]]) if pieces else ""

    def nearest(self, word: str) -> str:
        """The known word nearest to an unknown one; empty if the word is known or too far from all.

        Fewest slips first; then the same first letter, which few get wrong; then the most documents.
        """
        typed = plain(word)
        if len(typed) < MIN_LETTERS or not typed.isalpha() or is_stop(word) or typed in self._best:
            return ""
        slips = 2 if len(typed) >= FAR_LETTERS else 1
        lengths = range(len(typed) - slips, len(typed) + slips + 1)
        near = [
            (distance, known[0] != typed[0], -self._best[known][0], known)
            for length in lengths
            for known, distance, _ in process.extract(
                typed, self._by_length.get(length, ()), scorer=OSA.distance, score_cutoff=slips, limit=None
            )
        ]
        return self._best[min(near)[3]][1] if near else ""
