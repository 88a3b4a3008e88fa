"""Owns which listed firms may be the one that somebody is about to list a second time."""

from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from directory.importing.matching import keys, name_key, website_key
from directory.models import Firm
from directory.models.firm import FIRMS
from search import registry
from search.state import MAX_TEXT, MAX_WORDS, BadSearch, SearchState

MOST = 5
_WORDS = 6  # of a name; the rest says little
# "silent gear" and "silent gears" are 96 alike, "kent bakery" and "kent brewery" 78 (out of 100).
ALIKE = 88


@dataclass(frozen=True, slots=True)
class NearFirm:
    """A listed firm that may be the same one, and whether that is as good as certain."""

    firm: Firm
    is_same: bool


def near_firms(name: str, website: str = "", number: str = "") -> list[NearFirm]:
    """Listed firms with the same name, web host or number, or a name nearly alike; the surest first."""
    asked = keys(name, website, number)
    listed = Firm.objects.listed().select_related("region")
    found = listed.filter(pk__in=_candidates(name, website_key(website))).order_by("name", "pk")
    near = [NearFirm(firm, _is_same(firm, asked)) for firm in found if _is_near(firm, asked)]
    return sorted(near, key=lambda each: not each.is_same)[:MOST]


def named_alike(text: str) -> list[Firm]:
    """Listed firms that the search finds for a name, the best first."""
    hits = _hits(text)
    found = Firm.objects.listed().select_related("region").in_bulk(hits)
    return [found[pk] for pk in hits if pk in found]


def _candidates(name: str, host: str) -> set[int]:
    same_host = Firm.objects.filter(website__icontains=host).values_list("pk", flat=True)[:20] if host else ()
    same_name = Firm.objects.filter(name__iexact=name).values_list("pk", flat=True)[:20]
    hits = [each for asked in _asked_of_search(name_key(name)) for each in _hits(asked)]
    return {*hits, *same_host, *same_name}


def _asked_of_search(name: str) -> list[str]:
    """The name, the name less one word, and its two longest words: the search wants every word it is given.

    >>> _asked_of_search("hop shed lane")
    ['hop shed lane', 'shed lane', 'hop lane', 'hop shed', 'shed', 'lane']
    """
    words = name.split()[:_WORDS]
    shorter = [words[:at] + words[at + 1 :] for at in range(len(words))] if len(words) > 1 else []
    longest = sorted(words, key=len, reverse=True)[:2] if len(words) > 2 else []
    asked = [words, *shorter, *([each] for each in longest)]
    return list(dict.fromkeys(" ".join(each) for each in asked))


def _hits(text: str) -> list[int]:
    words = " ".join(text.split()[:MAX_WORDS])[:MAX_TEXT]
    try:
        return [hit.key for hit in registry.get(FIRMS).search(SearchState(text=words)).hits] if words else []
    except BadSearch:
        return []


def _is_same(firm: Firm, asked: Mapping[str, str]) -> bool:
    present = keys(firm.name, firm.website, firm.number)
    return any(present.get(what) == key for what, key in asked.items())


def _is_near(firm: Firm, asked: Mapping[str, str]) -> bool:
    names = [name_key(each) for each in (firm.name, firm.trading_name) if each]
    wanted = asked.get("name", "")
    return _is_same(firm, asked) or any(_are_alike(wanted, each) for each in names)


def _are_alike(name: str, other: str) -> bool:
    """Whether two names, as they are compared, are nearly the same, or one is the other and a word more.

    "hopshed lane" is like "hop shed lane", "lane hopshed" and "hopshed lane brewery".
    """
    if max(fuzz.ratio(name, other), fuzz.token_sort_ratio(name, other)) >= ALIKE:
        return True
    short, long = sorted((set(name.split()), set(other.split())), key=len)
    return len(short) > 1 and short <= long
