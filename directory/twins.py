"""Owns which firms of the register may be the one that somebody is about to add, or to merge with another."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz

from search import registry
from search.analysis import plain, tokens
from search.state import BadSearch, SearchState

from .importing.comparing import removed_firms
from .importing.matching import keys, name_key
from .models import Firm
from .models.firm import FIRMS

# What two firms share, in words.
SHARED: Mapping[str, object] = {
    "number": _("the same number"),
    "website": _("the same website"),
    "name": _("the same name"),
    "similar": _("a similar name"),
}
_MOST = 6
_SIMILAR = 84  # of 100, of two names without accents, capitals and legal forms, whatever the order of words
_CANDIDATES = 200
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Twin:
    """A firm that may be the same one, and what they share: a key of `SHARED`."""

    firm: Firm
    shared: str

    @property
    def reason(self) -> object:
        """What they share, in words."""
        return SHARED[self.shared]


def twins_of(
    name: str, *, website: str = "", number: str = "", but: Collection[int] = (), among: Q | None = None
) -> list[Twin]:
    """The firms most like this one, drafts included, at most six; first those that share more than a name.

    `among` are the firms that whoever asks may know of. A name that is still being typed counts for every
    name that begins so.
    """
    wanted = keys(name, website, number)
    found = []
    for firm in _candidates(name, wanted, but, among or Q()):
        shared, likeness = _likeness(firm, wanted)
        if shared:
            found.append((tuple(SHARED).index(shared), -likeness, firm.name, firm.pk, Twin(firm, shared)))
    return [each[-1] for each in sorted(found, key=lambda each: each[:-1])[:_MOST]]


def removed_by(name: str, *, website: str = "", number: str = "") -> str:
    """By what (name, website, number) a firm is known that asked to be removed; empty if none did."""
    return removed_firms().recognised_by(keys(name, website, number))


def _candidates(name: str, wanted: Mapping[str, str], but: Collection[int], among: Q) -> Iterator[Firm]:
    ways = [way for way in (_by_address(wanted), _by_words(name, wanted)) if way]
    firms = (
        Firm.objects.standing()
        .filter(among)
        .exclude(pk__in=list(but))
        .select_related("region")
        .order_by("pk")
    )
    seen: set[int] = set()
    for rows in (*(firms.filter(way)[:_CANDIDATES] for way in ways), firms.filter(pk__in=_hits(wanted))):
        for firm in rows:
            if firm.pk not in seen:
                seen.add(firm.pk)
                yield firm


def _by_address(wanted: Mapping[str, str]) -> Q:
    way = Q()
    if "website" in wanted:
        way |= Q(website__icontains=wanted["website"].split("/")[0])
    if "number" in wanted:
        way |= Q(number__iendswith=wanted["number"][-3:])
    return way


def _by_words(name: str, wanted: Mapping[str, str]) -> Q:
    """Names that hold the longest word, with its accents or without: all that a database can look for."""
    telling = set(wanted.get("name", "").split())
    words = [token.surface for token in tokens(name) if plain(token.surface) in telling]
    longest = max(words, key=len, default="")
    if len(longest) < _SHORTEST:
        return Q()
    way = Q()
    for word in {longest, plain(longest)}:
        way |= Q(name__icontains=word) | Q(trading_name__icontains=word)
    return way


def _hits(wanted: Mapping[str, str]) -> list[int]:
    """What the search finds under the name, also if it is misspelt or not yet wholly typed."""
    text = wanted.get("name", "")
    if len(text) < _SHORTEST:
        return []
    search = registry.get(FIRMS)
    try:
        texts = filter(None, (text, search.database.corrected(text)))
        asked = [search.database.search(SearchState(text=each), typing=True) for each in texts]
    except BadSearch:
        return []
    return [hit.key for results in asked for hit in results.hits]


def _likeness(firm: Firm, wanted: Mapping[str, str]) -> tuple[str, float]:
    has = keys(firm.name, firm.website, firm.number)
    for what in ("number", "website", "name"):
        if what in wanted and wanted[what] == has.get(what):
            return what, 100
    name = wanted.get("name", "")
    others = [each for each in (has.get("name", ""), name_key(firm.trading_name)) if each]
    if name in others:
        return "name", 99
    if len(name) < _SHORTEST:
        return "", 0
    begun = any(other.startswith(name) for other in others)
    # "hop shed lane" is "hopshed lane" with a space; "lane hopshed" its words in another order.
    ways = (fuzz.ratio, fuzz.token_sort_ratio)
    likeness = max((way(name, other) for other in others for way in ways), default=0.0)
    return ("similar", likeness) if begun or likeness >= _SIMILAR else ("", 0)
