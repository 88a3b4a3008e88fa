"""Owns what tests of stewards and reminders say again and again: what waits, and who was written to."""

import itertools
from datetime import datetime
from typing import Any

from django.utils import translation
from wagtail.models import Page, WorkflowState

from directory.models import Proposal
from hub.approval import keep_task
from hub.models import OutgoingMail
from tests.directory.builders import NOW, make_region
from tests.hub.people import make_hub

_numbers = itertools.count(1)


def make_proposal(region: str | None = "kent", *, at: datetime = NOW, name: str = "") -> Proposal:
    """A proposal about a region that has waited since then."""
    return Proposal.objects.create(
        kind=Proposal.Kind.LIST,
        firm_name=name or f"Brewery {next(_numbers)}",
        region=make_region(region) if region else None,
        language="en",
        nonce=f"waits-{next(_numbers)}",
        sent_at=at,
    )


def make_change(region: str = "kent", *, by: Any = None, title: str = "Our team") -> WorkflowState:
    """A change of a page that waits for approval in the workflow of a region's hub."""
    hub = make_hub(region)
    keep_task(hub.workflow)
    root = Page.objects.filter(depth=1).get()
    page = root.add_child(instance=Page(title=title, slug=f"page-{next(_numbers)}"))
    page.save_revision(user=by)
    state: WorkflowState = hub.workflow.start(page, by)
    return state


def told(kind: str) -> list[str]:
    """Who was written to with mails of a kind, by user name, in the order of writing."""
    rows = OutgoingMail.objects.filter(kind=kind).order_by("pk").values_list("to", flat=True)
    return [mail.partition("@")[0] for mail in rows]


def all_told() -> set[str]:
    """Everybody who was written to."""
    return {mail.partition("@")[0] for mail in OutgoingMail.objects.values_list("to", flat=True)}


def speak(user: Any, language: str) -> Any:
    """Lets somebody read the admin in a language."""
    from wagtail.users.models import UserProfile

    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    translation.activate("en")
    return user
