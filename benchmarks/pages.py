"""Owns how fast each kind of whole page is served, beside a bare page of Wagtail in the same moments."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from .answers import Case
from .goals import BARE
from .serving import Served, serving
from .web import query

ROUNDS = 8
SECONDS = 1.0  # a page in each round: a busy moment of the machine hits all alike
WARM_UP_SECONDS = 1.0
FIRMS = 24  # pages of firms that are asked for in turn


def whole_pages(cases: list[Case]) -> dict[str, dict[str, float]]:
    """What each kind of page costs, the kinds in turn; nothing is cached."""
    paths = make_paths()
    served = {name: Served() for name in paths | {"directory": ()}}
    with serving() as server:
        place = server.leads_to("/en/firms/")
        paths["directory"] = [f"{place}?{query(case)}" for case in cases if case.state.text]
        for asked in paths.values():
            server.ask(asked, WARM_UP_SECONDS, Served())
        for _again in range(ROUNDS):
            for name, asked in paths.items():
                server.ask(asked, SECONDS, served[name])
    return {name: each.as_json() for name, each in served.items()}


def make_paths() -> dict[str, Sequence[str]]:
    """Makes the bare page, and says where it and each kind of page of ours are."""
    from cluster_pages.models import ClusterPage, HomePage
    from directory.models import Firm

    from .limits.bare.models import BarePage

    home = HomePage.objects.live().get(locale__language_code="en")
    bare = home.add_child(instance=BarePage(title="Bare", body="<p>Some words.</p>"))
    clusters = ClusterPage.objects.live().filter(locale__language_code="en")
    return {
        BARE: [_path(bare.get_url())],
        "home": [_path(home.get_url())],
        "firm": [firm.get_absolute_url() for firm in Firm.objects.listed().order_by("pk")[:FIRMS]],
        "cluster": [_path(page.get_url()) for page in clusters],
    }


def _path(url: str | None) -> str:
    return urlsplit(url or "").path
