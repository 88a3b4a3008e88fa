"""Owns who holds office: appointing a lead, replacing one, standing down."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from hub.actions.base import Action, ActionRefused, Actor, NotAllowed, System, user_of
from hub.actions.rights import require
from hub.days import today
from hub.groups import keep_groups
from hub.models import Cluster, LeadTerm, Partner, Region
from hub.permissions import may_appoint, may_replace
from hub.roles import forget_roles

MOST_TERMS = 3
ONE_DAY = timedelta(days=1)


class TooManyLeads(ActionRefused):
    """Three leads, one of them the deputy, are the most that a region has for a cluster."""


class TermsOverlap(ActionRefused):
    """The same person holds this office already on some of these days."""


class TermOver(ActionRefused):
    """The term has ended, or ends before the day given."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a term: somebody who logs in, an organisation, or a name; exactly one of them."""

    user: Any = None
    partner: Partner | None = None
    name: str = ""


class AppointLeadAction(Action):
    """Gives somebody a term as lead or deputy of a region, or, without region, as lead of a cluster."""

    def __init__(
        self,
        *,
        holder: Holder,
        region: Region | None,
        cluster: Cluster | None = None,
        role: LeadTerm.Role = LeadTerm.Role.LEAD,
        from_date: date,
        to_date: date | None = None,
        note: str = "",
        actor: Actor,
        now: datetime,
    ) -> None:
        super().__init__(actor=actor, now=now)
        self.term = LeadTerm(
            user=holder.user,
            partner=holder.partner,
            name=holder.name,
            region=region,
            cluster=cluster,
            role=role,
            from_date=from_date,
            to_date=to_date,
            note=note,
        )

    def check(self) -> None:
        """:raises NotAllowed: if the actor may not appoint.
        :raises TermOver: if the last day comes before the first.
        :raises TermsOverlap: if the same person holds the same office on one of these days.
        :raises TooManyLeads: if there were more than three on a day, or two deputies.
        """
        require(self.actor, may_appoint, _("Only the coordinator can appoint leads."))
        check_term(self.term)

    def execute(self) -> LeadTerm:
        """The new term."""
        return begin(self.term, self.actor)


class StandDownAction(Action):
    """Ends a term on its last day; the rights are gone the day after, at once if that day is over."""

    def __init__(self, *, term: LeadTerm, last_day: date, actor: Actor, now: datetime) -> None:
        super().__init__(actor=actor, now=now)
        self.term = term
        self.last_day = last_day

    def check(self) -> None:
        """:raises NotAllowed: if it is neither the actor's own term nor one that the actor may replace.
        :raises TermOver: if it has ended, or would end before it begins; one that begins today, or later,
            can still be taken back.
        """
        _lock_office(self.term)
        self.term = LeadTerm.objects.get(pk=self.term.pk)
        is_own = self.term.user_id is not None and self.term.user == user_of(self.actor)
        if not (isinstance(self.actor, System) or is_own or may_replace(self.actor, self.term)):
            raise NotAllowed(_("Only the coordinator, or whoever holds it, can end this term."))
        if self.term.to_date is not None and self.term.to_date < self.last_day:
            raise TermOver(_("This term ends earlier: on %s.") % date_format(self.term.to_date))
        _require_not_before(self.term, self.last_day, self.now)

    def execute(self) -> LeadTerm:
        """The ended term."""
        return end(self.term, self.last_day, self.actor)


class ReplaceLeadAction(Action):
    """Ends a term the day before another person takes the same office over."""

    def __init__(
        self, *, term: LeadTerm, holder: Holder, from_date: date, note: str = "", actor: Actor, now: datetime
    ) -> None:
        super().__init__(actor=actor, now=now)
        self.term = term
        self.holder = holder
        self.from_date = from_date
        self.note = note

    def check(self) -> None:
        """:raises NotAllowed: if the actor may not replace this holder.
        :raises TermOver: if the term has ended by then.
        :raises TermsOverlap: if the successor holds the same office on one of these days.
        """
        _lock_office(self.term)
        self.term = LeadTerm.objects.select_related("user").get(pk=self.term.pk)
        only = _("Only the coordinator can replace a lead; a lead can replace the deputy.")
        require(self.actor, lambda user: may_replace(user, self.term), only)
        ends = self.term.to_date
        if ends is not None and ends < self.from_date - ONE_DAY:
            raise TermOver(_("This term has ended: on %s. Appoint a new lead instead.") % date_format(ends))
        _require_not_before(self.term, self.from_date - ONE_DAY, self.now)

    def execute(self) -> LeadTerm:
        """The successor's term.

        :raises ActionRefused: if the successor cannot hold it; then nothing is changed.
        """
        left = self.term
        end(left, self.from_date - ONE_DAY, self.actor)
        successor = LeadTerm(
            user=self.holder.user,
            partner=self.holder.partner,
            name=self.holder.name,
            region_id=left.region_id,
            cluster_id=left.cluster_id,
            role=left.role,
            from_date=self.from_date,
            note=self.note,
        )
        check_term(successor)
        return begin(successor, self.actor)


