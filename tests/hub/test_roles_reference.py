"""Owns the proof that the table of rights in the docs is the one of the code, and that of the issue."""

from pathlib import Path

import pytest

from hub.rights import RIGHTS, Right, Role, Scope, as_markdown

pytestmark = pytest.mark.pure
PAGE = Path(__file__).resolve().parents[2] / "docs/reference/roles.md"

# Issue 5, "Rights", word for word; the columns in its order, `lead, deputy` one of them.
ISSUE = """
see drafts, history, comparisons | own | own | own cluster's pages | events and news everywhere | all | all
edit, submit | own pages and firms | own | own cluster's pages | events and news everywhere | all | all
approve, publish, unpublish | - | own | own cluster's pages | events and news everywhere | all | all
add a firm, answer proposals | drafts only | own | - | - | all | all
merge, remove a firm; import | - | own | - | - | all | all
move a firm to another region | - | both leads consent | - | - | all | all
full export (logged) | - | own | - | - | all | all
invite editors; replace the deputy | - | own (lead) | - | - | all | all
appoint leads, cluster leads; see records | - | - | - | - | yes | yes
reset a second factor, end sessions | - | - | - | - | yes, not of administrators | yes
users, settings, vocabularies, regions | - | - | - | - | vocabularies | yes
"""
MEANS = {
    "-": {Scope.NONE},
    "own": {Scope.OWN},
    "own (lead)": {Scope.OWN},
    "own pages and firms": {Scope.OWN_PAGES_AND_FIRMS},
    "own cluster's pages": {Scope.CLUSTER_PAGES},
    "events and news everywhere": {Scope.NEWS},
    "drafts only": {Scope.OWN_DRAFTS},
    "both leads consent": {Scope.OWN_IF_BOTH_CONSENT},
    "yes, not of administrators": {Scope.NOT_OF_ADMINISTRATORS},
    "all": {Scope.ALL},
    "yes": {Scope.ALL},
    "vocabularies": {Scope.ALL, Scope.NONE},
}
ROWS = [[cell.strip() for cell in line.split("|")] for line in ISSUE.strip().splitlines()]
COLUMNS = (
    (Role.EDITOR,),
    (Role.LEAD, Role.DEPUTY),
    (Role.CLUSTER_LEAD,),
    (Role.COMMUNICATIONS,),
    (Role.COORDINATOR,),
    (Role.ADMINISTRATOR,),
)
# The rights of the code that a row of the issue stands for: the last row holds two.
CODE = dict(
    zip(
        (row[0] for row in ROWS),
        [(right,) for right in list(Right)[:10]] + [(Right.VOCABULARIES, Right.GROUND)],
        strict=True,
    )
)


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_the_code_says_what_the_issue_says(row: list[str]) -> None:
    for roles, told in zip(COLUMNS, row[1:], strict=True):
        for role in roles:
            is_deputy_of_a_lead = told == "own (lead)" and role == Role.DEPUTY
            wanted = {Scope.NONE} if is_deputy_of_a_lead else MEANS[told]
            assert {RIGHTS[right][role] for right in CODE[row[0]]} == wanted, role


def test_the_issue_and_the_code_have_the_same_rights() -> None:
    assert [right for rights in CODE.values() for right in rights] == list(Right) == list(RIGHTS)


def test_the_reference_holds_the_table_of_the_code() -> None:
    """To bring it up to date, put what `hub.rights.as_markdown()` gives into docs/reference/roles.md."""
    assert as_markdown() in PAGE.read_text(encoding="utf-8")
