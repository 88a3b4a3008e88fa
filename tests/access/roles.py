"""Owns the roles of the matrix: who asks, with a browser, and how the issue's table sees them."""

from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

from django.test import Client

from tests.access.issue_table import Standing
from tests.hub import people

A, BELOW, B = "region-a", "below-a", "region-b"
REGION_OF = {"A": A, "below A": BELOW, "B": B, "none": None}
CLUSTER, OTHER_CLUSTER = "food-drink", "new-materials"

_OF_A, _OF_B = frozenset({"A", "below A"}), frozenset({"B"})
STANDINGS: Mapping[str, Standing] = {
    "anonymous": Standing(),
    "signed in": Standing(),
    "editor A": Standing("editor", _OF_A, role="editor A"),
    "lead A": Standing("lead, deputy", _OF_A, role="lead A"),
    "deputy A": Standing("lead, deputy", _OF_A, is_deputy=True, role="deputy A"),
    "ended lead A": Standing(),
    "lead B": Standing("lead, deputy", _OF_B, role="lead B"),
    "cluster lead": Standing("cluster lead"),
    "communications": Standing("communications"),
    "coordinator": Standing("coordinator"),
    "administrator": Standing("administrator"),
}


@dataclass(slots=True)
class Asker:
    """Somebody in a role, with a browser."""

    role: str
    standing: Standing
    user: Any
    browser: Client
    cookies: str

    @property
    def is_logged_in(self) -> bool:
        """Whether there is anybody to name in the log."""
        return self.user is not None

    def fresh(self) -> Client:
        """The browser as it was right after the log-in: no message of an earlier visit is in it."""
        self.browser.cookies = SimpleCookie(self.cookies)
        return self.browser


def make_askers() -> dict[str, Asker]:
    """One person for each role."""
    users = {
        "anonymous": None,
        "signed in": people.make_user("without-role"),
        "editor A": people.make_editor(A, "editor-a"),
        "lead A": people.make_lead(A, "lead-a"),
        "deputy A": people.make_deputy(A, "deputy-a"),
        "ended lead A": people.make_ended_lead(A, "ended-lead-a"),
        "lead B": people.make_lead(B, "lead-b"),
        "cluster lead": people.make_cluster_lead(CLUSTER, "cluster-lead"),
        "communications": people.make_communicator("communications"),
        "coordinator": people.make_coordinator("coordinator"),
        "administrator": people.make_administrator("administrator"),
    }
    return {role: _asker(role, user) for role, user in users.items()}


def _asker(role: str, user: Any) -> Asker:
    browser = Client(raise_request_exception=False)
    if user is not None:
        browser.force_login(user)
    return Asker(role, STANDINGS[role], user, browser, browser.cookies.output(header="", sep=";"))
