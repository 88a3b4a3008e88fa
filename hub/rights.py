"""Owns the table of rights: which role may do what, and how far. Pure; `hub.permissions` asks it."""

from collections.abc import Iterable, Mapping
from enum import Enum, auto

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Role(Enum):
    """Who somebody can be; one person may be several."""

    EDITOR = _("editor")
    LEAD = _("lead")
    DEPUTY = _("deputy")
    CLUSTER_LEAD = _("cluster lead")
    COMMUNICATIONS = _("communications")
    COORDINATOR = _("coordinator")
    ADMINISTRATOR = _("administrator")


class Right(Enum):
    """What somebody may do."""

    SEE_DRAFTS = auto()
    EDIT = auto()
    PUBLISH = auto()
    ANSWER = auto()
    REMOVE = auto()
    MOVE = auto()
    EXPORT = auto()
    INVITE_EDITORS = auto()
    APPOINT = auto()
    RESET_ACCESS = auto()
    VOCABULARIES = auto()
    GROUND = auto()


class Scope(Enum):
    """How far a right reaches. OWN is the region of the term, or of the editor, and all below it."""

    NONE = "-"
    OWN = _("own")
    OWN_PAGES_AND_FIRMS = _("own pages and firms")
    OWN_DRAFTS = _("own, drafts only")
    OWN_IF_BOTH_CONSENT = _("own, if both leads consent")
    CLUSTER_PAGES = _("own cluster's pages")
    NEWS = _("events and news everywhere")
    NOT_OF_ADMINISTRATORS = _("yes, not of administrators")
    ALL = _("all")


# Those that reach the things of one's own region.
OWN_REGION = frozenset({Scope.OWN, Scope.OWN_PAGES_AND_FIRMS, Scope.OWN_DRAFTS, Scope.OWN_IF_BOTH_CONSENT})

LABELS: Mapping[Right, Promise] = {
    Right.SEE_DRAFTS: _("see drafts, history, comparisons"),
    Right.EDIT: _("edit, submit"),
    Right.PUBLISH: _("approve, publish, unpublish"),
    Right.ANSWER: _("add a firm, answer proposals"),
    Right.REMOVE: _("merge, remove a firm; import"),
    Right.MOVE: _("move a firm to another region"),
    Right.EXPORT: _("full export (logged)"),
    Right.INVITE_EDITORS: _("invite editors; replace the deputy"),
    Right.APPOINT: _("appoint leads, cluster leads; see records"),
    Right.RESET_ACCESS: _("reset a second factor, end sessions"),
    Right.VOCABULARIES: _("vocabularies"),
    Right.GROUND: _("users, settings, regions, clusters"),
}


def _row(
    *,
    editor: Scope = Scope.NONE,
    lead: Scope = Scope.NONE,
    deputy: Scope | None = None,
    cluster_lead: Scope = Scope.NONE,
    communications: Scope = Scope.NONE,
    coordinator: Scope = Scope.ALL,
) -> Mapping[Role, Scope]:
    """One row of the table; a deputy may what a lead may unless said otherwise, an administrator all."""
    return {
        Role.EDITOR: editor,
        Role.LEAD: lead,
        Role.DEPUTY: lead if deputy is None else deputy,
        Role.CLUSTER_LEAD: cluster_lead,
        Role.COMMUNICATIONS: communications,
        Role.COORDINATOR: coordinator,
        Role.ADMINISTRATOR: Scope.ALL,
    }


RIGHTS: Mapping[Right, Mapping[Role, Scope]] = {
    Right.SEE_DRAFTS: _row(
        editor=Scope.OWN, lead=Scope.OWN, cluster_lead=Scope.CLUSTER_PAGES, communications=Scope.NEWS
    ),
    Right.EDIT: _row(
        editor=Scope.OWN_PAGES_AND_FIRMS,
        lead=Scope.OWN,
        cluster_lead=Scope.CLUSTER_PAGES,
        communications=Scope.NEWS,
    ),
    Right.PUBLISH: _row(lead=Scope.OWN, cluster_lead=Scope.CLUSTER_PAGES, communications=Scope.NEWS),
    Right.ANSWER: _row(editor=Scope.OWN_DRAFTS, lead=Scope.OWN),
    Right.REMOVE: _row(lead=Scope.OWN),
    Right.MOVE: _row(lead=Scope.OWN_IF_BOTH_CONSENT),
    Right.EXPORT: _row(lead=Scope.OWN),
    Right.INVITE_EDITORS: _row(lead=Scope.OWN, deputy=Scope.NONE),
    Right.APPOINT: _row(),
    Right.RESET_ACCESS: _row(coordinator=Scope.NOT_OF_ADMINISTRATORS),
    Right.VOCABULARIES: _row(),
    Right.GROUND: _row(coordinator=Scope.NONE),
}


def as_markdown() -> str:
    """The table for the reference, in English: a line for each right, a column for each role.

    Where lead and deputy differ, the column of the deputy says so.
    """
    with translation.override("en"):
        roles = list(Role)
        lines = [_line("", (str(role.value) for role in roles)), _line("---", ("---" for _role in roles))]
        lines += [
            _line(str(LABELS[right]), (str(scopes[role].value) for role in roles))
            for right, scopes in RIGHTS.items()
        ]
    return "\n".join(lines)


def _line(first: str, others: Iterable[str]) -> str:
    return "| " + " | ".join((first, *others)).strip() + " |"
