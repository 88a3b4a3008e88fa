"""Owns the canaries: words planted in every private field, and the list of all that strangers can read.

A feature adds what it keeps private with `@planter` and what it shows to strangers with `@reader`; the tests
in `test_canaries.py` then look for every canary in everything that is read. `PRIVATE` names the models whose
texts are private: each of their fields holds a canary, or says in `HARMLESS` why it need not.
"""

import itertools
import re
from collections.abc import Callable, Iterator

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import translation

from directory.actions.removing import RemoveFirmAction
from directory.models import (
    ContactPerson,
    Firm,
    FirmProfile,
    FirmTransfer,
    ImportedRow,
    ImportProblem,
    ImportRun,
    ImportUpload,
    Merge,
    MergedKey,
    Proposal,
)
from hub.actions import SYSTEM
from hub.languages import LANGUAGES
from hub.models import Invitation, OutgoingMail
from tests.access.addresses import all_addresses
from tests.directory.builders import NOW, make_contact, make_firm, make_membership, make_region

Planter = Callable[["Canaries"], None]
Reader = Callable[[Client, "Canaries"], Iterator[tuple[str, str]]]

_planters: list[Planter] = []
_readers: list[Reader] = []

PRIVATE: tuple[type[models.Model], ...] = (
    ContactPerson,
    ImportProblem,
    ImportRun,
    ImportUpload,
    ImportedRow,
    Invitation,
    Merge,
    MergedKey,
    OutgoingMail,
    Proposal,
    Authenticator,
    UserSession,
    get_user_model(),
)
# Texts of those models that say nothing about anybody, and what they are instead.
HARMLESS = {
    "ImportedRow.digest": "a hash",
    "Invitation.language": "a code",
    "Invitation.role": "a choice",
    "OutgoingMail.kind": "the name of a template",
    "OutgoingMail.language": "a code",
    "OutgoingMail.state": "a choice",
    "OutgoingMail.lease": "a random number",
    "Proposal.kind": "a choice",
    "Proposal.network": "a hash",
    "Proposal.state": "a choice",
    "Proposal.language": "a code",
    "ImportRun.counts": "numbers",
    "ImportRun.reasons": "numbers by reason",
    "ImportRun.state": "a choice",
    "ImportRun.claim": "a random number",
    "ImportUpload.digest": "a hash",
    "ImportProblem.code": "one of a list",
    "User.password": "a hash",
    "Authenticator.type": "a choice",
    "UserSession.data": "empty",
}


class Canaries:
    """The canaries of one test, by the field that holds each."""

    def __init__(self) -> None:
        self.planted: dict[str, str] = {}
        self._numbers = itertools.count(1001)

    def word(self, field: str) -> str:
        """A word that stands nowhere else, to be put into a private field."""
        self.planted[field] = f"zq{next(self._numbers)}canary"
        return self.planted[field]

    def mail(self, field: str) -> str:
        """A mail address that stands nowhere else."""
        return f"{self.word(field)}@private.example"

    def phone(self, field: str) -> str:
        """A phone number that stands nowhere else."""
        self.planted[field] = f"+3249{next(self._numbers)}77{next(self._numbers)}"
        return self.planted[field]

    def found_in(self, text: str) -> list[str]:
        """The fields whose canary stands in a text, however it is written."""
        squeezed = re.sub(r"[\s./()-]", "", text.lower())
        return [field for field, canary in self.planted.items() if canary.lstrip("+") in squeezed]


def planter(plant: Planter) -> Planter:
    """Adds something private to what is planted."""
    _planters.append(plant)
    return plant


def reader(read: Reader) -> Reader:
    """Adds something that strangers can read; it gives pairs of a place and what stands there."""
    _readers.append(read)
    return read


def plant_all() -> Canaries:
    """Plants a canary in every private field."""
    canaries = Canaries()
    for plant in _planters:
        plant(canaries)
    return canaries


def read_all(client: Client, canaries: Canaries) -> Iterator[tuple[str, str]]:
    """Everything that a stranger can read, with where it stands."""
    for read in _readers:
        yield from read(client, canaries)


def texts_without_canary(canaries: Canaries) -> list[str]:
    """The text fields of private models in which nothing was planted and which are not known as harmless."""
    bare = []
    for model in PRIVATE:
        rows = [vars(row) for row in model._default_manager.all()]
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField | models.JSONField):
                name = f"{model.__name__}.{field.name}"
                told = any(canaries.found_in(str(row[field.attname])) for row in rows)
                if not told and name not in HARMLESS:
                    bare.append(name)
    return bare


