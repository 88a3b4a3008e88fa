"""Owns the jobs of the register: its index, old confirmations, and what it forgets or asks in time."""

from datetime import datetime, timedelta

from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from directory.actions.merging import finish_merges
from directory.actions.transferring import lapse_transfers
from directory.actions.writing import forget_senders
from directory.completeness import FRESHNESS
from directory.importing.uploads import forget_uploads, work_uploads
from directory.models import Firm
from directory.models.firm import FIRMS
from directory.upkeep import ask_still_right, forget_networks, forget_words, lapse_links, lapse_unanswered
from hub.worker import Job, last_success, register
from search import registry
from search.pending import drain, mark

INDEX, AGEING, SENDERS = "directory.index", "directory.ageing", "directory.senders"
UNANSWERED = "directory.unanswered"
LINKS, FORGETTING, STILL_RIGHT = "directory.links", "directory.forgetting", "directory.still_right"
OFFERS = "directory.offers"
MERGES, IMPORTS, UPLOADS = "directory.merges", "directory.imports", "directory.uploads"


def register_jobs() -> None:
    """Makes them known to the worker; called once, when the app is ready."""
    register(Job(INDEX, _("Bring the search up to date"), timedelta(seconds=30), drain_all))
    register(Job(AGEING, _("Look again at confirmations that grow old"), timedelta(days=1), mark_aged))
    register(Job(SENDERS, _("Forget who wrote to firms"), timedelta(hours=1), forget_visitors))
    hourly = timedelta(hours=1)
    register(Job(LINKS, _("Close proposals whose link was not used"), hourly, lapse_links))
    register(Job(UNANSWERED, _("Close proposals that nobody answered for a year"), hourly, lapse_unanswered))
    register(Job(FORGETTING, _("Erase old texts of proposals"), hourly, forget_words))
    register(Job(STILL_RIGHT, _("Ask firms once a year whether all is still right"), hourly, ask_still_right))
    register(Job(OFFERS, _("End offers of firms that nobody answered"), hourly, lapse_transfers))
    # The lease is short because each file has a claim of its own: another worker may take the next one.
    often, short = timedelta(seconds=3), timedelta(minutes=1)
    register(Job(IMPORTS, _("Try and import uploaded files"), often, work_uploads, lease=short))
    register(Job(UPLOADS, _("Erase old uploaded files"), hourly, forget_uploads))
    register(Job(MERGES, _("Make old merges final"), timedelta(hours=6), finish_merges))


def drain_all(now: datetime) -> int:
    """What a crash, or a page that could not wait, left to be looked at, in every search there is."""
    return sum(drain(search.index) for search in registry.all())


def forget_visitors(now: datetime) -> int:
    """Erases what told one visitor from another, so that nobody could write, or propose, too often."""
    return forget_senders(now) + forget_networks(now)


def mark_aged(now: datetime) -> int:
    """Marks the firms that come later in the results now, because their confirmation has grown old."""
    since = last_success(AGEING)
    aged = Q()
    for age, _points in FRESHNESS:
        grew_old = Q(last__lt=now - age)
        aged |= grew_old & Q(last__gte=since - age) if since else grew_old
    firms = Firm.objects.live().annotate(last=Max("confirmations__at")).filter(aged)
    keys = list(firms.values_list("pk", flat=True))
    mark(FIRMS, keys)
    return len(keys)
