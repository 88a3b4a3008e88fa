"""Owns how fast pages of results are served, whatever is searched for."""

from urllib.parse import quote, urlencode

from .answers import Case
from .serving import Served, serving

SECONDS = 8.0
WARM_UP_SECONDS = 2.0


def requests_per_second(cases: list[Case]) -> dict[str, float]:
    """How many result pages a second are served, every case in turn, and how many ms one takes."""
    served = Served()
    with serving() as server:
        place = server.leads_to("/en/firms/")
        paths = [f"{place}?{query(case)}" for case in cases]
        server.ask(paths, WARM_UP_SECONDS, Served())
        server.ask(paths, SECONDS, served)
    return served.as_json()


def query(case: Case) -> str:
    """What the address of a case's first page ends in."""
    pairs = [("q", case.state.text)] if case.state.text else []
    pairs += [
        (facet, value) for facet, values in sorted(case.state.chosen.items()) for value in sorted(values)
    ]
    return urlencode(pairs, quote_via=quote)