@planter
def people(canaries: Canaries) -> None:
    """A listed firm with a person of whom nothing is public, and one who made only a mail public."""
    firm = make_firm(
        "Open House", capabilities=["brewing"], texts={"en": "We brew."}, website="https://open.example/"
    )
    for number in (1, 2):
        make_contact(
            firm,
            name=canaries.word(f"person {number} name"),
            role=canaries.word(f"person {number} role"),
            email="public@open.example" if number == 2 else canaries.mail("person 1 mail"),
            phone=canaries.phone(f"person {number} phone"),
            is_email_public=number == 2,
        )
    make_membership(firm, source=canaries.word("source of a membership"))


@planter
def drafts(canaries: Canaries) -> None:
    """What nobody has published: a whole firm, and a change to one that is listed."""
    make_firm(
        canaries.word("name of a draft"),
        slug="a-draft",
        live=False,
        email=canaries.mail("mail of a draft"),
        texts={"en": canaries.word("text of a draft")},
    )
    listed = make_firm("Listed", texts={"en": "As it is."}, email="info@listed.example", published=True)
    listed.name = canaries.word("name in an unpublished change")
    listed.profiles.set(
        [FirmProfile(language="en", description=canaries.word("text in an unpublished change"))]
    )
    listed.save_revision()


@planter
def removed(canaries: Canaries) -> None:
    """A firm that asked to be erased, and one that an editor took out."""
    name = canaries.word("name of an erased firm")
    erased = make_firm(name, slug="erased", email=canaries.mail("mail of an erased firm"), published=True)
    RemoveFirmAction(firm=erased, actor=SYSTEM, now=NOW).run()
    unlisted = make_firm(canaries.word("name of an unlisted firm"), slug="unlisted", published=True)
    unlisted.unpublish()


@planter
def imports(canaries: Canaries) -> None:
    """Where a firm came from, and what the file said of it."""
    firm = make_firm(
        "Imported",
        source=canaries.word("source"),
        import_key=canaries.word("key in the source"),
        texts={"en": "Yes."},
    )
    run = ImportRun.objects.create(
        file_name=canaries.word("file"),
        mapping_name=canaries.word("mapping"),
        started_at=NOW,
        state=ImportRun.State.TRIED,
        so_far={"edited": [[1, "", canaries.word("value of a row in an earlier turn"), "", "edited"]]},
        refusal=canaries.word("why a file cannot be used"),
    )
    content, mapping = canaries.word("content of a file"), canaries.word("content of a mapping")
    ImportUpload.objects.create(run=run, content=content.encode(), mapping=mapping, digest="1" * 64, at=NOW)
    ImportProblem.objects.create(
        run=run,
        line=2,
        column=canaries.word("column of a problem"),
        value=canaries.word("value of a problem"),
        reason=canaries.word("reason of a problem"),
        code="town",
    )
    told = {"email": canaries.mail("imported mail")}
    ImportedRow.objects.create(firm=firm, run=run, digest="0" * 64, values=told)


@planter
def merges(canaries: Canaries) -> None:
    """A firm that was merged into another one and is kept aside."""
    kept = make_firm("Kept", texts={"en": "Yes."})
    aside = make_firm(canaries.word("name of a firm kept aside"), slug="kept-aside", live=False)
    change = {"before": canaries.mail("mail before a merge"), "after": ""}
    Merge.objects.create(kept=kept, merged=aside, at=NOW, moved={"fields": {"email": change}})
    MergedKey.objects.create(
        firm=kept, source=canaries.word("source of a merged firm"), key=canaries.word("key of a merged firm")
    )


@planter
def transfers(canaries: Canaries) -> None:
    """A firm that a region offered to another one, which said no."""
    firm = make_firm("Offered", texts={"en": "Yes."})
    FirmTransfer.objects.create(
        firm=firm,
        from_region=firm.region,
        to_region=make_region("zeeland"),
        state=FirmTransfer.State.DECLINED,
        offered_at=NOW,
        decided_at=NOW,
        reason=canaries.word("why a firm is declined"),
    )


