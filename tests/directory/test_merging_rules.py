"""Owns the proof of what a merge does with every kind of row, and of how days of membership are joined."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.merging.rows import MOVED, OWN_WAY, STAYS
from directory.merging.spans import Span, joined
from directory.models import Firm

pytestmark = pytest.mark.pure
FIRST, FOREVER = date(2018, 1, 1), date(2030, 1, 1)

days = st.integers(0, 60).map(lambda number: FIRST + timedelta(days=number))
spans = st.lists(
    st.tuples(
        st.integers(1, 2), days, st.integers(0, 20) | st.none(), st.booleans(), st.sampled_from(["", "form"])
    ),
    max_size=8,
).map(
    lambda rows: [
        Span(pk, cluster, begun, None if lasts is None else begun + timedelta(days=lasts), source, is_kept)
        for pk, (cluster, begun, lasts, is_kept, source) in enumerate(rows, start=1)
    ]
)


def covered(of: list[Span], cluster: int) -> set[date]:
    """The days in a cluster, up to a day after all that end."""
    end = FIRST + timedelta(days=90)
    return {
        span.from_date + timedelta(days=number)
        for span in of
        if span.cluster == cluster
        for number in range(((span.to_date or end) - span.from_date).days + 1)
    }


def test_every_relation_of_a_firm_has_a_fate_in_a_merge() -> None:
    fields = [field for field in Firm._meta.get_fields() if field.is_relation and field.auto_created]
    names = {field.get_accessor_name() for field in fields}  # type: ignore[union-attr]

    assert names == {*MOVED, *OWN_WAY, *STAYS}, "Say in directory/merging/rows.py what a merge does with it."


@given(spans)
def test_joined_memberships_cover_the_same_days_and_overlap_nowhere(before: list[Span]) -> None:
    after = [each.stands for each in joined(before)]

    for cluster in (1, 2):
        assert covered(after, cluster) == covered(before, cluster)
        ordered = sorted((span for span in after if span.cluster == cluster), key=lambda span: span.from_date)
        for one, two in pairwise(ordered):
            assert (one.to_date or FOREVER) < two.from_date


@given(spans)
def test_every_membership_stands_or_is_stood_for_and_the_kept_firms_first(before: list[Span]) -> None:
    after = joined(before)

    seen = [span.pk for each in after for span in (each.before, *each.gone)]
    assert sorted(seen) == [span.pk for span in before]
    for each in after:
        assert each.before.is_kept or not any(span.is_kept for span in each.gone)
        assert each.stands.pk == each.before.pk


def test_what_only_touches_stays_two() -> None:
    one = Span(1, 1, date(2019, 1, 1), date(2019, 12, 31), "", True)
    two = Span(2, 1, date(2020, 1, 1), None, "", False)

    assert [each.stands for each in joined([one, two])] == [one, two]
