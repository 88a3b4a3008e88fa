"""Owns what tests of proposals say again and again: sending one, answering it, reading the mails."""

import itertools
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.test import Client
from django.urls import reverse

from directory.actions.proposing import Asked, SubmitProposalAction
from directory.models import Firm, Proposal
from directory.proposing import Change
from hub.models import OutgoingMail
from tests.directory.builders import NOW

_numbers = itertools.count(1)
SENDER = "grace@sender.example"


def make_asked(kind: str = "correct", *, firm: Firm | None = None, **values: Any) -> Asked:
    """What Grace asks in English; a correction changes the town, unless the test says otherwise."""
    changes = {"town": Change("", "Margate")} if kind == "correct" else {}
    given = {"name": "Grace", "email": SENDER, "language": "en", "nonce": f"nonce-{next(_numbers)}"}
    return Asked(**{"kind": kind, "firm": firm, "changes": changes} | given | values)


def propose(kind: str = "correct", *, firm: Firm | None = None, **values: Any) -> Proposal:
    """A proposal as it stands after it was sent."""
    now = values.pop("now", NOW)
    return SubmitProposalAction(asked=make_asked(kind, firm=firm, **values), now=now).run()


def form_values(client: Client, path: str) -> dict[str, Any]:
    """What a browser sends if somebody opens a form and changes nothing."""
    form = client.get(path).context["form"]
    sent: dict[str, Any] = {}
    for bound in form:
        value = "" if bound.value() is None else bound.value()
        sent[bound.html_name] = _chosen(bound) if isinstance(bound.field.widget, forms.Select) else value
        if bound.field.show_hidden_initial:
            sent[f"initial-{bound.html_name}"] = value
    return sent


def _chosen(bound: BoundField) -> list[Any]:
    """The lines of a list that the page shows as chosen; a list of one value has its first line, at least."""
    lines = [each.data for each in bound.subwidgets]
    chosen = [str(each["value"]) for each in lines if each["selected"]]
    is_one = not isinstance(bound.field.widget, forms.SelectMultiple)
    return chosen or ([str(lines[0]["value"])] if is_one else [])


def send(client: Client, firm: Firm, kind: str = "correct", language: str = "en", **changed: Any) -> Any:
    """Opens the form of a firm, changes something, sends it."""
    path = f"/{language}/firms/{firm.slug}/propose/{kind}/"
    who = {"sender_name": "Grace", "sender_email": SENDER}
    return client.post(path, form_values(client, path) | who | changed)


def mails(kind: str) -> list[OutgoingMail]:
    """The mails of a kind, in the order in which they were written."""
    return list(OutgoingMail.objects.filter(kind=kind).order_by("pk"))


def link_in(mail: OutgoingMail, part: str) -> str:
    """The path of the link in a mail whose address contains something."""
    found = [word for word in mail.body.split() if part in word]
    return found[0].removeprefix("http://testserver")


def answer_url(proposal: Proposal) -> str:
    """The screen on which it is answered."""
    return reverse("directory_proposals:answer", args=[proposal.pk])
