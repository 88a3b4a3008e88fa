"""Owns the ways on from a search that finds little: which filter to drop, where nearby, how it is spelt."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Help:
    """Ways on from a search with no or few hits; every number is exact.

    `corrected` is the text with misspelt words replaced (empty: nothing better is known), `corrected_total`
    what it would find with the same filters. `drop` lists (facet, value, total without it), best first; the
    value is empty when the whole facet is dropped. `nearby` lists (facet, value, total) of places beside and
    above the chosen ones that have hits.
    """

    corrected: str = ""
    corrected_total: int = 0
    drop: tuple[tuple[str, str, int], ...] = ()
    nearby: tuple[tuple[str, str, int], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.corrected or self.drop or self.nearby)
