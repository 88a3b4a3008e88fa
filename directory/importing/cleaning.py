"""Owns how what people typed becomes plain text: no markup, no control characters, paragraphs kept. Pure."""

import html
import re
import unicodedata

_SCRIPT = re.compile(r"<(/?)(?:script|style)\b[^<>]*>", re.IGNORECASE)
_BREAK = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
_BLOCK = re.compile(r"</?(?:p|div|li|ul|ol|h[1-6]|tr|table|section|blockquote)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[!/?a-zA-Z][^<>]*>")
_BLANK_LINES = re.compile(r"\n{3,}")
_LINE_ENDS = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
# Soft hyphens and joiners of no width split words where nobody sees it; a mark of the byte order is no text.
_UNSEEN = {ord(char): None for char in "\u00ad\u200b\u2060\ufeff"}


def plain_text(text: str) -> str:
    """The text without markup and entities; lines and paragraphs stay, runs of blank lines become one.

    >>> plain_text("<p>Caf&eacute;s &amp; bars</p><p>Since 1999<br>in Gent</p>")
    'Cafés & bars\\n\\nSince 1999\\nin Gent'
    """
    # Twice, because what was escaped on its way ("&lt;p&gt;") is markup only after the first time.
    text = _without_markup(_without_markup(_LINE_ENDS.sub("\n", _repaired(text))))
    lines = (" ".join(line.split()) for line in _readable(text).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    """The text without markup on a single line.

    >>> one_line("  Smith &amp;\\nSons ")
    'Smith & Sons'
    """
    return " ".join(plain_text(text).split())


def _without_markup(text: str) -> str:
    if "<" in text:
        parts = _SCRIPT.split(text)
        # Text and opening ("") or closing ("/") marks take turns; what follows an opening mark is a script.
        text = parts[0] + "".join(kept for slash, kept in zip(parts[1::2], parts[2::2], strict=True) if slash)
        text = _TAG.sub("", _BLOCK.sub("\n\n", _BREAK.sub("\n", text)))
    return html.unescape(text) if "&" in text else text


def _repaired(text: str) -> str:
    # Characters 0x80 to 0x9F are Windows-1252 that somebody read as Latin-1: "d\x92une".
    return re.sub(
        "[\x80-\x84\x86-\x9f]",
        lambda found: found[0].encode("latin-1").decode("cp1252", errors="ignore"),
        text,
    )


def _readable(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    kept = "".join(
        " " if char != "\n" and unicodedata.category(char) in ("Cc", "Cs") else char for char in text
    )
    return unicodedata.normalize("NFC", kept).translate(_UNSEEN)
