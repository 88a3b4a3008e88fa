"""Owns the one stylesheet of the public pages, joined from its parts.

    python3 -m hub.bootstrap.styles

A browser may paint while a part that a stylesheet imports is still on its way; what is painted then moves.
"""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "static/hub/css"
PART = re.compile(r'@import url\("([\w/.]+)"\) layer\((\w+)\);\n')


def joined() -> str:
    """All parts in the order of `parts.css`, each in its layer."""
    text = (FOLDER / "parts.css").read_text(encoding="utf-8").partition("\n")[2]
    return f"/* Joined by hub.bootstrap.styles; edit the parts. */\n{PART.sub(_part, text).strip()}\n"


def _part(found: re.Match[str]) -> str:
    text = (FOLDER / found[1]).read_text(encoding="utf-8").strip()
    return f"@layer {found[2]} {{\n{text}\n}}\n\n"


if __name__ == "__main__":
    (FOLDER / "hub.css").write_text(joined(), encoding="utf-8")
