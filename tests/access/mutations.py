"""Owns the mutations: permission lines that are loosened one at a time, and the addresses that must notice.

A cell of the table in the code gets a wider scope, or a question always gets the answer yes. What is expected
stays as it is: it is read from the issue (`issue_table`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FunctionType
from typing import Any

import pytest

from directory import queue
from hub import middleware, permissions, policies, reports, roles, walls
from hub.rights import RIGHTS, Right, Role, Scope

FIRM = "wagtailsnippets_directory_firm:"


@dataclass(frozen=True, slots=True)
class Mutation:
    """One line loosened; `notice` are the addresses, one at least of which must tell."""

    name: str
    apply: Callable[[pytest.MonkeyPatch], None]
    notice: tuple[str, ...]
    roles: tuple[str, ...] = ()


def cell(right: Right, role: Role, scope: Scope, notice: str, asked_by: str) -> Mutation:
    """A cell of the table says more than the issue does."""

    def apply(patch: pytest.MonkeyPatch) -> None:
        patch.setitem(RIGHTS[right], role, scope)  # type: ignore[arg-type]

    name = f"{right.name} of {role.name} is {scope.name}"
    return Mutation(name, apply, tuple(notice.split()), (asked_by,))


def answer(question: Any, lax: Callable[..., Any], notice: str, *asked_by: str) -> Mutation:
    """A question is answered by another function, wherever it was imported to."""
    asked: FunctionType = question

    def apply(patch: pytest.MonkeyPatch) -> None:
        patch.setattr(asked, "__code__", _same_shape(asked, lax).__code__)

    name = f"{asked.__module__}.{asked.__qualname__} is lax"
    return Mutation(name, apply, tuple(notice.split()), asked_by)


def _same_shape(asked: FunctionType, lax: Callable[..., Any]) -> FunctionType:
    # Python only exchanges the code of functions with as many outer variables.
    if asked.__closure__:
        raise TypeError(f"{asked.__qualname__} has outer variables: patch it by name.")
    assert isinstance(lax, FunctionType)
    return lax


def yes(*args: Any, **kwargs: Any) -> bool:
    """Nobody is asked."""
    return True


def nothing(*args: Any, **kwargs: Any) -> None:
    """Nothing is done."""


def unfiltered(pages: Any, *args: Any) -> Any:
    """Everything is shown."""
    return pages


def whole_row(user: Any, right: Any, of: str = "region") -> Any:
    """Rows of all regions."""
    from django.db.models import Q  # the code moves to where nothing of this module is known

    return Q()


def anybodys(user: Any, at: str = "") -> Any:
    """What waits in all regions."""
    from django.db.models import Q

    return Q()


def _by_name(owner: Any, name: str, value: Any, notice: str, *asked_by: str) -> Mutation:
    def apply(patch: pytest.MonkeyPatch) -> None:
        patch.setattr(owner, name, value)

    return Mutation(f"{getattr(owner, '__name__', owner)}.{name}", apply, tuple(notice.split()), asked_by)


def everywhere(self: Any, right: Any) -> None:
    """No role ends anywhere."""


IN_TABLE = (
    cell(Right.PUBLISH, Role.EDITOR, Scope.OWN, f"{FIRM}unpublish {FIRM}rename", "editor A"),
    cell(Right.REMOVE, Role.EDITOR, Scope.OWN, f"{FIRM}delete", "editor A"),
    cell(Right.EXPORT, Role.EDITOR, Scope.OWN, f"{FIRM}export", "editor A"),
    cell(
        Right.SEE_DRAFTS,
        Role.COMMUNICATIONS,
        Scope.ALL,
        f"{FIRM}list wagtailsnippetchoosers_directory_firm:choose",
        "communications",
    ),
    cell(Right.EDIT, Role.COMMUNICATIONS, Scope.ALL, f"{FIRM}edit", "communications"),
    cell(Right.PUBLISH, Role.COMMUNICATIONS, Scope.ALL, f"{FIRM}unpublish", "communications"),
    cell(Right.ANSWER, Role.COMMUNICATIONS, Scope.ALL, f"{FIRM}add", "communications"),
    cell(Right.REMOVE, Role.COMMUNICATIONS, Scope.ALL, f"{FIRM}merge", "communications"),
    cell(Right.MOVE, Role.COMMUNICATIONS, Scope.ALL, f"{FIRM}move", "communications"),
    cell(
        Right.VOCABULARIES,
        Role.COMMUNICATIONS,
        Scope.ALL,
        "wagtailsnippets_directory_sector:edit",
        "communications",
    ),
    cell(Right.GROUND, Role.COORDINATOR, Scope.ALL, "wagtailsnippets_hub_region:edit", "coordinator"),
)
QUESTIONS = (
    answer(permissions.may_see_mails, yes, "hub_outgoingmail_modeladmin_index", "coordinator"),
    answer(permissions.may_see_log_ins, yes, "hub_site_user_modeladmin_index", "lead A"),
    answer(permissions.may_reset_access, yes, "hub_reset_second_factor hub_end_sessions", "lead A"),
    answer(permissions.may_edit_ground, yes, "wagtailsnippets_hub_cluster:list", "lead A"),
    answer(permissions.may_edit_vocabularies, yes, "wagtailsnippets_directory_sector:list", "lead A"),
    answer(permissions.may_publish, yes, f"{FIRM}rename", "lead B"),
    answer(permissions.may_edit, yes, f"{FIRM}add_contact", "lead B"),
    answer(permissions.may_merge_firms, yes, f"{FIRM}merge", "lead B"),
    answer(permissions.may_answer_proposals, yes, "directory_proposals:answer", "lead B"),
    answer(permissions.may_import, yes, "directory_importrun_modeladmin_index", "editor A"),
    answer(permissions.may_appoint, yes, "hub_appoint", "lead A"),
    answer(
        permissions.in_reach, whole_row, f"{FIRM}list wagtailsnippetchoosers_directory_firm:choose", "lead B"
    ),
    answer(roles.Roles.has, yes, f"{FIRM}edit {FIRM}history", "lead B"),
    answer(roles.Roles.reach, everywhere, f"{FIRM}list", "lead B"),
)
LINES = (
    answer(walls.may_enter, yes, "wagtailadmin_choose_page_child wagtailadmin_pages:usage", "lead B"),
    answer(walls._is_open_to, yes, "wagtailadmin_choose_page_child wagtailadmin_pages:usage", "lead B"),
    answer(walls.seen_title, lambda page, title: title, "wagtailadmin_choose_page_search", "lead A"),
    answer(walls.hide_drafts_of_others, unfiltered, "wagtailadmin_choose_page_search", "lead A"),
    answer(walls.own_files, unfiltered, "wagtailadmin_api:documents:listing", "lead A"),
    answer(walls._is_shown, yes, "wagtaildocs_serve", "anonymous"),
    answer(reports.own_work, anybodys, "wagtailadmin_reports:workflow", "lead A"),
    answer(middleware._is_refused, lambda request, response: False, "wagtailadmin_pages:edit", "lead B"),
    _by_name(policies.RegionPolicy, "user_has_permission_for_instance", yes, f"{FIRM}edit", "lead B"),
    _by_name(
        queue.ProposalHelper, "user_can_list", yes, "directory_proposal_modeladmin_index", "communications"
    ),
)


def every() -> Iterator[Mutation]:
    """All of them."""
    yield from (*IN_TABLE, *QUESTIONS, *LINES)
