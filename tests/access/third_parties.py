"""Owns what third parties get of a register full of canaries: mails, pages behind signed links, files."""

import zipfile
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import translation

from directory.actions.answering import AcceptProposalAction, ReturnProposalAction
from directory.models import Firm, Proposal
from directory.proposing import Change
from directory.proposing.addresses import REMOVE_FIRM, STATUS, STILL_RIGHT, YOUR_FIRM, path_to
from directory.upkeep import ask_still_right
from hub.languages import LANGUAGES
from hub.models import OutgoingMail
from tests.access.canaries import Canaries, body_of, reader
from tests.directory.builders import NOW, make_cluster, make_region
from tests.directory.proposing import form_values, propose

Read = Iterator[tuple[str, str]]
A_YEAR_LATER = NOW + timedelta(days=400)


@reader
def files(client: Client, canaries: Canaries) -> Read:
    """Every part of the workbooks that the register gives: cells, and what it says of itself."""
    for language in LANGUAGES:
        with translation.override(language):
            path = reverse("directory:export", args=["xlsx"])
        answer = client.get(path)
        with zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content))) as book:  # type: ignore[attr-defined]
            for part in book.namelist():
                yield f"{path} {part}", book.read(part).decode()


@reader
def lists_for_machines(client: Client, canaries: Canaries) -> Read:
    """What search engines are told."""
    for path in ("/robots.txt", "/sitemap.xml", "/sitemap-pages.xml", "/sitemap-firms.xml"):
        assert client.get(path).status_code == 200, path
        yield path, body_of(client, path)


@reader
def letters(client: Client, canaries: Canaries) -> Read:
    """Every mail that the hub writes when strangers write, propose, and are answered; but not to whom.

    What was asked is signed into links: the pages behind them follow.
    """
    before = set(OutgoingMail.objects.values_list("pk", flat=True))
    for language in LANGUAGES:
        _write(client, language)
    asked = [*_propose(), *_answered()]
    assert ask_still_right(A_YEAR_LATER) > 0
    posted = OutgoingMail.objects.exclude(pk__in=before)
    assert {mail.kind for mail in posted} == MAILS
    for mail in posted:
        yield f"mail {mail.kind} {mail.pk}", f"{mail.subject} {mail.body} {mail.reply_to} {mail.message_id}"
    for path in _behind_links(asked):
        assert client.get(path).status_code == 200, path
        yield path, body_of(client, path)


MAILS = {
    "directory.contact.copy",
    "directory.contact.relayed",
    "directory.firm.edit_link",
    "directory.firm.remove_link",
    "directory.firm.still_right",
    "directory.proposal.accepted",
    "directory.proposal.received",
    "directory.proposal.returned",
    "directory.proposal.waiting",
}


def _write(client: Client, language: str) -> None:
    path = f"/{language}/firms/open-house/write/"
    told = {"name": "Zoé", "email": f"zoe-{language}@visitor.example", "message": "Do you brew red ale?"}
    assert client.post(path, form_values(client, path) | told).status_code == 302


def _propose() -> list[Proposal]:
    """One proposal of each kind that nobody has answered, from a stranger."""
    open_house, listed = Firm.objects.get(slug="open-house"), Firm.objects.get(slug="listed")
    region = make_region("zeeland", parent="netherlands")
    cluster = make_cluster("mechatronics", state="active")
    new = {"name": Change("", "New Works"), "description_en": Change("", "We cut.")}
    return [
        propose("correct", firm=open_house),
        propose("duplicate", firm=open_house, note="See the other one."),
        propose("mine", firm=open_house),
        propose("mine", firm=listed),
        propose("remove", firm=open_house),
        propose("join", firm=listed, cluster=cluster),
        propose("list", firm_name="New Works", region=region, changes=new),
    ]


def _answered() -> list[Proposal]:
    """A proposal that somebody with a log-in accepted, and one that he returned."""
    firm, user = Firm.objects.get(slug="confirmed"), get_user_model().objects.get()
    accepted, returned = propose("correct", firm=firm), propose("closed", firm=firm)
    AcceptProposalAction(proposal=accepted, actor=user, now=NOW).run()
    ReturnProposalAction(proposal=returned, reason="It is open.", actor=user, now=NOW).run()
    return [accepted, returned]


def _behind_links(asked: list[Proposal]) -> Iterator[str]:
    links = {Proposal.Kind.MINE: YOUR_FIRM, Proposal.Kind.REMOVE: REMOVE_FIRM}
    for language in LANGUAGES:
        for proposal in asked:
            yield path_to(STATUS, language, proposal=proposal.pk)
            if proposal.kind in links:
                yield path_to(links[Proposal.Kind(proposal.kind)], language, proposal=proposal.pk)
        for firm in Firm.objects.listed().filter(confirmations=None):
            yield path_to(STILL_RIGHT, language, firm=firm.pk, after=0)
