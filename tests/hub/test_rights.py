"""Owns what no row of the table of rights may ever say."""

import pytest

from hub.rights import RIGHTS, Right, Role, Scope

pytestmark = pytest.mark.pure


def test_an_administrator_may_everything() -> None:
    assert all(row[Role.ADMINISTRATOR] is Scope.ALL for row in RIGHTS.values())


def test_nobody_but_an_administrator_edits_the_ground() -> None:
    assert {role for role, scope in RIGHTS[Right.GROUND].items() if scope is not Scope.NONE} == {
        Role.ADMINISTRATOR
    }


def test_every_right_says_something_of_every_role() -> None:
    assert {right: set(row) for right, row in RIGHTS.items()} == {right: set(Role) for right in Right}


def test_an_editor_never_publishes() -> None:
    assert RIGHTS[Right.PUBLISH][Role.EDITOR] is Scope.NONE
    assert RIGHTS[Right.ANSWER][Role.EDITOR] is Scope.OWN_DRAFTS
