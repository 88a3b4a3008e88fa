"""Owns what lies on the desk of a region: everything that waits for an answer, whichever room it is from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import pgettext_lazy
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import TaskState

from hub.models import RegionalHub

Regions = frozenset[int] | None


@dataclass(frozen=True, slots=True)
class Errand:
    """One thing that waits. `key` names it for ever and holds nothing private; `url` is where it is answered.

    `what` says what it is, `title` which; `by` is who asked, if they have a log-in. `is_for_editors` says
    whether editors of the region may open it, too.
    """

    key: str
    what: Any
    title: str
    since: datetime
    region_id: int | None
    url: str
    by: Any = None
    is_for_editors: bool = True

    def days(self, now: datetime) -> int:
        """For how many whole days it has waited; 24 hours each, whatever clocks do."""
        return (now - self.since).days


@dataclass(frozen=True, slots=True)
class Link:
    """A way from home to things of a hub, such as its firms, with how many there are."""

    label: Any
    url: str
    number: int | None = None


Leading = Callable[[RegionalHub, Any], Iterable[Link]]
_leading: dict[str, Leading] = {}


def register_links(name: str, leading: Leading) -> None:
    """Makes known which things of a hub a room has; called from `AppConfig.ready()`."""
    _leading[name] = leading


def links_to(hub: RegionalHub, user: Any) -> list[Link]:
    """The ways to the things of a hub that a person may open."""
    return [link for _name, leading in sorted(_leading.items()) for link in leading(hub, user)]


_reviews: list[Callable[[RegionalHub], str]] = []


def register_review(url_of: Callable[[RegionalHub], str]) -> None:
    """Makes known where somebody says that a hub is still right; the last one wins."""
    _reviews[:] = [url_of]


def review_url(hub: RegionalHub) -> str:
    """Where somebody says that a hub is still right; empty if no room has pages of hubs."""
    return _reviews[0](hub) if _reviews else ""


Source = Callable[[Regions], Iterable[Errand]]
_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Makes known what waits in a room; called from `AppConfig.ready()`. The last one of a name wins."""
    _sources[name] = source


def waiting(regions: Regions = None) -> list[Errand]:
    """What waits in these regions, the oldest first; None is all, also what has no region."""
    found = [errand for _name, source in sorted(_sources.items()) for errand in source(regions)]
    return sorted(found, key=lambda errand: (errand.since, errand.key))


def changes(regions: Regions) -> Iterable[Errand]:
    """Changes of pages and firms that wait for approval, in a number of queries that does not grow."""
    states = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).order_by("pk")
    rows = states.select_related("workflow_state__workflow__hub", "workflow_state__requested_by")
    for state in rows.prefetch_related("workflow_state__content_object"):
        errand = errand_of(state)
        if errand is not None and (regions is None or errand.region_id in regions):
            yield errand


def errand_of(state: TaskState) -> Errand | None:
    """A change as it lies on the desk; None if its thing is gone."""
    thing = state.workflow_state.content_object
    if thing is None:
        return None
    return Errand(
        key=f"change-{state.pk}",
        what=pgettext_lazy("noun", "Change"),
        title=str(thing),
        since=state.started_at,
        region_id=region_of(state.workflow_state, thing),
        url=AdminURLFinder().get_edit_url(thing) or "",
        by=state.workflow_state.requested_by,
    )


def region_of(waits: Any, thing: Any) -> int | None:
    """The region to which a change belongs: the one of its workflow, or of the thing."""
    hub = getattr(waits.workflow, "hub", None)
    region_id: int | None = hub.region_id if hub is not None else getattr(thing, "region_id", None)
    return region_id
