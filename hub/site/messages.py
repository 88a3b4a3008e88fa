"""Owns compiling the catalogues of translations, without gettext's own tools."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po


def compile_messages(root: Path) -> int:
    """Writes the `.mo` beside every `.po` of the rooms below `root` that is newer; how many were written.

    :raises PoFileError: if one cannot be read; its `.mo` stays as it was.
    """
    return sum(_compile(source) for source in catalogues(root))


def catalogues(root: Path) -> Iterator[Path]:
    """Every catalogue of the rooms below `root`."""
    return iter(sorted(root.glob("*/locale/*/LC_MESSAGES/*.po")))


def _compile(source: Path) -> bool:
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return False
    try:
        with source.open("rb") as text:
            catalogue = read_po(text, locale=source.parents[1].name, abort_invalid=True)
    except PoFileError as error:
        error.add_note(f"in the catalogue {source}, line {error.lineno}: {error.line}")
        raise
    half = target.with_suffix(".new")
    with half.open("wb") as compiled:
        write_mo(compiled, catalogue)
    half.replace(target)
    return True
