"""Owns the people of the demo: invented leads, deputies, editors, a coordinator, and their log-ins."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.users.models import UserProfile

from hub.actions import Action
from hub.actions.ground import shipped
from hub.actions.leads import AppointLeadAction, Holder
from hub.actions.reviewing import due_after
from hub.models import Cluster, HubReview, LeadTerm, Partner, Region, RegionalHub, RoleGroup

PEOPLE = Path(__file__).parents[1] / "demo" / "people.toml"
PASSWORD = "imagineers-demo"  # noqa: S105 - the demo's own, printed by `make run`
ADMINISTRATOR = "admin"


class SeedPeopleAction(Action):
    """Adds the demo's log-ins that are missing, each with what they do; who is there stays as they are."""

    def execute(self) -> int:
        """How many log-ins were added."""
        users = get_user_model()
        added = 0
        if not users.objects.filter(username=ADMINISTRATOR).exists():
            users.objects.create_superuser(ADMINISTRATOR, f"{ADMINISTRATOR}@hub.example", PASSWORD)
            added += 1
        for row in shipped(PEOPLE, "person"):
            if not users.objects.filter(username=row["username"]).exists():
                self._seed(row)
                added += 1
        for row in shipped(PEOPLE, "partner"):
            self._seed_partner(row)
        for row in shipped(PEOPLE, "review"):
            self._seed_review(row)
        return added

    def _seed(self, row: dict[str, Any]) -> None:
        name = row["username"]
        user = get_user_model().objects.create_user(
            name, f"{name}@hub.example", PASSWORD, first_name=row["first"], last_name=row["last"]
        )
        user.last_login = self.now - timedelta(days=row.get("seen_days_ago", 3))
        user.save(update_fields=["last_login"])
        UserProfile.objects.create(user=user, preferred_language=row["language"])
        for group in _groups(row):
            group.user_set.add(user)
        if "from" in row:
            self._appoint(row, Holder(user=user))

    def _appoint(self, row: dict[str, Any], holder: Holder) -> None:
        region = Region.objects.get(slug=row["leads"]) if "leads" in row else None
        ends = row.get("ends_in_days")
        AppointLeadAction(
            holder=holder,
            region=region,
            cluster=Cluster.objects.get(slug=row["cluster"]) if "cluster" in row else None,
            role=LeadTerm.Role(row.get("term", "lead")),
            from_date=row["from"],
            to_date=timezone.localdate(self.now) + timedelta(days=ends) if ends else None,
            actor=self.actor,
            now=self.now,
        ).run()

    def _seed_partner(self, row: dict[str, Any]) -> None:
        region = Region.objects.get(slug=row["region"])
        partner, is_new = Partner.objects.get_or_create(
            name=row["name"], defaults={"region": region, "website": row["website"]}
        )
        if is_new:
            self._appoint(row, Holder(partner=partner))

    def _seed_review(self, row: dict[str, Any]) -> None:
        hub = RegionalHub.objects.filter(region__slug=row["region"], reviews=None).first()
        by = get_user_model().objects.filter(username=row["by"]).first()
        if hub is None or by is None:
            return
        at = self.now - timedelta(days=row["days_ago"])
        HubReview.objects.create(hub=hub, at=at, by=by, by_name=by.get_full_name())
        hub.review_due_date = due_after(timezone.localdate(at), hub.review_months)
        hub.save(update_fields=["review_due_date"])


def log_in_lines() -> list[str]:
    """What `make run` says about logging in."""
    return [
        f"Log in at /admin/ as {ADMINISTRATOR} with the password {PASSWORD} (unless you have changed it).",
        "With the same password you see what others see:",
        *(
            f"  {row['username']:<22} {row['first']} {row['last']}, {row['is']}"
            for row in shipped(PEOPLE, "person")
        ),
    ]


def _groups(row: dict[str, Any]) -> Iterator[Group]:
    if "edits" in row:
        yield Group.objects.get(edited_hub__region__slug=row["edits"])
    if "role" in row:
        yield Group.objects.get(hub_role__role=RoleGroup.Role(row["role"]))
