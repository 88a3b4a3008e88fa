"""Owns what the process of the test on clicks does: each button, pressed in twenty windows at once."""

from collections import Counter
from typing import Any

from .processes import Caller

MANY = 20
TOKEN = {"csrfmiddlewaretoken": "as-the-page-was-shown"}
PASSWORD = "four words of my own"


def make_ground(caller: Caller) -> dict[str, tuple[str, dict[str, Any]]]:
    """Something to press every button about: by name, its address and what its form sends."""
    from django.urls import reverse

    from hub.days import today
    from tests.hub.people import make_administrator, make_deputy, make_hub, make_user

    make_administrator("presses")
    make_administrator("presses-too")
    hub, _users = make_hub("zeeland"), [make_user("ann"), make_user("bob")]
    make_deputy("zeeland", "deputy")
    term = hub.region.lead_terms.get()
    office = {"region": hub.region.pk, "role": "lead", "language": "en", "from_date": today()}
    bob = {"email": "bob@people.example", "language": "en", "from_date": today()}
    return {
        **_firms(),
        **_pages(),
        "appoint": (reverse("hub_appoint"), office | {"email": "ann@people.example"}),
        "replace": (reverse("hub_replace", args=[term.pk]), bob),
        "invite": (reverse("hub_appoint"), office | {"email": "cleo@people.example", "name": "Cleo"}),
        "accept invitation": _invitation(hub),
        "still right": (reverse("cluster_pages_review_hub", args=[hub.pk]), {}),
        "accept transfer": _transfer(hub),
    }


def _firms() -> dict[str, tuple[str, dict[str, Any]]]:
    from cluster_pages.actions.set_up_hub import keep_workflow_of_firms
    from tests.directory.admin import filled, url
    from tests.directory.builders import make_firm
    from tests.hub.people import make_editor

    keep_workflow_of_firms()
    firms = {name: make_firm(name, published=True) for name in ("submit", "publish", "unpublish", "confirm")}
    sent = {name: url("edit", firm.pk) for name, firm in firms.items()}
    found = {
        "submit a firm": (sent["submit"], filled(name="Submitted", **{"action-submit": "1"})),
        "publish a firm": (sent["publish"], filled(name="Public", **{"action-publish": "1"})),
        "unpublish a firm": (url("unpublish", firms["unpublish"].pk), {}),
        "firm still right": (url("confirm", firms["confirm"].pk), {}),
    }
    for name in ("approve", "return"):
        firm = make_firm(name, published=True)
        firm.name = f"{name} this"
        firm.save_revision()
        firm.get_workflow().start(firm, make_editor("kent"))
        action = "reject" if name == "return" else name
        where = url("workflow_action", firm.pk, action, firm.current_workflow_task_state.pk)
        found[f"{name} a firm"] = where, {"comment": "Say which year."}
    return found


def _pages() -> dict[str, tuple[str, dict[str, Any]]]:
    from django.urls import reverse
    from wagtail.models import Page

    from tests.hub.people import make_editor
    from tests.hub.stewards import make_change

    root = Page.objects.get(depth=1)
    page = root.add_child(instance=Page(title="Public page", slug="public-page"))
    form = {"title": "Page", "slug": page.slug, "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
    state = make_change("kent", by=make_editor("kent"))
    approve = [state.object_id, "approve", state.current_task_state.pk]
    return {
        "publish a page": (
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            form | {"action-publish": "1"},
        ),
        "approve a page": (reverse("wagtailadmin_pages:workflow_action", args=approve), {"comment": ""}),
    }


def _invitation(hub: Any) -> tuple[str, dict[str, Any]]:
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from hub.invitations import InviteAction, Invited, link_of
    from hub.models import Invitation

    invited = Invited("dora@people.example", "Dora", "en", Invitation.Role.LEAD, region=hub.region)
    actor = get_user_model().objects.get(username="presses")
    link = link_of(InviteAction(invited=invited, actor=actor, now=timezone.now()).run())
    path = "/" + link.split("/", 3)[3]
    return path, {"name": "Dora Daan", "language": "en", "password": PASSWORD}


def _transfer(hub: Any) -> tuple[str, dict[str, Any]]:
    from django.urls import reverse
    from django.utils import timezone

    from directory.actions.transferring import OfferFirmAction
    from hub.actions import SYSTEM
    from tests.directory.builders import make_firm

    firm = make_firm("offered", published=True)
    offer = OfferFirmAction(firm=firm, to=hub.region, actor=SYSTEM, now=timezone.now()).run()
    return reverse("directory_transfers:answer", args=[offer.pk]), {}


def press_together(caller: Caller, path: str, form: dict[str, Any], by: tuple[str, ...]) -> dict[str, Any]:
    """Presses a button in twenty windows of the same people; the statuses, and all that the windows said."""
    from django.contrib.auth import get_user_model
    from django.contrib.messages import get_messages
    from django.test import Client

    from tests.directory.at_once import at_once

    clients = []
    for number in range(MANY):
        client = Client()
        if path.startswith("/admin/"):
            client.force_login(get_user_model().objects.get(username=by[number % len(by)]))
        clients.append(client)
    turn = iter(clients)

    def press() -> tuple[int, str]:
        answer = next(turn).post(path, form | TOKEN)
        queued = getattr(get_messages(answer.wsgi_request), "_queued_messages", ())
        said = " ".join(str(each) for each in queued)
        return answer.status_code, said if answer.status_code == 302 else answer.content.decode()

    told = at_once(MANY, press)
    return {"statuses": Counter(status for status, _said in told), "said": [said for _status, said in told]}


def effects(caller: Caller) -> Counter[str]:
    """What there is of everything that a button can make: rows, lines of the log, mails."""
    from django.contrib.auth import get_user_model
    from wagtail.models import ModelLogEntry, PageLogEntry, Revision, WorkflowState

    from directory.models import Confirmation
    from hub.models import HubReview, Invitation, LeadTerm, OutgoingMail

    found: Counter[str] = Counter()
    for model in (Revision, WorkflowState, HubReview, LeadTerm, Invitation, Confirmation, get_user_model()):
        found[model.__name__] = model._default_manager.count()
    for log in (ModelLogEntry, PageLogEntry):
        found.update(f"log {action}" for action in log.objects.values_list("action", flat=True))
    found.update(f"mail {kind}" for kind in OutgoingMail.objects.values_list("kind", flat=True))
    return found
