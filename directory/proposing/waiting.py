"""Owns that proposals lie on the desk of their region until somebody answers them."""

from collections.abc import Iterable

from django.urls import reverse

from directory.models import Proposal
from hub.desk import Errand, Regions

from .mails import ANSWER


def proposals(regions: Regions) -> Iterable[Errand]:
    """Those that wait for an answer, in one query."""
    rows = Proposal.objects.waiting().placed_in(regions).select_related("firm", "cluster")
    for row in rows.order_by("sent_at", "pk"):
        yield Errand(
            key=f"proposal-{row.pk}",
            what=row.get_kind_display(),
            title=row.firm_name or str(row.firm or row.cluster or "–"),
            since=row.sent_at,
            region_id=row.subject.region_id,
            url=reverse(ANSWER, args=[row.pk]),
        )
