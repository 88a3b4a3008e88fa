"""Owns who gets a message for a firm, and the mails that it becomes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import translation

from directory.models import ContactMessage, Firm
from directory.proposing.addresses import language_of
from hub.languages import LANGUAGES
from hub.links import absolute
from hub.outbox import post
from hub.stewards import mails_for


@dataclass(frozen=True, slots=True)
class Recipients:
    """The mail and language of each, and who they are to the firm."""

    route: str
    mails: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Words:
    """What a visitor wrote, and in which language he reads."""

    name: str
    email: str
    text: str
    language: str


def recipients_of(firm: Firm) -> Recipients:
    """Its contact persons with a mail, public or not; else its general mail; else its region's people."""
    route = ContactMessage.Route
    people = firm.contact_persons.exclude(email="").order_by("pk").values_list("email", flat=True)
    if found := list({email.casefold(): email for email in people}.values()):
        return Recipients(route.PEOPLE, [(email, reading_language(firm)) for email in found])
    if firm.email:
        return Recipients(route.GENERAL, [(firm.email, reading_language(firm))])
    return Recipients(route.STEWARDS, mails_for(firm.region))


def reading_language(firm: Firm) -> str:
    """The language in which the firm presents itself; among several, one that it or its region speaks."""
    written = [code for code in LANGUAGES if any(each.language == code for each in firm.profiles.all())]
    spoken = language_of(firm, LANGUAGES[0])
    return spoken if spoken in written or not written else written[0]


def pass_on(firm: Firm, words: Words, recipients: Recipients, now: datetime) -> None:
    """Posts one mail for each recipient, answers to which go to the visitor, and a copy for the visitor."""
    is_for_stewards = recipients.route == ContactMessage.Route.STEWARDS
    kind = "directory.contact.unaddressed" if is_for_stewards else "directory.contact.relayed"
    for email, language in recipients.mails:
        context = _context(firm, words, language)
        post(kind=kind, to=email, language=language, context=context, reply_to=words.email, now=now)
    copy = _context(firm, words, words.language) | {"is_for_stewards": is_for_stewards}
    post(kind="directory.contact.copy", to=words.email, language=words.language, context=copy, now=now)


def _context(firm: Firm, words: Words, language: str) -> dict[str, object]:
    with translation.override(language):
        url = absolute(firm.get_absolute_url())
    return {"firm": firm.name, "firm_url": url, "name": words.name, "email": words.email, "text": words.text}
