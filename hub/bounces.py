"""Owns how a mail that came back is read: which one it was, and why. Source: RFC 3464."""

import email
import re
from dataclasses import dataclass
from email import policy
from email.message import Message

MAX_BYTES = 1_000_000
MESSAGE_ID = re.compile(r"<[^<>\s]{1,198}>")


@dataclass(frozen=True, slots=True)
class Bounce:
    """A delivery status notification that tells of a failure. `message_ids` are those it may be about."""

    message_ids: tuple[str, ...]
    reason: str


def read_bounce(raw: bytes) -> Bounce | None:
    """What a notification says; None if the mail is none, or tells of a delay or a success."""
    # compat32 reads whatever comes; the newer policies stumble over broken headers.
    message = email.message_from_bytes(raw[:MAX_BYTES], policy=policy.compat32)
    status = next(
        (part for part in message.walk() if part.get_content_type() == "message/delivery-status"), None
    )
    if status is None:
        return None
    failed = [block for block in _blocks(status) if str(block.get("Action", "")).strip().lower() == "failed"]
    if not failed:
        return None
    return Bounce(tuple(_ids(message, status)), _reason(failed[0]))


def _blocks(status: Message) -> list[Message]:
    payload = status.get_payload()
    return [part for part in payload if isinstance(part, Message)] if isinstance(payload, list) else []


def _reason(block: Message) -> str:
    said = str(block.get("Diagnostic-Code") or "")
    text = said.partition(";")[2] or said or str(block.get("Status") or "")
    return " ".join(text.replace("\0", "").split())[:500]


def _ids(message: Message, status: Message) -> list[str]:
    """The Message-ID of the mail sent back, wherever it stands: in its copy, or in its headers alone."""
    found: list[str] = []
    for part in message.walk():
        if part is message or part is status:
            continue
        found += MESSAGE_ID.findall(str(part.get("Message-ID") or ""))
        if part.get_content_type() == "text/rfc822-headers":
            found += MESSAGE_ID.findall(_message_id_line(part.get_payload(decode=True)))
    # Some servers only say what they answer to.
    found += MESSAGE_ID.findall(f"{message.get('In-Reply-To') or ''} {message.get('References') or ''}")
    return list(dict.fromkeys(found))


def _message_id_line(headers: object) -> str:
    read = email.message_from_bytes(headers if isinstance(headers, bytes) else b"")
    return str(read.get("Message-ID") or "")
