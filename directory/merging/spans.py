"""Owns how the memberships of two firms become those of one: what overlaps is joined. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class Span:
    """A membership: from a day to a day, the last one included; without an end it goes on."""

    pk: int
    cluster: int
    from_date: date
    to_date: date | None
    source: str
    is_kept: bool  # of the firm that stays


@dataclass(frozen=True, slots=True)
class Joined:
    """What becomes of memberships that overlap: one stands for all, the kept firm's first if it has one."""

    stands: Span
    before: Span
    gone: tuple[Span, ...]


def joined(spans: Iterable[Span]) -> list[Joined]:
    """One entry per membership that the firm will have, each over all the days of those it stands for.

    2019 to 2020 and 2020 to today become 2019 to today; 2017 and 2019 stay two.
    """
    ordered = sorted(spans, key=lambda span: (span.cluster, span.from_date, span.pk))
    return [_one(group) for group in _overlapping(ordered)]


def _overlapping(ordered: list[Span]) -> Iterator[list[Span]]:
    group: list[Span] = []
    for span in ordered:
        if group and (group[0].cluster != span.cluster or not _reaches(group, span.from_date)):
            yield group
            group = []
        group.append(span)
    if group:
        yield group


def _reaches(group: list[Span], day: date) -> bool:
    return any(span.to_date is None or span.to_date >= day for span in group)


def _one(group: list[Span]) -> Joined:
    before = next((span for span in group if span.is_kept), group[0])
    ends = [span.to_date for span in group]
    stands = replace(
        before,
        from_date=group[0].from_date,
        to_date=None if None in ends else max(end for end in ends if end),
        source=before.source or next((span.source for span in group if span.source), ""),
    )
    return Joined(stands, before, tuple(span for span in group if span.pk != before.pk))