@planter
def accounts(canaries: Canaries) -> None:
    """Somebody who logs in, and who confirmed a firm."""
    user = get_user_model().objects.create_superuser(
        canaries.word("log-in"),
        canaries.mail("mail of a user"),
        first_name=canaries.word("first name"),
        last_name=canaries.word("last name"),
    )
    make_firm("Confirmed", texts={"en": "Yes."}).confirmations.create(at=NOW, by=user)
    Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.RECOVERY_CODES,
        data={"migrated_codes": [canaries.word("recovery code")]},
    )
    UserSession.objects.create(
        user=user,
        ip="192.0.2.77",
        session_key=canaries.word("key of a session"),
        user_agent=canaries.word("browser of a user"),
    )


@planter
def invitations(canaries: Canaries) -> None:
    """Somebody who is invited and has not answered."""
    Invitation.objects.create(
        email=canaries.mail("mail of an invitation"),
        name=canaries.word("name in an invitation"),
        note=canaries.word("note of an invitation"),
        language="en",
        role=Invitation.Role.COMMUNICATIONS,
        at=NOW,
        expires_at=NOW,
    )


@planter
def mails(canaries: Canaries) -> None:
    """A mail on its way."""
    OutgoingMail.objects.create(
        kind="directory.contact.relayed",
        to=canaries.mail("recipient"),
        reply_to=canaries.mail("address for answers"),
        language="en",
        subject=canaries.word("subject"),
        body=canaries.word("text of a mail"),
        key=canaries.word("key of a mail"),
        message_id=canaries.word("id of a mail"),
        reason=canaries.word("why a mail failed"),
        created_at=NOW,
        due_at=NOW,
        forget_at=NOW,
    )


@planter
def proposals(canaries: Canaries) -> None:
    """Something asked of the register by somebody without an account."""
    Proposal.objects.create(
        kind=Proposal.Kind.CORRECT,
        firm=Firm.objects.get(slug="open-house"),
        firm_name=canaries.word("name in a proposal"),
        changes={"town": {"before": "", "after": canaries.word("proposed town")}},
        note=canaries.word("note of a proposal"),
        sender_name=canaries.word("sender"),
        sender_email=canaries.mail("mail of a sender"),
        reason=canaries.word("reason of a decision"),
        nonce=canaries.word("mark of a form"),
        language="en",
        sent_at=NOW,
    )


@reader
def pages(client: Client, canaries: Canaries) -> Iterator[tuple[str, str]]:
    """Every public address with nothing behind it, and with every firm behind it, in three languages."""
    paths = [each.path for each in all_addresses() if not each.is_admin]
    for language in LANGUAGES:
        with translation.override(language):
            slugs = [*Firm.objects.values_list("slug", flat=True), "erased"]
            paths += [reverse("directory:firm", args=[slug]) for slug in slugs]
            paths += [reverse("directory:firms"), reverse("directory:export", args=["csv"])]
            paths.append(f"{reverse('directory:firms')}?sort=confirmed")
    for path in dict.fromkeys(paths):
        yield path, body_of(client, path)


@reader
def api_answers(client: Client, canaries: Canaries) -> Iterator[tuple[str, str]]:
    """Every answer of the API, with every firm behind it."""
    firms = reverse("hub-api:firms")
    slugs = [*Firm.objects.values_list("slug", flat=True), "erased"]
    for path in (firms, f"{firms}?sort=newest&lang=nl", *(f"{firms}{slug}/" for slug in slugs)):
        yield path, body_of(client, path)


@reader
def searches(client: Client, canaries: Canaries) -> Iterator[tuple[str, str]]:
    """What is found when somebody who knows a private word looks for it: nothing."""
    for field, canary in canaries.planted.items():
        told = client.get(reverse("hub-api:firms"), {"q": canary}).json()
        yield f"search for {field}", "".join(firm["name"] for firm in told["firms"])
        # The page repeats what was typed; what it found is what counts.
        assert told["total"] == 0, f"{field} is found by the search"


@reader
def index_rows(client: Client, canaries: Canaries) -> Iterator[tuple[str, str]]:
    """Every row of the search index."""
    for model in apps.get_app_config("search").get_models():
        for row in model._default_manager.all():
            yield f"{model.__name__} {row.pk}", str(vars(row))


def body_of(client: Client, path: str) -> str:
    """What an address answers, with its headers."""
    response = client.get(path)
    told = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    return f"{told.decode('utf-8', 'replace')} {dict(response.headers)}"
