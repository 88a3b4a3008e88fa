"""Owns putting firms into the index and asking it, and many firms into the register, for tests."""

from directory.models import Firm, FirmSector
from directory.models.firm import FIRMS
from search import registry
from search.models import PendingChange
from search.rebuild import rebuild
from search.state import SearchState
from tests.directory.builders import make_region, make_sector


def index_firms() -> None:
    """Makes the index say what the register says now."""
    rebuild(FIRMS)


def make_many(number: int, *, named: str = "Firm") -> None:
    """So many listed firms in Kent and in the sector food-drink, made in a few statements."""
    region, sector = make_region("kent"), make_sector("food-drink")
    firms = Firm.objects.bulk_create(
        Firm(name=f"{named} {each}", slug=f"{named.lower()}-{each}", region=region, live=True, town="Dover")
        for each in range(1, number + 1)
    )
    FirmSector.objects.bulk_create(FirmSector(tag=sector, content_object=firm) for firm in firms)


def marked() -> set[int]:
    """The firms that the search has not looked at yet."""
    return set(PendingChange.objects.filter(index=FIRMS, key__gt=0).values_list("key", flat=True))


def found(text: str) -> int:
    """How many firms there are for these words."""
    return registry.get(FIRMS).search(SearchState(text=text)).total
