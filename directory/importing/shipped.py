"""Owns the mappings that come with the register, by the name of their file."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

MAPPINGS = Path(__file__).parents[1] / "mappings"


def shipped_mappings() -> Mapping[str, tuple[str, str]]:
    """The title and the text of each."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(MAPPINGS.glob("*.toml"))}
    return {name: (str(tomllib.loads(text).get("title", name)), text) for name, text in texts.items()}