def _require_not_before(term: LeadTerm, last_day: date, now: datetime) -> None:
    """A term that has not begun before today may end the day before it begins, so that it never was; one
    that somebody held stays on record."""
    never_was = last_day == term.from_date - ONE_DAY and term.from_date >= today(now)
    if last_day < term.from_date and not never_was:
        raise TermOver(_("A term cannot end before its first day, %s.") % date_format(term.from_date))


def check_term(term: LeadTerm) -> None:
    """Whether a new term may be: under a lock on its region, or on its cluster.

    :raises ActionRefused: with the reason.
    """
    if term.to_date is not None and term.to_date < term.from_date:
        raise TermOver(_("The last day cannot come before the first."))
    _lock_office(term)
    office = LeadTerm.objects.filter(region=term.region_id, cluster=term.cluster_id)
    beside = list(office.overlapping(term.from_date, term.to_date))
    if any(_same_holder(each, term) and each.role == term.role for each in beside):
        raise TermsOverlap(
            _("%(who)s holds this office already on some of these days.") % {"who": term.holder}
        )
    if _most_at_once([*beside, term]) > MOST_TERMS:
        raise TooManyLeads(_("There are three leads already on some of these days. End a term first."))
    deputies = [each for each in [*beside, term] if each.role == LeadTerm.Role.DEPUTY]
    if term.role == LeadTerm.Role.DEPUTY and _most_at_once(deputies) > 1:
        raise TooManyLeads(_("There is a deputy already on some of these days. Replace that one instead."))


def begin(term: LeadTerm, actor: Actor) -> LeadTerm:
    """Saves a term that was checked, lets Wagtail know its holder, and writes it down."""
    term.save()
    _note(term, "hub.lead.appoint", actor)
    _take_effect(term)
    return term


def end(term: LeadTerm, last_day: date, actor: Actor) -> LeadTerm:
    """Ends a term; one that would then never have been open goes away."""
    if last_day < term.from_date:
        _note(term, "hub.lead.stand_down", actor)
        LeadTerm.objects.filter(pk=term.pk).delete()
    else:
        term.to_date = last_day
        term.save(update_fields=["to_date"])
        _note(term, "hub.lead.stand_down", actor)
    _take_effect(term)
    return term


def _take_effect(term: LeadTerm) -> None:
    keep_groups()
    if term.user is not None:
        forget_roles(term.user)


def _note(term: LeadTerm, action: str, actor: Actor) -> None:
    about = term.region or term.cluster
    assert about is not None  # noqa: S101 - a constraint of the database
    log(
        instance=about,
        action=action,
        user=user_of(actor),
        data={
            "role": term.role,
            "cluster": term.cluster.slug if term.cluster else "",
            "from": term.from_date.isoformat(),
            "to": term.to_date.isoformat() if term.to_date else "",
        },
    )


def _lock_office(term: LeadTerm) -> None:
    office: Any = Region.objects.filter(pk=term.region_id or 0)
    if term.region_id is None:
        office = Cluster.objects.filter(pk=term.cluster_id or 0)
    office.select_for_update(no_key=True).get()


def _same_holder(one: LeadTerm, other: LeadTerm) -> bool:
    who = [(term.user_id, term.partner_id, term.name.casefold()) for term in (one, other)]
    return who[0] == who[1]


def _most_at_once(terms: list[LeadTerm]) -> int:
    """How many terms are open on the fullest day, which is always the first day of one of them."""
    days = {term.from_date for term in terms}
    return max(sum(_is_open(term, day) for term in terms) for day in days) if days else 0


def _is_open(term: LeadTerm, day: date) -> bool:
    return term.from_date <= day and (term.to_date is None or term.to_date >= day)
