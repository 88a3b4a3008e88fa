"""Owns what the process of the test on proposals sent at once does: each form, by twenty threads together."""

import itertools
from typing import Any

from .processes import Caller

MANY = 20


def make_ground(caller: Caller) -> dict[str, str]:
    """A firm with an address, an open cluster, somebody who answers; the addresses of every form."""
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from directory.proposing.addresses import REMOVE_FIRM, STATUS, STILL_RIGHT, YOUR_FIRM, path_to
    from tests.directory.builders import make_firm
    from tests.directory.proposing import answer_url, propose

    get_user_model().objects.create_superuser("coordinator", "c@hub.example")
    now = timezone.now()
    emails = (f"{number}@sender.example" for number in itertools.count())
    firm = make_firm("Together", email="info@firm.example", town="Deal", published=True)
    gone = make_firm("Leaving", email="info@leaving.example", published=True)
    bare = make_firm("Bare", published=True)

    def asked(kind: str, about: Any) -> Any:
        return propose(kind, firm=about, email=next(emails), now=now)

    still = path_to(STILL_RIGHT, "en", firm=bare.pk, after=0)
    return {
        "correct": f"/en/firms/{firm.slug}/propose/correct/",
        "mine": f"/en/firms/{firm.slug}/propose/mine/",
        "list": "/en/list-your-firm/",
        "join": f"/en/join/food-drink/?firm={firm.slug}",
        "withdraw": path_to(STATUS, "en", proposal=asked("closed", firm).pk),
        "own": path_to(YOUR_FIRM, "en", proposal=asked("mine", firm).pk),
        "remove": path_to(REMOVE_FIRM, "en", proposal=asked("remove", gone).pk),
        "still": still,
        "accept": answer_url(asked("correct", bare)),
        "return": answer_url(asked("closed", bare)) + "return/",
    }


def send_together(caller: Caller, path: str, changed: dict[str, Any]) -> list[int]:
    """The statuses that twenty posts of one form got, all sent together by people of one mind."""
    from django.contrib.auth import get_user_model
    from django.test import Client
    from django.test.utils import setup_test_environment

    from hub.models import Region
    from tests.directory.at_once import at_once
    from tests.directory.proposing import form_values

    setup_test_environment()  # so that a form can be read from the page that shows it

    def browser() -> Client:
        client = Client()
        if path.startswith("/admin/"):
            client.force_login(get_user_model().objects.get(username="coordinator"))
        return client

    opened = browser().get(path)
    told = form_values(browser(), path) if opened.context and opened.context.get("form") else {}
    if "region" in changed:
        changed = changed | {"region": Region.objects.get(slug=changed["region"]).pk}
    browsers = [browser() for _each in range(MANY)]
    turn = iter(browsers)
    return at_once(MANY, lambda: next(turn).post(path, told | changed).status_code)


def effects(caller: Caller) -> dict[str, int]:
    """What there is of everything that a form can make or change."""
    from directory.models import Confirmation, Firm, Proposal, Removal
    from hub.models import OutgoingMail

    counts = {
        f"proposals {kind}": Proposal.objects.filter(kind=kind).count() for kind in Proposal.Kind.values
    }
    states = {f"{state}": Proposal.objects.filter(state=state).count() for state in Proposal.State.values}
    mails = {kind: OutgoingMail.objects.filter(kind=kind).count() for kind in _MAILS}
    rows = {"firms": Firm.objects.count(), "removed": Removal.objects.count()}
    return {**counts, **states, **mails, **rows, "confirmed once": Confirmation.objects.count()}


_MAILS = (
    *(f"directory.proposal.{each}" for each in ("received", "waiting", "accepted", "returned", "confirmed")),
    *("directory.firm.edit_link", "directory.firm.remove_link"),
)
