"""Owns looking a regional hub through: who says that it is still right, and when it is due again."""

from calendar import monthrange
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from wagtail.log_actions import log

from hub.actions.base import Action, Actor, user_of
from hub.actions.rights import require
from hub.days import today
from hub.models import HubReview, RegionalHub
from hub.names import name_of
from hub.permissions import may_review


class ReviewHubAction(Action):
    """Says that a hub is still right: its pages stay as they are, and the next review is due later."""

    def __init__(self, *, hub: RegionalHub, actor: Actor, now: datetime) -> None:
        super().__init__(actor=actor, now=now)
        self.hub = hub

    def check(self) -> None:
        """:raises NotAllowed: unless the actor leads the region, as lead or deputy, or coordinates."""
        # The lock lets the second of two clicks find the first.
        self.hub = RegionalHub.objects.select_for_update(of=("self",)).get(pk=self.hub.pk)
        only = _("Only the leads of the region and the coordinator can say this.")
        require(self.actor, lambda user: may_review(user, self.hub), only)

    def execute(self) -> HubReview:
        """The review; one person's second click on the same day finds the first."""
        user: Any = user_of(self.actor)
        day = today(self.now)
        last = self.hub.reviews.order_by("-at", "-pk").first()
        if last is not None and last.by == user and today(last.at) == day:
            return last
        review = HubReview.objects.create(hub=self.hub, at=self.now, by=user, by_name=name_of(user))
        self.hub.review_due_date = due_after(day, self.hub.review_months)
        self.hub.save(update_fields=["review_due_date"])
        log(
            instance=self.hub,
            action="hub.hub.review",
            user=user,
            data={"due": self.hub.review_due_date.isoformat()},
        )
        return review


def due_after(day: date, months: int) -> date:
    """The day so many months later; the last of the month where it is shorter.

    >>> due_after(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
