"""Owns how a mail is written: rendered at once and stored with what it is about; the worker sends it."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template import Context
from django.template.loader import get_template
from django.utils import translation

from hub.links import absolute
from hub.models import OutgoingMail

KEPT = timedelta(days=90)


def post(
    *,
    kind: str,
    to: str,
    language: str,
    context: Mapping[str, object],
    key: str = "",
    reply_to: str = "",
    forget_after: timedelta = KEPT,
    now: datetime,
) -> OutgoingMail | None:
    """Stores a mail in the transaction in force; the worker sends it once that is committed.

    `kind`, such as `directory.contact.relayed`, names the template `emails/directory_contact_relayed.txt`,
    whose first line is the subject; it also gets `site_name` and `site_url`. A second post with the same key
    changes nothing and gives None; a key is kept for ever, so it holds nothing private. After `forget_after`
    text and addresses are erased.
    """
    if _is_posted(key):
        return None
    subject, body = written(kind, language, context)
    return store(
        kind=kind,
        to=to,
        language=language,
        subject=subject,
        body=body,
        key=key,
        reply_to=reply_to,
        forget_after=forget_after,
        now=now,
    )


def store(
    *,
    kind: str,
    to: str,
    language: str,
    subject: str,
    body: str,
    key: str = "",
    reply_to: str = "",
    forget_after: timedelta = KEPT,
    now: datetime,
) -> OutgoingMail | None:
    """Stores a mail that is written already; otherwise as `post()` says."""
    mail = OutgoingMail(
        kind=kind,
        to=to,
        reply_to=reply_to,
        language=language,
        subject=_storable(one_line(subject))[:200],
        body=_storable(body),
        key=key,
        message_id=make_msgid(domain=urlsplit(absolute("")).hostname or "localhost"),
        created_at=now,
        due_at=now,
        forget_at=now + forget_after,
    )
    return mail if _saved(mail) else None


def written(kind: str, language: str, context: Mapping[str, object]) -> tuple[str, str]:
    """The subject, on one line, and the text of a mail, in a language."""
    template = get_template(f"emails/{kind.replace('.', '_')}.txt")
    shared = {"site_name": getattr(settings, "WAGTAIL_SITE_NAME", ""), "site_url": absolute("/")}
    with translation.override(language):
        # A mail is plain text: `&` stays `&`.
        told: str = template.template.render(  # type: ignore[attr-defined]
            Context({**shared, **context}, autoescape=False)
        )
    subject, _line, body = told.strip().partition("\n")
    return one_line(subject), re.sub(r"\n{3,}", "\n\n", body.strip()) + "\n"


def one_line(text: str) -> str:
    """A text without line breaks and control characters: fit for a header of a mail."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def _storable(text: str) -> str:
    """Without what no database keeps: NUL, and halves of characters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _is_posted(key: str) -> bool:
    return bool(key) and OutgoingMail.objects.filter(key=key).exists()


def _saved(mail: OutgoingMail) -> bool:
    try:
        with transaction.atomic():
            mail.save()
    except IntegrityError:
        # Somebody else posted it between our question and our answer.
        if _is_posted(mail.key):
            return False
        raise
    return True
