"""Owns that the table in the code says what the table in the issue says."""

import pytest

from hub.rights import RIGHTS, Right, Role, Scope
from tests.access.issue_table import Standing, Verb, cell_of

pytestmark = pytest.mark.pure

ROWS = {
    Right.SEE_DRAFTS: Verb.SEE,
    Right.EDIT: Verb.EDIT,
    Right.PUBLISH: Verb.PUBLISH,
    Right.ANSWER: Verb.ANSWER,
    Right.REMOVE: Verb.REMOVE,
    Right.MOVE: Verb.MOVE,
    Right.EXPORT: Verb.EXPORT,
    Right.INVITE_EDITORS: Verb.INVITE,
    Right.APPOINT: Verb.APPOINT,
    Right.RESET_ACCESS: Verb.RESET,
}
COLUMNS = {
    Role.EDITOR: Standing("editor"),
    Role.LEAD: Standing("lead, deputy"),
    Role.DEPUTY: Standing("lead, deputy", is_deputy=True),
    Role.CLUSTER_LEAD: Standing("cluster lead"),
    Role.COMMUNICATIONS: Standing("communications"),
    Role.COORDINATOR: Standing("coordinator"),
    Role.ADMINISTRATOR: Standing("administrator"),
}
IN_THE_ISSUE = {
    Scope.NONE: {"-"},
    Scope.OWN: {"own", "own (lead)"},
    Scope.OWN_PAGES_AND_FIRMS: {"own pages and firms"},
    Scope.OWN_DRAFTS: {"drafts only"},
    Scope.OWN_IF_BOTH_CONSENT: {"both leads consent"},
    Scope.CLUSTER_PAGES: {"own cluster's pages"},
    Scope.NEWS: {"events and news everywhere"},
    Scope.NOT_OF_ADMINISTRATORS: {"yes, not of administrators"},
    Scope.ALL: {"all", "yes"},
}


@pytest.mark.parametrize("right", ROWS)
def test_a_row_of_the_code_says_what_the_issue_says(right: Right) -> None:
    for role, standing in COLUMNS.items():
        wanted = cell_of(standing, ROWS[right])
        if wanted == "own (lead)" and standing.is_deputy:
            wanted = "-"
        assert wanted in IN_THE_ISSUE[RIGHTS[right][role]], role


def test_of_the_last_row_coordinators_have_the_vocabularies_only() -> None:
    assert cell_of(COLUMNS[Role.COORDINATOR], Verb.GROUND) == "vocabularies"
    assert RIGHTS[Right.VOCABULARIES][Role.COORDINATOR] is Scope.ALL
    assert RIGHTS[Right.GROUND][Role.COORDINATOR] is Scope.NONE


def test_the_code_has_no_right_that_the_issue_has_not() -> None:
    assert {*ROWS, Right.VOCABULARIES, Right.GROUND} == set(Right) == set(RIGHTS)
