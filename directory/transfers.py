"""Owns who hears of offers of firms: the desk of the region that is to answer, and mails both ways."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import translation
from django.utils.translation import pgettext_lazy

from directory.models import FirmTransfer
from hub import links, outbox, stewards
from hub.desk import Errand, Regions
from hub.stewardship import Event

ANSWER = "directory_transfers:answer"


def offers(regions: Regions) -> Iterable[Errand]:
    """The firms that wait to be accepted, in one query."""
    rows = FirmTransfer.objects.waiting().to_regions(regions).select_related("firm", "offered_by")
    for row in rows.order_by("offered_at", "pk"):
        yield Errand(
            key=f"transfer-{row.pk}",
            what=pgettext_lazy("what waits", "Offer of a firm"),
            # Editors read the desk of their region, too: the name of a draft is for whoever answers.
            title=row.firm.name if row.firm.live else "–",
            since=row.offered_at,
            region_id=row.to_region_id,
            url=reverse(ANSWER, args=[row.pk]),
            by=row.offered_by,
            is_for_editors=False,
        )


def tell_offered(transfer: FirmTransfer, now: datetime) -> None:
    """Writes to those who answer for the region to which the firm is offered."""
    stewards.tell(
        Event.TRANSFER_OFFERED,
        about=transfer.to_region_id,
        context=_context(transfer),
        key=f"{transfer.pk}:{transfer.offered_at.isoformat()}",
        now=now,
    )


def tell_answered(transfer: FirmTransfer, now: datetime) -> None:
    """Writes to those who answer for the region that offered the firm what became of it."""
    for mail, language in stewards.mails_for(transfer.from_region):
        with translation.override(language):
            context = _context(transfer) | {"state": transfer.get_state_display(), "reason": transfer.reason}
        outbox.post(
            kind="directory.transfer.answered",
            to=mail,
            language=language,
            context=context,
            now=now,
        )


def _context(transfer: FirmTransfer) -> dict[str, object]:
    return {
        "firm": transfer.firm.name,
        "from_region": transfer.from_region,
        "to_region": transfer.to_region,
        "url": links.absolute(reverse(ANSWER, args=[transfer.pk])),
    }
